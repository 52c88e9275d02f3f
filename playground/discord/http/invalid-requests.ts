import type { LoggedRequest } from '../state.ts';

const WINDOW_MS = 10 * 60_000;
const INVALID: readonly number[] = [401, 403, 429];

/**
 * How many requests of the last ten minutes count towards the ban at 10,000; limits that others used up do not.
 * https://discord.com/developers/docs/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
 */
export function countInvalid(requests: readonly LoggedRequest[], now: number): number {
  return requests.filter(
    ({ status, time, scope }) => now - time < WINDOW_MS && INVALID.includes(status) && scope !== 'shared',
  ).length;
}
