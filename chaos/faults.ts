import type { Random } from '../src/calendar/clock.ts';
import type { Instant } from '../src/calendar/zoned-time.ts';
import type { Fault } from './fault-proxy.ts';
import { pickNumber, pickOne } from './random.ts';

/** What goes wrong with the requests of one server for a while; Infinity times the chance is never. */
export interface Trouble {
  readonly until: Instant;
  /** Share of the requests that are spoilt. */
  readonly chance: number;
  readonly kind: TroubleKind;
}

export type TroubleKind =
  'errors' | 'limits' | 'drops' | 'late' | 'silence' | 'slow' | 'nonsense' | 'everything';

/** Longer than the bot waits for an answer of Discord. */
const SILENCE_MS = 16_000;
/** The bot believes that a request has landed 17 s after it left; what is slow, and a busy machine, come on top. */
const LATEST_EFFECT_MS = 8_000;

/** The fault of one request to Discord. */
export function pickDiscordFault(trouble: Trouble, random: Random): Fault | undefined {
  if (random() >= trouble.chance) return undefined;
  const kind =
    trouble.kind === 'everything'
      ? pickOne(random, ['errors', 'limits', 'drops', 'late', 'slow'])
      : trouble.kind;
  if (kind === 'limits') return limitFor(pickNumber(random, 1, 3));
  if (kind === 'drops') return { kind: random() < 0.5 ? 'drop-before' : 'drop-after' };
  if (kind === 'late') return { kind: 'late', ms: pickNumber(random, 100, LATEST_EFFECT_MS) };
  if (kind === 'silence') return { kind: 'silence', ms: SILENCE_MS };
  if (kind === 'slow') return { kind: 'slow', ms: pickNumber(random, 200, 2_000) };
  const status = pickOne(random, [500, 502, 503, 504]);
  if (status === 500)
    return { kind: 'answer', status, body: { code: 0, message: '500: Internal Server Error' } };
  return {
    kind: 'answer',
    status,
    body: '<html>Bad gateway</html>',
    headers: { 'content-type': 'text/html' },
  };
}

function limitFor(seconds: number): Fault {
  return {
    kind: 'answer',
    status: 429,
    body: { message: 'The resource is being rate limited.', retry_after: seconds, global: false },
    headers: { 'retry-after': String(seconds), 'x-ratelimit-scope': 'shared' },
  };
}

/** The fault of one request to Hugging Face. */
export function pickSourceFault(trouble: Trouble, random: Random): Fault | undefined {
  if (random() >= trouble.chance) return undefined;
  const kind =
    trouble.kind === 'everything'
      ? pickOne(random, ['errors', 'limits', 'drops', 'slow', 'nonsense'])
      : trouble.kind;
  if (kind === 'limits') {
    return {
      kind: 'answer',
      status: 429,
      body: { error: 'slow down' },
      headers: { RateLimit: '"api";r=0;t=2' },
    };
  }
  if (kind === 'drops') return { kind: pickOne(random, ['drop-before', 'drop-after', 'cut-off']) };
  if (kind === 'silence') return { kind: 'silence', ms: SILENCE_MS };
  if (kind === 'slow') return { kind: 'slow', ms: pickNumber(random, 500, 4_000) };
  if (kind === 'errors')
    return { kind: 'answer', status: pickOne(random, [404, 500, 503]), body: { error: 'down' } };
  const body = pickOne<unknown>(random, [[], '<html>not JSON', { error: 'another form' }, [{ paper: 1 }]]);
  return { kind: 'answer', status: 200, body };
}
