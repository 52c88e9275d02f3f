import {
  addDays,
  type Day,
  DAY_MS,
  formatFullDay,
  HOUR_MS,
  type Instant,
  listDayAt,
  MINUTE_MS,
} from '../calendar.ts';
import type { DestinationHistory, Settings } from '../history.ts';
import type { AuditContext } from './context.ts';
import type { Claim } from './debts.ts';
import { hasRefusedWithin, mayBeRefused } from './refusals.ts';
import { listReigns, settingsThroughout } from './reigns.ts';
import { type SeenPaper, sureKnowledge } from './sightings.ts';
import { slotsBetween } from './slots.ts';

/** A week that is told of, by the slot at which that is due; on the replayed clock. */
export interface RoundupWeek {
  readonly slot: Instant;
  /** The papers listed later than `after`, up to `until`. */
  readonly after: Day;
  readonly until: Day;
}

const WEEK_MS = 7 * DAY_MS;
/** By the replayed clock: how long a place that refused is left alone, and how much later that may be written down. */
const LEFT_ALONE_MS = { dm: DAY_MS, text: HOUR_MS, forum: HOUR_MS };
const WRITTEN_DOWN_MS = 10 * MINUTE_MS;

/** As the auditor's complaints name it. */
export function nameRoundup(until: string): string {
  return `the roundup to ${until}`;
}

/** The weeks whose slots are later than `from` and not later than `to`. */
export function weeksBetween(
  { roundup, zone }: Pick<Settings, 'roundup' | 'zone'>,
  from: Instant,
  to: Instant,
): readonly RoundupWeek[] {
  if (roundup === undefined) return [];
  const schedule = { minute: roundup.minute, zone, days: [roundup.on] };
  return slotsBetween(schedule, from, to).map((slot) => {
    const before = slotsBetween(schedule, slot - WEEK_MS - DAY_MS, slot - 1).at(-1) ?? slot - WEEK_MS;
    return { slot, after: addDays(listDayAt(before), -1), until: addDays(listDayAt(slot), -1) };
  });
}

/** The roundups that had to come: of weeks that surely had papers. */
export function listRoundupDebts(context: AuditContext, destination: DestinationHistory): readonly Claim[] {
  const { timeline, endedAt } = context.history;
  const reigns = listReigns(destination);
  const end = Math.min(context.countsUntil, destination.deletedAt ?? Infinity);
  return reigns.flatMap((reign) => {
    const { settings } = reign;
    if (settings?.roundup === undefined) return [];
    const until = timeline.virtualAt(Math.min(reign.sureTo, end, endedAt));
    return weeksBetween(settings, settings.roundup.since.latest, until).flatMap((week): readonly Claim[] => {
      const from = timeline.realAt(week.slot);
      const deadline = context.deadlines.of(week.slot, destination);
      if (from < reign.sureFrom || from > reign.sureTo || deadline > end) return [];
      if (timeline.virtualAt(deadline) - week.slot >= DAY_MS) return [];
      const held = settingsThroughout(reigns, reign, { from, to: deadline });
      const isSame = held?.every(({ roundup }) => roundup === settings.roundup) === true;
      if (!isSame || !isOwed(context, destination, { week, from, deadline, held: held ?? [] })) return [];
      const virtualMs = LEFT_ALONE_MS[destination.kind] + WRITTEN_DOWN_MS;
      if (hasRefusedWithin(context.history, destination, { at: from, virtualMs })) return [];
      return [{ what: nameRoundup(formatFullDay(week.until)), from, deadline }];
    });
  });
}

/** Whether the bot surely knew of a paper for it until it came. */
function isOwed(
  context: AuditContext,
  destination: DestinationHistory,
  {
    week,
    from,
    deadline,
    held,
  }: {
    readonly week: RoundupWeek;
    readonly from: Instant;
    readonly deadline: Instant;
    readonly held: readonly Settings[];
  },
): boolean {
  const { archiveLostAt } = context.history;
  if (archiveLostAt.some((at) => at > from && at <= deadline)) return false;
  return [...context.papers.values()].some(
    (paper) =>
      !mayBeRefused(context.history, destination, { paperId: paper.id, by: deadline }) &&
      isSurelyOf(context, paper, { week, at: from, held }),
  );
}

/** Whether a paper is surely of a week, and of something that was followed all the while. */
export function isSurelyOf(
  context: AuditContext,
  paper: SeenPaper,
  {
    week,
    at,
    held,
  }: { readonly week: RoundupWeek; readonly at: Instant; readonly held: readonly Settings[] },
): boolean {
  // One that is listed anew later goes by that day.
  if (paper.newestDay > week.until) return false;
  const known = sureKnowledge(paper, at, context.history.archiveLostAt);
  if (known === undefined || known.listDay <= week.after || known.listDay > week.until) return false;
  return held.every(({ follows }) =>
    follows.some(
      ({ query, minUpvotes, since }) =>
        since.latest < week.slot &&
        known.upvotes >= minUpvotes &&
        context.matches(query, paper, known.upvotes),
    ),
  );
}
