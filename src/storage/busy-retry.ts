import { setTimeout as sleep } from 'node:timers/promises';
import { sqliteResult } from './sqlite-result.ts';

/** How long another program may hold a database. */
const PATIENCE_MS = 10_000;
const RETRY_MS = 20;

/**
 * Runs SQLite's calls again while another program holds the database, and lets other work go on meanwhile, which
 * SQLite's own waiting does not. Whoever waits behind others does not wait as long again: once the time is over, each
 * call is tried once, until one gets through.
 */
export function createBusyRetry(patienceMs = PATIENCE_MS): <T>(call: () => T | Promise<T>) => Promise<T> {
  let heldSince: number | undefined;
  return async (call) => {
    for (;;) {
      try {
        const result = await call();
        heldSince = undefined;
        return result;
      } catch (error) {
        if (sqliteResult(error) !== 'busy') throw error;
        heldSince ??= performance.now();
        if (performance.now() - heldSince > patienceMs) throw error;
      }
      await sleep(RETRY_MS);
    }
  };
}
