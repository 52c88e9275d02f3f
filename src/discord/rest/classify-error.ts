import { DiscordAPIError } from 'discord.js';
import type { Barred, Failed, Fatal, SendAnswer } from '../../delivery/delivery-transport.ts';
import { AskedToWaitError, ForeignAnswerError, HeldBackError, RefusedTokenError } from './request-errors.ts';
import { longRestOf } from './rests.ts';

/** Where the people who run a bot find its token and its intents. */
export const PORTAL = 'https://discord.com/developers/applications';

/** What to do when Discord refuses the token, over the gateway or over HTTP. */
export const REFUSED_TOKEN = `Discord does not take the token. Copy a new one from ${PORTAL} into DISCORD_TOKEN.`;

type Content = Extract<SendAnswer, { kind: 'content' }>;
type Unclear = Extract<SendAnswer, { kind: 'unclear' }>;
/** What Discord's own refusal means. */
type Refused = Barred | Content | Failed | Fatal;

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const OUTCOMES: ReadonlyMap<number, Refused['kind']> = new Map([
  ...each('gone', [10_003, 10_004, 10_013, 10_015, 50_027]),
  ...each('blocked', [50_001, 50_013, 160_005, 50_083, 40_067, 50_024, 50_008, 50_009, 160_006]),
  ...each('dms-closed', [50_007, 50_033, 50_278]),
  ...each('content', [50_035, 50_006, 50_109, 40_005, 240_000, 200_000, 200_001]),
  // 10087: the tag was deleted after the forum's tags were read; the next try reads them again.
  ...each('failed', [130_000, 20_016, 20_028, 20_029, 40_004, 40_006, 40_062, 10_087]),
  ...each('failed', [40_003, 40_333]),
  ...each('fatal', [40_001, 50_014]),
]);

/**
 * What kept a request from its effect: Discord's own answer, nothing that left at all, or nobody knows. Raises a
 * `RangeError` again: that is a bug.
 */
export function classifyError(error: unknown): Refused | Unclear | { readonly kind: 'held-back' } {
  if (error instanceof RangeError) throw error;
  if (error instanceof HeldBackError) return { kind: 'held-back' };
  if (error instanceof AskedToWaitError) {
    return { kind: 'failed', message: error.message, retryAfterMs: Math.ceil(error.retryAfter) };
  }
  if (error instanceof RefusedTokenError) return { kind: 'fatal', message: error.message };
  // Who else answered with a refusal was sorted out before: see `ForeignAnswerError`.
  if (error instanceof DiscordAPIError && error.status < 500) {
    return classifyRefusal(error.status, Number(error.code) || 0, error.message);
  }
  const message = error instanceof Error && error.message !== '' ? error.message : 'the request failed';
  const retryAfterMs = error instanceof ForeignAnswerError ? error.retryAfter : undefined;
  return { kind: 'unclear', message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** What a refusal that Discord itself wrote means. */
export function classifyRefusal(status: number, code: number, message: string): Refused {
  const kind = status === 429 ? 'failed' : (OUTCOMES.get(code) ?? kindByStatus(status));
  if (kind === 'fatal') return { kind, message: `${REFUSED_TOKEN} (It answered: ${message})` };
  if (kind !== 'failed') return { kind, code, message };
  const retryAfterMs = longRestOf(code)?.ms;
  return { kind, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** Discord's code for a refusal that does not pass by itself. */
export function lastingCode(error: unknown): number | undefined {
  if (!(error instanceof DiscordAPIError)) return undefined;
  const code = Number(error.code) || 0;
  return isPassing(error.status, code) ? undefined : code;
}

/** Whether Discord may answer otherwise later, although nobody changes anything. */
export function isPassing(status: number, code: number): boolean {
  return status === 429 || status >= 500 || OUTCOMES.get(code) === 'failed';
}

function kindByStatus(status: number): Refused['kind'] {
  if (status === 401) return 'fatal';
  if (status === 403) return 'blocked';
  return status === 400 || status === 413 ? 'content' : 'failed';
}

function each<Kind extends Refused['kind']>(
  kind: Kind,
  codes: readonly number[],
): readonly (readonly [number, Kind])[] {
  return codes.map((code) => [code, kind] as const);
}
