import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import { type ListDay, listDayAt, listDayEnd } from '../calendar/list-day.ts';
import { SourceError } from '../errors.ts';
import type { PaperArchive } from './paper-archive.ts';
import type { PaperSource } from './paper-source.ts';
import { addDays, HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';

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
): Promise<CollectionResult & { readonly collectedOlder: number }> {
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
    collectedOlder: older.collected,
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

/** Writing a new paper takes about two milliseconds, in which nothing else in the bot has its turn. */
const PAPERS_AT_ONCE = 5;

/** Saves one list day, a few papers at a time. It counts as collected at the start of the request: what came later may be missing. */
export async function collectDay(
  options: CollectionOptions,
  day: ListDay,
): Promise<{ readonly added: readonly string[]; readonly dropped: number }> {
  const startedAt = options.clock.now();
  const { papers, dropped } = await options.source.listDay(day, options.signal);
  const added: string[] = [];
  for (let start = 0; start < papers.length; start += PAPERS_AT_ONCE) {
    if (start > 0) await new Promise((resolve) => setImmediate(resolve));
    added.push(...options.archive.save(papers.slice(start, start + PAPERS_AT_ONCE), startedAt));
  }
  options.archive.recordCollectedDay(day, startedAt);
  if (dropped > 0) options.log?.warn({ day, dropped }, 'unreadable or too many papers dropped');
  return { added, dropped };
}

export interface CollectionPlan {
  /** The current list day, and the previous one until it has settled. Digests wait for these alone. */
  readonly required: readonly ListDay[];
  /** What was missed in the last 30 days, and settled days whose votes, comments and code links still grow. */
  readonly older: readonly ListDay[];
}

export const COLLECT_EVERY = 10 * MINUTE_MS;
/** Also how long an older day that failed is left alone. */
export const COLLECT_OLDER_EVERY = 3 * HOUR_MS;

const DAYS_BACK = 30;
const REFRESH_DAYS = 7;

/** The first day that `planCollection` looks at. */
export function firstPlannedDay(now: Instant): ListDay {
  return addDays(listDayAt(now), 1 - DAYS_BACK);
}

/** Each list is newest day first. A day has settled once it was collected at or after its end. */
export function planCollection(now: Instant, collectedDays: ReadonlyMap<ListDay, Instant>): CollectionPlan {
  const today = listDayAt(now);
  const required: ListDay[] = [today];
  const older: ListDay[] = [];
  for (let back = 1; back < DAYS_BACK; back++) {
    const day = addDays(today, -back);
    const collectedAt = collectedDays.get(day);
    if (collectedAt === undefined || collectedAt < listDayEnd(day)) (back === 1 ? required : older).push(day);
    else if (back < REFRESH_DAYS && now - collectedAt >= COLLECT_OLDER_EVERY) older.push(day);
  }
  return { required, older };
}
