import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { startFlags } from '../playground/start-flags.ts';
import { readMb } from './measured-process.ts';
import { LogLine } from './schema.ts';

const READY_WITHIN_MS = 60_000;
const SETTLE_MS = 2_000;

export interface Start {
  /** From the start of the process until it says that it is ready. */
  readonly readySeconds: number;
  /** Resident memory two seconds later. */
  readonly residentMb: number;
}

/** Starts a script of its own Node, waits until it logs "ready", and ends it by SIGTERM. It reads no `.env`. */
export async function startProcess(
  script: string,
  env: Readonly<Record<string, string>>,
  whenReady?: () => Promise<unknown>,
): Promise<Start> {
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...startFlags(), script], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const tooLate = globalThis.setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS);
  try {
    let ready = false;
    for await (const line of createInterface({ input: child.stdout })) {
      ready = LogLine.safeParse(line).data?.msg === 'ready';
      if (ready) break;
    }
    if (!ready) throw new Error(`${script} did not become ready.`);
    const readySeconds = (performance.now() - startedAt) / 1000;
    child.stdout.resume();
    await whenReady?.();
    await setTimeout(SETTLE_MS);
    return { readySeconds, residentMb: readMb(child, 'VmRSS') };
  } finally {
    clearTimeout(tooLate);
    child.kill('SIGTERM');
    await ended;
  }
}
