import type { Clock } from '../../calendar/clock.ts';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { Allowance } from '../http-client.ts';

/** Who asks Hugging Face. People can come back later; collecting waits, and always has its turn. */
export interface Budget {
  readonly collect: Allowance;
  /** Days that nobody waits for. */
  readonly older: Allowance;
  readonly lookUp: Allowance;
  readonly search: Allowance;
  /** Pages for people, which Hugging Face counts apart from its API. */
  readonly page: Allowance;
  /** What the bot asks on its own account, and can ask any time. */
  readonly revisit: Allowance;
}

interface Rules {
  readonly requests: number;
  readonly perMs: number;
  /** The share of a bucket that is left to others once it runs low. */
  readonly reserve: number;
  readonly attempts: number;
  readonly patienceMs: number;
}

/** What Hugging Face counts together. `left` is what an answer told, and holds until `resetsAt` (monotonic). */
interface Bucket {
  left: number;
  quota: number;
  resetsAt: number;
}

/**
 * Hugging Face answers 500 requests in five minutes to one address without a token, and 50 searches and 100 pages, which
 * it counts apart (https://huggingface.co/docs/hub/rate-limits). Collecting has 275 of them, older days 100, look-ups 100,
 * by the minute, and revisits 25; some searches and pages are left to others behind the same address. What the answers say
 * is left counts as well.
 */
const COLLECT: Rules = {
  requests: 275,
  perMs: 5 * MINUTE_MS,
  reserve: 0,
  attempts: 4,
  patienceMs: 6 * MINUTE_MS,
};
const OLDER: Rules = { ...COLLECT, requests: 100, reserve: 0.5 };
const LOOK_UP: Rules = { requests: 20, perMs: MINUTE_MS, reserve: 0.2, attempts: 2, patienceMs: 2_000 };
const PAGE: Rules = { requests: 40, perMs: 5 * MINUTE_MS, reserve: 0.2, attempts: 2, patienceMs: 2_000 };
const REVISIT: Rules = {
  requests: 25,
  perMs: 5 * MINUTE_MS,
  reserve: 0.4,
  attempts: 1,
  patienceMs: 0,
};
const SEARCH: Rules = { requests: 45, perMs: 5 * MINUTE_MS, reserve: 0.1, attempts: 2, patienceMs: 2_000 };

/** Windows are five minutes; whoever names a longer one is asked again. */
const LONGEST_RESET_MS = 15 * MINUTE_MS;

export function createBudget(clock: Pick<Clock, 'monotonic'>): Budget {
  const [api, searches, pages] = [createBucket(500), createBucket(50), createBucket(100)];
  return {
    collect: createAllowance(clock, api, COLLECT),
    older: createAllowance(clock, api, OLDER),
    lookUp: createAllowance(clock, api, LOOK_UP),
    search: createAllowance(clock, searches, SEARCH),
    page: createAllowance(clock, pages, PAGE),
    revisit: createAllowance(clock, api, REVISIT),
  };
}

function createBucket(quota: number): Bucket {
  return { left: quota, quota, resetsAt: -Infinity };
}

function createAllowance(clock: Pick<Clock, 'monotonic'>, bucket: Bucket, rules: Rules): Allowance {
  let sent: readonly number[] = [];
  return {
    ...rules,
    take() {
      const now = clock.monotonic();
      if (now < bucket.resetsAt && bucket.left <= bucket.quota * rules.reserve) return bucket.resetsAt - now;
      sent = sent.filter((at) => now - at < rules.perMs);
      const [oldest] = sent;
      if (oldest !== undefined && sent.length >= rules.requests) return oldest + rules.perMs - now;
      sent = [...sent, now];
      bucket.left -= 1;
      return 0;
    },
    learn({ left, quota, resetMs }) {
      bucket.left = left;
      bucket.quota = quota ?? bucket.quota;
      bucket.resetsAt = clock.monotonic() + Math.min(resetMs, LONGEST_RESET_MS);
    },
  };
}
