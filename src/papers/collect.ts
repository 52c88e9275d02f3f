import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import type { ListDay } from '../calendar/list-day.ts';
import { SourceError } from '../errors.ts';
import { COLLECT_EVERY, COLLECT_OLDER_EVERY, firstPlannedDay, planCollection } from './collection-plan.ts';
import type { PaperArchive } from './paper-archive.ts';
import type { PaperSource } from './paper-source.ts';

export interface CollectionOptions {
  readonly source: Pick<PaperSource, 'listDay'>;
  readonly archive: PaperArchive;
  readonly clock: Clock;
  readonly onProgress?: (done: number, total: number) => void;
  readonly log?: { warn(fields: object, message: string): void };
  readonly signal?: AbortSignal;
}

export interface CollectionResult {
  readonly collected: number;
  /** Ids that were not listed before. */
  readonly added: readonly string[];
  readonly failed: readonly { readonly day: ListDay; readonly error: SourceError }[];
  readonly dropped: number;
}

/**
 * Collects every day that is due; a day that the source cannot give does not stop the others. It counts as a collection
 * once the required days are there, whatever comes of the older ones, and from when it began: what was listed meanwhile
 * may be missing. `failures` says when older days last failed; the caller keeps it from one collection to the next.
 */
export async function runCollection(
  options: CollectionOptions,
  failures = new Map<ListDay, Moment>(),
): Promise<CollectionResult> {
  const { archive, clock, signal } = options;
  const begun = momentOf(clock);
  const plan = planCollection(begun.wall, archive.collectedDays(firstPlannedDay(begun.wall), begun.wall));
  const isDue = (failedAt: Moment | undefined) =>
    failedAt === undefined || hasPassed(COLLECT_OLDER_EVERY, failedAt, clock);

  const required = await collectDays(options, plan.required);
  if (required.failed.length === 0 && signal?.aborted !== true) archive.recordCollection(begun.wall);

  const olderDays = plan.older.filter((day) => isDue(failures.get(day)));
  // A slow source must not keep the current day waiting: the older days that are left come with the next collection.
  const older = await collectDays(options, olderDays, () => !hasPassed(COLLECT_EVERY, begun, clock));
  for (const { day } of older.failed) failures.set(day, momentOf(clock));

  return {
    collected: required.collected + older.collected,
    added: [...required.added, ...older.added],
    failed: [...required.failed, ...older.failed],
    dropped: required.dropped + older.dropped,
  };
}

/** One day after the other. Stops early when the signal is aborted or `mayGoOn` says no; what it has got is kept. */
export async function collectDays(
  options: CollectionOptions,
  days: readonly ListDay[],
  mayGoOn: (index: number) => boolean | Promise<boolean> = () => true,
): Promise<CollectionResult> {
  const added: string[] = [];
  const failed: { day: ListDay; error: SourceError }[] = [];
  let collected = 0;
  let dropped = 0;
  const isAborted = () => options.signal?.aborted ?? false;
  for (const [index, day] of days.entries()) {
    if (!(await mayGoOn(index)) || isAborted()) break;
    try {
      const result = await collectDay(options, day);
      added.push(...result.added);
      collected += 1;
      dropped += result.dropped;
    } catch (error) {
      if (isAborted()) break;
      if (!(error instanceof SourceError)) throw error;
      failed.push({ day, error });
      options.log?.warn({ day, reason: error.reason }, 'list day not collected');
    }
    options.onProgress?.(index + 1, days.length);
  }
  return { collected, added, failed, dropped };
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
  if (dropped > 0) options.log?.warn({ day, dropped }, 'unreadable papers dropped');
  return { added, dropped };
}
