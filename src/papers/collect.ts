import type { Clock } from '../calendar/clock.ts';
import type { ListDay } from '../calendar/list-day.ts';
import { SourceError } from '../errors.ts';
import { firstPlannedDay, planCollection } from './collection-plan.ts';
import type { PaperArchive } from './paper-archive.ts';
import type { PaperSource } from './paper-source.ts';

export interface CollectionOptions {
  readonly source: PaperSource;
  readonly archive: PaperArchive;
  readonly clock: Clock;
  readonly onProgress?: (done: number, total: number) => void;
  readonly log?: (message: string, fields: Record<string, unknown>) => void;
  readonly signal?: AbortSignal;
}

export interface CollectionResult {
  /** Ids that were not listed before. */
  readonly added: readonly string[];
  readonly failed: readonly { readonly day: ListDay; readonly error: SourceError }[];
  readonly dropped: number;
}

/**
 * Collects every day that is due; a day that the source cannot give does not stop the others. When the signal is
 * aborted it ends early, without counting as a collection; what it has got so far is kept. It counts from when it
 * began: what was listed while it went on, or while the machine slept in the middle of it, may be missing.
 */
export async function runCollection(options: CollectionOptions): Promise<CollectionResult> {
  const { archive, clock } = options;
  const now = clock.now();
  const { required, refresh } = planCollection(now, archive.collectedDays(firstPlannedDay(now), now));
  const days = [...required, ...refresh];
  const added: string[] = [];
  const failed: { day: ListDay; error: SourceError }[] = [];
  let dropped = 0;
  const isAborted = () => options.signal?.aborted ?? false;
  for (const [index, day] of days.entries()) {
    if (isAborted()) break;
    try {
      const result = await collectDay(options, day);
      added.push(...result.added);
      dropped += result.dropped;
    } catch (error) {
      if (isAborted()) break;
      if (!(error instanceof SourceError)) throw error;
      failed.push({ day, error });
      options.log?.('list day not collected', { day, reason: error.reason });
    }
    options.onProgress?.(index + 1, days.length);
  }
  if (!isAborted() && !failed.some(({ day }) => required.includes(day))) archive.recordCollection(now);
  return { added, failed, dropped };
}

/** Saves one list day. It counts as collected at the start of the request: what came later may be missing. */
export async function collectDay(
  options: CollectionOptions,
  day: ListDay,
): Promise<{ readonly added: readonly string[]; readonly dropped: number }> {
  const startedAt = options.clock.now();
  const { papers, dropped } = await options.source.listDay(day, options.signal);
  const added = options.archive.save(papers, startedAt);
  options.archive.recordCollectedDay(day, startedAt);
  if (dropped > 0) options.log?.('unreadable papers dropped', { day, dropped });
  return { added, dropped };
}
