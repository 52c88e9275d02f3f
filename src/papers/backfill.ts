import { FIRST_LIST_DAY, isWeekend, type ListDay, listDayAt, listDayEnd } from '../calendar/list-day.ts';
import { addDays, type Instant } from '../calendar/zoned-time.ts';
import type { SourceError } from '../errors.ts';
import { collectDays, type CollectionOptions } from './collect.ts';

export interface BackfillResult {
  readonly collected: number;
  readonly papers: number;
  readonly failed: readonly { readonly day: ListDay; readonly error: SourceError }[];
  /** Whether the signal ended it early. */
  readonly stopped: boolean;
}

/** Anonymous callers have 500 requests in five minutes; the bot may be running beside this. */
const PAUSE_MS = 1_000;

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
    if (index > 0) await clock.sleep(PAUSE_MS, signal);
    return true;
  };
  const { collected, added, failed } = await collectDays(options, days, pause);
  return { collected, papers: added.length, failed, stopped: signal?.aborted ?? false };
}
