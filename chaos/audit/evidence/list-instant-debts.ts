import { addDays, HOUR_MS, type Instant, listDayAt, localTimeAt, weekdayOf } from '../calendar.ts';
import type { DestinationHistory, Settings } from '../history.ts';
import { WINDOW_DAYS } from '../rules.ts';
import type { AuditContext } from './context.ts';
import type { Claim } from './debts.ts';
import { hasRefusedWithin } from './refusals.ts';
import { listReigns, type Reign, settingsThroughout } from './reigns.ts';
import { KEPT_WITHIN_MS, type SeenPaper, type Sighting, sureKnowledge } from './sightings.ts';

/** A place that refused is left alone for an hour. */
const PAUSE_WHEN_BLOCKED_MS = HOUR_MS;

/**
 * What must have come where papers come instantly: each paper from the collection on that brought it, or the votes
 * that it lacked. Where that one is excused, the next ones count.
 */
export function listInstantDebts(context: AuditContext, destination: DestinationHistory): readonly Claim[] {
  const reigns = listReigns(destination);
  return reigns.flatMap((reign) => {
    const { settings } = reign;
    if (settings?.instantSince === undefined) return [];
    return [...context.papers.values()].flatMap((paper) => {
      for (const sighting of paper.sightings) {
        const from = sighting.sureAt;
        if (from < reign.sureFrom || from > reign.sureTo || from === Infinity) continue;
        if (!isWanted(context, { paper, settings, known: sighting })) continue;
        const deadline = deadlineOf(context, destination, { reigns, reign, paper, from });
        if (deadline !== undefined) return [{ what: paper.id, from, deadline }];
      }
      return [];
    });
  });
}

interface Question {
  readonly reigns: readonly Reign[];
  readonly reign: Reign;
  readonly paper: SeenPaper;
  readonly from: Instant;
}

/** Undefined where something excuses the collection. */
function deadlineOf(
  context: AuditContext,
  destination: DestinationHistory,
  { reigns, reign, paper, from }: Question,
): Instant | undefined {
  const { history, deadlines } = context;
  const { timeline, archiveLostAt } = history;
  const deadline = deadlines.after(from, destination);
  const end = Math.min(context.countsUntil, destination.deletedAt ?? Infinity);
  if (
    deadline > end ||
    deadline === Infinity ||
    hasRefusedWithin(context.history, destination, { at: from, virtualMs: PAUSE_WHEN_BLOCKED_MS })
  )
    return undefined;
  if (archiveLostAt.some((at) => at > from - KEPT_WITHIN_MS && at <= deadline)) return undefined;
  const known = sureKnowledge(paper, from, archiveLostAt);
  const oldest = addDays(listDayAt(timeline.virtualAt(from)), -WINDOW_DAYS);
  if (known === undefined || known.listDay <= oldest) return undefined;
  const settings = settingsThroughout(reigns, reign, { from, to: deadline });
  const isSure = settings?.every(
    (one) =>
      [from, Math.min(deadline, history.endedAt)].every((at) => isDayOf(one, timeline.virtualAt(at))) &&
      isWanted(context, { paper, settings: one, known }),
  );
  return isSure === true ? deadline : undefined;
}

/** Matched, and not listed before the topic was followed. */
function isWanted(
  context: AuditContext,
  claim: {
    readonly paper: SeenPaper;
    readonly settings: Settings;
    readonly known: Pick<Sighting, 'upvotes' | 'listDay'>;
  },
): boolean {
  const { paper, settings, known } = claim;
  return settings.follows.some(
    ({ query, minUpvotes, since }) =>
      known.upvotes >= minUpvotes &&
      known.listDay >= listDayAt(since.latest) &&
      context.matches(query, paper, known.upvotes),
  );
}

function isDayOf({ days, zone }: Settings, virtual: Instant): boolean {
  const { day } = localTimeAt(virtual, zone);
  return days.includes(weekdayOf(day));
}
