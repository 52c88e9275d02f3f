import { addDays, type Day, DAY_MS, type Instant, listDayAt } from '../calendar.ts';
import type { DestinationHistory, Settings } from '../history.ts';
import { WINDOW_DAYS } from '../rules.ts';
import type { AuditContext } from './context.ts';
import type { Claim, Received } from './debts.ts';
import { listReigns, type Reign, settingsThroughout } from './reigns.ts';
import { type SeenPaper, sureKnowledge } from './sightings.ts';
import { slotsBetween } from './slots.ts';

/** A slot at which something must have come, and by when; real instants. */
interface OwedSlot {
  readonly slot: Instant;
  readonly from: Instant;
  readonly deadline: Instant;
  /** When it was decided at the latest. */
  readonly decidedBy: Instant;
  /** The settings that may hold meanwhile. */
  readonly settings: readonly Settings[];
}

/** What must have come with each slot. */
export function listSlotDebts(
  context: AuditContext,
  destination: DestinationHistory,
  received: Received,
): readonly Claim[] {
  const papers = [...context.papers.values()];
  return listOwedSlots(context, destination, received).flatMap((slot) =>
    papers
      .filter((paper) => isInWindow(paper, slot) && isOwed(context, paper, slot))
      .map(({ id }) => ({ what: id, from: slot.from, deadline: slot.deadline })),
  );
}

/** The slots whose deadline came while nothing interfered: neither a newer slot, nor a change of what is due. */
function listOwedSlots(
  context: AuditContext,
  destination: DestinationHistory,
  received: Received,
): readonly OwedSlot[] {
  const reigns = listReigns(destination);
  const decided = findDecisions(received);
  const end = Math.min(context.countsUntil, destination.deletedAt ?? Infinity);
  return reigns.flatMap((reign) =>
    slotsOfReign(context, reign, end).flatMap((slot, index, slots) => {
      const from = context.history.timeline.realAt(slot);
      if (from < reign.sureFrom || from > reign.sureTo) return [];
      const deadline = context.deadlines.of(slot, destination);
      // What is held up for a day expires: its papers come with the next slot.
      if (context.history.timeline.virtualAt(deadline) - slot >= DAY_MS) return [];
      const next = slots[index + 1];
      if (deadline > end || (next !== undefined && context.history.timeline.realAt(next) <= deadline))
        return [];
      const settings = settingsThroughout(reigns, reign, { from, to: deadline });
      const decidedBy = Math.min(deadline, decided.get(slot) ?? Infinity);
      return settings === undefined ? [] : [{ slot, from, deadline, decidedBy, settings }];
    }),
  );
}

/** When the first message came of each slot that surely is the one it was of: it was decided by then. In real instants. */
function findDecisions({ deliveries, attributions }: Received): ReadonlyMap<Instant, Instant> {
  const decided = new Map<Instant, Instant>();
  for (const { id, firstAt } of deliveries) {
    const { slot, since } = attributions.get(id) ?? {};
    if (slot !== undefined && slot === since && !decided.has(slot)) decided.set(slot, firstAt);
  }
  return decided;
}

function slotsOfReign(
  { history }: AuditContext,
  { settings, sureTo }: Reign,
  end: Instant,
): readonly Instant[] {
  if (settings === undefined || settings.instantSince !== undefined) return [];
  const until = history.timeline.virtualAt(Math.min(sureTo, end, history.endedAt));
  return slotsBetween(settings, settings.scheduledSince.latest, until);
}

/** By the newest list day that it ever has: most papers of a long run are too old, or not listed yet. */
function isInWindow({ sightings: [first], newestDay }: SeenPaper, { slot, from }: OwedSlot): boolean {
  return first !== undefined && first.at <= from && newestDay > oldestDay(slot);
}

function oldestDay(slot: Instant): Day {
  return addDays(listDayAt(slot), -WINDOW_DAYS);
}

function isOwed(
  context: AuditContext,
  paper: SeenPaper,
  { slot, from, decidedBy, settings }: OwedSlot,
): boolean {
  // What was known at the slot may not have been known any more when it was decided.
  if (context.history.archiveLostAt.some((at) => at > from && at <= decidedBy)) return false;
  const known = sureKnowledge(paper, from, context.history.archiveLostAt);
  if (known === undefined) return false;
  if (known.listDay <= oldestDay(slot)) return false;
  return settings.every(({ follows }) =>
    follows.some(
      ({ query, minUpvotes, since }) =>
        known.upvotes >= minUpvotes &&
        known.listDay >= listDayAt(since.latest) &&
        context.matches(query, paper, known.upvotes),
    ),
  );
}
