import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import { DAY_MS } from '../calendar/zoned-time.ts';
import { KEPT_WHEN_GONE_MS, LOOKS_WHEN_GONE } from '../delivery/destination-after.ts';
import type { Log } from '../log.ts';
import type { ReadingStore, ServerOfGroup } from './reading-store.ts';

export interface LeftServersTools {
  readonly clock: Clock;
  readonly store: Pick<ReadingStore, 'servers' | 'noteGone' | 'noteThere' | 'remove'>;
  /** Whether the bot is in a server. */
  readonly findServer: (guildId: string) => Promise<'there' | 'gone' | 'unanswered'>;
  readonly log: Log;
}

/**
 * Asks once a day for each server that reads together, as nothing tells that the bot was thrown out. What belongs to one
 * that was gone for 30 days, on ten looks, is deleted: no clock that jumps ahead does that. Raises `StorageError`.
 */
export function createForgetLeftServers(
  { clock, store, findServer, log }: LeftServersTools,
  stopping: AbortSignal,
): () => Promise<void> {
  let askedAt: Moment | undefined;

  async function ask({ guildId, gone }: ServerOfGroup): Promise<void> {
    const answer = await findServer(guildId);
    if (answer === 'unanswered') return;
    if (answer === 'there') return gone === undefined ? undefined : store.noteThere(guildId);
    const now = clock.now();
    // An instant in the future was written by a wrong clock.
    const before = gone === undefined || gone.since > now ? { since: now, looks: 0 } : gone;
    const looks = before.looks + 1;
    if (now - before.since < KEPT_WHEN_GONE_MS || looks < LOOKS_WHEN_GONE) {
      return store.noteGone(guildId, { ...before, looks });
    }
    await store.remove(guildId);
    log.info({ guild: guildId }, 'the reading group of a server that was left is deleted');
  }

  return async () => {
    if (askedAt !== undefined && !hasPassed(DAY_MS, askedAt, clock)) return;
    askedAt = momentOf(clock);
    for (const server of await store.servers()) {
      if (stopping.aborted) return;
      await ask(server);
    }
  };
}
