import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { SendOutcome } from '../../digest/delivery.ts';

type Failure = Exclude<SendOutcome, { kind: 'sent' }>;
type Rejected = 'gone' | 'blocked' | 'refused' | 'bad-payload';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const REJECTIONS: ReadonlyMap<number, Rejected> = new Map([
  ...each('gone', [10_003, 10_004, 10_013, 10_015, 50_027]),
  ...each('blocked', [50_001, 50_008, 50_009, 50_013, 50_024, 50_083, 40_067, 160_005]),
  ...each('refused', [50_007, 50_033, 50_278]),
  // 10008: the message of a repeated nonce was deleted meanwhile; it is not posted again.
  ...each('bad-payload', [10_008, 40_005, 50_006, 50_035, 50_109, 200_000, 200_001, 240_000]),
]);
const FATAL: ReadonlySet<number> = new Set([40_001, 50_014]);
/** Going on at once would make it worse: DMs opened too fast, and a client that Discord has shut out. */
const LONG_WAITS: ReadonlyMap<number, LongWait> = new Map([
  [40_003, { of: 'dms', ms: 30 * MINUTE_MS }],
  [40_333, { of: 'everything', ms: 10 * MINUTE_MS }],
]);
const PASSING: ReadonlySet<number> = new Set([20_016, 20_028, 20_029, 40_004, 40_006, 40_062, 130_000]);

interface LongWait {
  readonly of: 'dms' | 'everything';
  readonly ms: number;
}

/** How long what is to rest after an answer with such a code, if anything is. */
export function longWaitOf(code: number | undefined): LongWait | undefined {
  return code === undefined ? undefined : LONG_WAITS.get(code);
}

/** What an answer of Discord means for the step that it was an answer to. */
export function classifyFailure(
  status: number,
  code: number,
  message = `Discord answered ${status} with code ${code}`,
): Failure {
  if (status === 401 || FATAL.has(code)) return { kind: 'fatal', message };
  if (status >= 500) return { kind: 'failed', message, unknownFate: true };
  const retryAfter = longWaitOf(code)?.ms;
  if (retryAfter !== undefined) return { kind: 'failed', message, unknownFate: false, retryAfter };
  if (status === 429 || PASSING.has(code)) return { kind: 'failed', message, unknownFate: false };
  const kind = REJECTIONS.get(code) ?? kindByStatus(status);
  return kind === undefined ? { kind: 'failed', message, unknownFate: false } : { kind, code, message };
}

/** Whether the same request may get another answer later, with nothing changed by anybody. */
export function isPassing(status: number, code: number): boolean {
  return status >= 500 || status === 429 || LONG_WAITS.has(code) || PASSING.has(code);
}

function kindByStatus(status: number): Rejected | undefined {
  if (status === 403) return 'blocked';
  return status === 400 || status === 413 ? 'bad-payload' : undefined;
}

function each(kind: Rejected, codes: readonly number[]): readonly (readonly [number, Rejected])[] {
  return codes.map((code) => [code, kind] as const);
}
