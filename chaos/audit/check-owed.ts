import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays, DAY_MS, type Instant } from '../../src/calendar/zoned-time.ts';
import { attributeDigests } from './attribute-digests.ts';
import type { AuditContext } from './audit-context.ts';
import { groupDeliveries, messagesIn } from './deliveries.ts';
import type { DestinationHistory, PostedMessage, Settings, Violation } from './history.ts';
import { listInstantDebts } from './list-instant-debts.ts';
import { listReigns, type Reign, reignsWithin, settingsThroughout } from './reigns.ts';
import { possibleKnowledge, type SeenPaper, sureKnowledge } from './sightings.ts';
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

const WINDOW_DAYS = 7;
/** Real: from the plan of a delivery to its first message. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Every paper that must have come to a destination and did not, or came late. What is uncertain, such as a command
 * under way when the slot comes, is left to the next slot, where it is certain.
 */
export function checkOwed(
  context: AuditContext,
  destination: DestinationHistory,
): { readonly owed: number; readonly violations: readonly Violation[] } {
  const { channelId } = destination;
  const messages = messagesIn(context.history, destination);
  const arrivals = readArrivals(messages);
  const owed = new Map<string, Instant>();
  const all = new Set<string>();
  const passedOver = findPassedOver(context, destination, messages);
  const owe = (id: string, { from, deadline }: Pick<OwedSlot, 'from' | 'deadline'>) => {
    if ((passedOver.get(id) ?? Infinity) <= deadline) return;
    all.add(id);
    if ((arrivals.get(id) ?? Infinity) < from || owed.has(id)) return;
    owed.set(id, deadline);
  };
  for (const { id, ...debt } of listInstantDebts(context, destination)) owe(id, debt);
  for (const slot of listOwedSlots(context, destination, messages)) {
    for (const paper of context.papers.values()) {
      if (isOwed(context, paper, slot)) owe(paper.id, slot);
    }
  }
  const violations = [...owed].flatMap(([id, deadline]): readonly Violation[] => {
    const at = arrivals.get(id);
    if (at === undefined)
      return [{ kind: 'lost', channelId, about: `${id}, due by ${describe(context, deadline)}` }];
    if (at <= deadline) return [];
    const seconds = Math.round((at - deadline) / 1000);
    return [{ kind: 'late', channelId, about: `${id}, ${seconds} s after ${describe(context, deadline)}` }];
  });
  return { owed: all.size, violations };
}

function describe({ history }: AuditContext, real: Instant): string {
  return new Date(history.timeline.virtualAt(real)).toISOString();
}

function readArrivals(messages: readonly PostedMessage[]): ReadonlyMap<string, Instant> {
  const arrivals = new Map<string, Instant>();
  for (const { at, papers } of messages) {
    for (const { id } of papers) if (!arrivals.has(id)) arrivals.set(id, at);
  }
  return arrivals;
}

/** The slots whose deadline came while nothing interfered: neither a newer slot, nor a change of what is due. */
function listOwedSlots(
  context: AuditContext,
  destination: DestinationHistory,
  messages: readonly PostedMessage[],
): readonly OwedSlot[] {
  const reigns = listReigns(destination);
  const decided = findDecisions(context, destination, messages);
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
function findDecisions(
  context: AuditContext,
  destination: DestinationHistory,
  messages: readonly PostedMessage[],
): ReadonlyMap<Instant, Instant> {
  const deliveries = groupDeliveries(context.history, destination, messages);
  const attributions = attributeDigests(context, destination, deliveries);
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

function isOwed(
  context: AuditContext,
  paper: SeenPaper,
  { slot, from, decidedBy, settings }: OwedSlot,
): boolean {
  // What was known at the slot may not have been known any more when it was decided.
  if (context.history.archiveLostAt.some((at) => at > from && at <= decidedBy)) return false;
  const known = sureKnowledge(paper, from, context.history.archiveLostAt);
  if (known === undefined) return false;
  const oldest = addDays(listDayAt(slot), -WINDOW_DAYS);
  if (known.listDay <= oldest) return false;
  return settings.every(({ follows }) =>
    follows.some(
      ({ query, minUpvotes, since }) =>
        known.upvotes >= minUpvotes &&
        known.listDay >= listDayAt(since.latest) &&
        context.matches(query, paper, known.upvotes),
    ),
  );
}

/**
 * With the rest hidden, `max` papers at a time pass over all others that they may have been chosen from; gives when.
 */
function findPassedOver(
  { history, papers }: AuditContext,
  destination: DestinationHistory,
  messages: readonly PostedMessage[],
): ReadonlyMap<string, Instant> {
  const reigns = listReigns(destination);
  const passedOver = new Map<string, Instant>();
  for (const delivery of groupDeliveries(history, destination, messages)) {
    const last = delivery.messages.at(-1)?.at ?? delivery.firstAt;
    const hiding = reignsWithin(reigns, delivery.firstAt - LONGEST_WAIT_MS, last).flatMap(({ settings }) =>
      settings?.rest === 'hide' ? [settings.max] : [],
    );
    const shown = delivery.messages.flatMap((message) => message.papers).length;
    if (hiding.length === 0 || shown < Math.min(...hiding)) continue;
    for (const paper of papers.values()) {
      if (passedOver.has(paper.id) || possibleKnowledge(paper, last) === undefined) continue;
      passedOver.set(paper.id, last);
    }
  }
  return passedOver;
}
