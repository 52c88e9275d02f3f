import type { RateLimitData, REST } from 'discord.js';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import { AskedToWaitError } from './request-errors.ts';

const SECOND_MS = 1000;

/**
 * Raises `AskedToWaitError` in place of a wait in discord.js, which nobody can end. discord.js counts the limits of routes by
 * the wall clock: once that is set back, they last as much longer. Of a long one it forgets what it knows, so that Discord
 * itself is asked.
 */
export function refuseLongWait(
  { handlers }: Pick<REST, 'handlers'>,
  { hash, majorParameter, retryAfter }: RateLimitData,
  longestMs: number,
): false {
  if (retryAfter <= longestMs) return false;
  if (retryAfter <= MINUTE_MS) throw new AskedToWaitError(Math.ceil(retryAfter));
  handlers.delete(`${hash}:${majorParameter}`);
  throw new AskedToWaitError(SECOND_MS);
}
