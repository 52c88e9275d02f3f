import type { Instant } from '../calendar/zoned-time.ts';
import type { KeyedQueue } from './keyed-queue.ts';
import type { Records } from './keyv-records.ts';
import { addMarks, readMarks, type SentMarks } from './state/sent-marks.ts';

/** Papers with the instant at which each was sent, by an owner. Everything raises `StorageError`. */
export interface KeyvSentMarks {
  /** Of the last year. */
  of(owner: string): Promise<ReadonlyMap<string, Instant>>;
  /** Repeating it is harmless; the first instant of a paper is kept. */
  add(owner: string, paperIds: readonly string[], at: Instant): Promise<void>;
  forget(owner: string): Promise<void>;
  /** Removes marks over a year old. */
  tidy(now: Instant): Promise<void>;
}

const MONTHS_KEPT = 13;

/** Sent marks in Keyv, grouped by owner and month of sending. */
export async function createKeyvSentMarks(
  records: Records<SentMarks>,
  options: { readonly queue: KeyedQueue; readonly now: () => Instant },
): Promise<KeyvSentMarks> {
  const { queue, now } = options;
  /** Most owners have no marks of most months: asking the file for each was a tenth of what a digest cost. */
  const months = groupMonths(await records.keys());

  async function remove(owner: string, month: string): Promise<void> {
    await records.remove(keyOf(owner, month));
    const present = months.get(owner);
    present?.delete(month);
    if (present?.size === 0) months.delete(owner);
  }

  return {
    async of(owner) {
      const oldest = oldestMonth(now());
      const counted = [...(months.get(owner) ?? [])].filter((month) => month >= oldest);
      const groups = await Promise.all(counted.map((month) => records.get(keyOf(owner, month))));
      return readMarks(groups.flatMap((group) => group ?? []));
    },
    async add(owner, paperIds, at) {
      const month = monthOf(at);
      const key = keyOf(owner, month);
      await queue(key, async () => {
        const present = (months.get(owner)?.has(month) ? await records.get(key) : undefined) ?? [];
        const next = addMarks(present, paperIds, at);
        if (next === present) return;
        // Before the write: one that fails may still have got there.
        months.set(owner, (months.get(owner) ?? new Set()).add(month));
        await records.set(key, next);
      });
    },
    async forget(owner) {
      for (const month of months.get(owner) ?? []) {
        await queue(keyOf(owner, month), () => remove(owner, month));
      }
    },
    async tidy(at) {
      const oldest = oldestMonth(at);
      for (const [owner, present] of months) {
        for (const month of present) if (month < oldest) await remove(owner, month);
      }
    },
  };
}

function keyOf(owner: string, month: string): string {
  return `${owner}:${month}`;
}

function groupMonths(keys: readonly string[]): Map<string, Set<string>> {
  const months = new Map<string, Set<string>>();
  for (const key of keys) {
    const at = key.lastIndexOf(':');
    const owner = key.slice(0, at);
    months.set(owner, (months.get(owner) ?? new Set()).add(key.slice(at + 1)));
  }
  return months;
}

/** `YYYY-MM` in UTC. */
function monthOf(instant: Instant): string {
  const date = new Date(instant);
  return `${date.getUTCFullYear()}-${String(date.getUTCMonth() + 1).padStart(2, '0')}`;
}

/** The first month whose marks still count. */
function oldestMonth(now: Instant): string {
  const date = new Date(now);
  return monthOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - MONTHS_KEPT + 1, 1));
}
