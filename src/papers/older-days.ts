import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import { FIRST_LIST_DAY, isWeekend, type ListDay, listDayAt, listDayEnd } from '../calendar/list-day.ts';
import { addDays, type Instant } from '../calendar/zoned-time.ts';
import type { SourceError } from '../errors.ts';
import { COLLECT_OLDER_EVERY, collectDays, type CollectionOptions, firstPlannedDay } from './collect.ts';
import type { PaperArchive } from './paper-archive.ts';
import type { PaperSource } from './paper-source.ts';

interface BackfillResult {
  readonly collected: number;
  readonly papers: number;
  readonly failed: readonly { readonly day: ListDay; readonly error: SourceError }[];
  /** Whether the signal ended it early. */
  readonly stopped: boolean;
}

/** Anonymous callers have 500 requests in five minutes; the bot may be running beside this. */
const BACKFILL_PAUSE_MS = 1_000;

/** Settled weekdays from `since` on that the archive has not got since they settled; newest first. */
export function planBackfill(
  now: Instant,
  since: ListDay,
  collectedDays: ReadonlyMap<ListDay, Instant>,
): readonly ListDay[] {
  const from = since < FIRST_LIST_DAY ? FIRST_LIST_DAY : since;
  const days: ListDay[] = [];
  for (let day = addDays(listDayAt(now), -1); day >= from; day = addDays(day, -1)) {
    if (!isWeekend(day) && (collectedDays.get(day) ?? 0) < listDayEnd(day)) days.push(day);
  }
  return days;
}

/**
 * Collects older days, one after the other. Each is recorded as it comes, so that one that was stopped goes on where
 * it was. It never counts as a collection.
 */
export async function runBackfill(options: CollectionOptions, since: ListDay): Promise<BackfillResult> {
  const { archive, clock, signal } = options;
  const now = clock.now();
  const days = planBackfill(now, since, archive.collectedDays(since, now));
  const pause = async (index: number) => {
    if (index > 0) await clock.sleep(BACKFILL_PAUSE_MS, signal);
    return true;
  };
  const { collected, added, failed } = await collectDays(options, days, pause);
  return { collected, papers: added.length, failed, stopped: signal?.aborted ?? false };
}

export interface OlderDays {
  /** Goes on collecting older days unless it does already. Never rejects. */
  goOn(): void;
  /** What it has got is kept, and is not collected again. */
  stop(): Promise<void>;
}

interface Reach {
  readonly archive: Pick<PaperArchive, 'collectedDays'>;
  readonly clock: Pick<Clock, 'now'>;
  /** The oldest list day to collect. */
  readonly archiveSince: ListDay;
}

export interface OlderDaysOptions extends Reach {
  readonly source: Pick<PaperSource, 'listOlderDay'>;
  readonly archive: PaperArchive;
  readonly clock: Clock;
  readonly log: Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;
}

/** With the time that a request takes, a thousand days are collected within an hour and a half. */
const PAUSE_MS = 3_000;
/** After as many failed days in a row it waits for the next collection: Hugging Face is not well. */
const MAX_FAILURES = 3;

/** The days before those that every collection looks at, newest first. */
function planOlderDays({ archive, clock, archiveSince }: Reach): readonly ListDay[] {
  const now = clock.now();
  const end = firstPlannedDay(now);
  return planBackfill(now, archiveSince, archive.collectedDays(archiveSince, now)).filter((day) => day < end);
}

/** The day to which the archive reaches back, until the oldest day is there too. Raises `StorageError`. */
export function findReach(reach: Reach): ListDay | undefined {
  const missing = planOlderDays(reach).toReversed();
  const { archiveSince } = reach;
  const first = weekdayFrom(archiveSince < FIRST_LIST_DAY ? FIRST_LIST_DAY : archiveSince);
  if (missing[0] !== first) return undefined;
  let day = first;
  // A day that Hugging Face refuses is a hole, not the end.
  for (const one of missing) if (one === day) day = weekdayFrom(addDays(day, 1));
  return day;
}

function weekdayFrom(day: ListDay): ListDay {
  return isWeekend(day) ? weekdayFrom(addDays(day, 1)) : day;
}

/** Fills a young archive while nothing else wants Hugging Face, so that a search finds more than last month. */
export function createOlderDays(options: OlderDaysOptions): OlderDays {
  const { archive, clock, log } = options;
  const source = { listDay: options.source.listOlderDay };
  const stopping = new AbortController();
  const { signal } = stopping;
  const failedAt = new Map<ListDay, Moment>();
  let running: Promise<void> | undefined;

  function isDue(day: ListDay): boolean {
    const failed = failedAt.get(day);
    return failed === undefined || hasPassed(COLLECT_OLDER_EVERY, failed, clock);
  }

  async function collect(): Promise<void> {
    const days = planOlderDays(options).filter(isDue);
    if (days.length > 0) log.info({ days: days.length }, 'collecting older days');
    let failures = 0;
    for (const day of days) {
      await clock.sleep(PAUSE_MS, signal);
      if (signal.aborted || failures === MAX_FAILURES) return;
      const { failed } = await collectDays({ source, archive, clock, log, signal }, [day]);
      failures = failed.length > 0 ? failures + 1 : 0;
      if (failed.length > 0) failedAt.set(day, momentOf(clock));
    }
    if (days.length > 0) log.info({ days: days.length }, 'older days collected');
  }

  return {
    goOn() {
      if (signal.aborted) return;
      running ??= collect()
        .catch((error: unknown) => log.error({ err: error }, 'older days could not be collected'))
        .finally(() => {
          running = undefined;
        });
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
