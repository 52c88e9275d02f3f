import { DAY_MS, type Instant } from '../calendar.ts';
import type { DestinationHistory } from '../history.ts';
import { PATIENCE_MS } from '../rules.ts';
import type { AuditContext } from './context.ts';
import { isBlurred, mostAhead } from './wrong-clock.ts';
import { GRACE_MS } from './deadlines.ts';
import type { SeenDelivery } from './deliveries.ts';
import { listInstantReigns } from './instant-reigns.ts';
import { listReigns, pauseAfter, type Reign } from './reigns.ts';
import { slotsBetween } from './slots.ts';

/** The slot that a digest is of, by the settings that named it. */
interface SlotOfReign {
  readonly slot: Instant;
  readonly reign: Reign;
}

export interface Attribution extends SlotOfReign {
  /** The first slot that it may be of: another one than `slot` where trouble held up what had been planned. */
  readonly since: Instant;
}

/** Real: how long the bot waits for a ledger that another program has locked, between plan and sending too. */
const HELD_UP_MS = 7_000;

/** The slot of each digest, by the id of its delivery; none where it came before every slot, or with a collection. */
export function attributeDigests(
  context: AuditContext,
  destination: DestinationHistory,
  deliveries: readonly SeenDelivery[],
): ReadonlyMap<string, Attribution> {
  const digests = deliveries.filter(
    ({ isSample, firstAt }) => !isSample && listInstantReigns(context, destination, firstAt).length === 0,
  );
  const attributions = new Map<string, Attribution>();
  const earlier = new Set<Instant>();
  for (const [index, delivery] of digests.entries()) {
    const sequence = { delivery, next: digests[index + 1], earlier };
    const held = heldSlots(context, destination, sequence);
    const found = attribute(context, destination, { ...sequence, held: held.at(-1) });
    if (found === undefined) continue;
    const last = digests[index - 1];
    if (last !== undefined && attributions.get(last.id)?.slot === found.slot) {
      const moved = slotBefore(context, destination, last);
      if (moved !== undefined && !earlier.has(moved.slot)) {
        attributions.set(last.id, { ...moved, since: moved.slot });
        earlier.add(moved.slot);
      }
    }
    attributions.set(delivery.id, { ...found, since: Math.min(found.slot, held[0]?.slot ?? Infinity) });
    earlier.add(found.slot);
  }
  return attributions;
}

/** Where a machine slept over the sending of two in a row, only the second one shows of which slots they are. */
function slotBefore(
  context: AuditContext,
  destination: DestinationHistory,
  { firstAt }: SeenDelivery,
): SlotOfReign | undefined {
  return latestSlotAt(context, destination, firstAt - HELD_UP_MS);
}

interface Sequence {
  readonly delivery: SeenDelivery;
  readonly next: SeenDelivery | undefined;
  /** The slots of those before it. */
  readonly earlier: ReadonlySet<Instant>;
}

/**
 * A machine that sleeps between the plan and the sending makes a digest look like one of the next slot, and so does
 * trouble that holds it up. That it is not one shows when the next digest is, or when nothing was collected for that
 * slot yet. A slot that has waited long enough is decided without a collection.
 */
function attribute(
  context: AuditContext,
  destination: DestinationHistory,
  { delivery, next, earlier, held }: Sequence & { readonly held: SlotOfReign | undefined },
): SlotOfReign | undefined {
  const { firstAt } = delivery;
  const latest = latestSlotAt(context, destination, firstAt);
  const behind = held ?? slotBefore(context, destination, delivery);
  if (latest === undefined || behind === undefined) return latest;
  // A clock that was wrong may show a slot twice: each time can bring a digest of it.
  if (isBlurred(context.history, latest.slot)) return latest;
  const isNext = next !== undefined && latestSlotAt(context, destination, next.firstAt)?.slot === latest.slot;
  if (isNext) return behind;
  if (context.deadlines.collectedFor(latest.slot) <= firstAt) return latest;
  const shown = context.history.timeline.virtualAt(firstAt) + mostAhead(context.history, firstAt);
  const isFromArchive = shown - latest.slot >= PATIENCE_MS;
  const isOver =
    earlier.has(behind.slot) ||
    isExpired(context, destination, { slot: behind.slot, firstAt }) ||
    (behind.reign !== latest.reign && pauseAfter(destination, behind.reign) !== undefined);
  return isFromArchive && isOver ? latest : behind;
}

/** Whether a slot was over a day old when it could have been planned last. */
export function isExpired(
  { history, deadlines }: AuditContext,
  destination: DestinationHistory,
  { slot, firstAt }: { readonly slot: Instant; readonly firstAt: Instant },
): boolean {
  const isExcused = deadlines.of(slot, destination) > firstAt;
  const heldUpMs = (isExcused ? GRACE_MS : HELD_UP_MS) + deadlines.openingOf(destination, firstAt);
  return history.timeline.virtualAt(firstAt - heldUpMs) - slot > DAY_MS;
}

/** Slots before the latest one that nothing came for, and whose digest trouble may have held up until now. */
function heldSlots(
  context: AuditContext,
  destination: DestinationHistory,
  { delivery: { firstAt }, earlier }: Sequence,
): readonly SlotOfReign[] {
  return slotsUpTo(context, destination, firstAt)
    .slice(0, -1)
    .filter(({ slot }) => !earlier.has(slot) && !isExpired(context, destination, { slot, firstAt }))
    .filter(({ slot }) => context.deadlines.of(slot, destination) > firstAt);
}

function latestSlotAt(
  context: AuditContext,
  destination: DestinationHistory,
  at: Instant,
): SlotOfReign | undefined {
  return slotsUpTo(context, destination, at).at(-1);
}

/** The slots of the last two days; where there were none, those of the last week that trouble held up. `at` is real. */
function slotsUpTo(
  context: AuditContext,
  destination: DestinationHistory,
  at: Instant,
): readonly SlotOfReign[] {
  const recent = slotsWithin(context, destination, { at, days: 2 });
  if (recent.length > 0) return recent;
  const lastWeek = slotsWithin(context, destination, { at, days: 8 });
  return lastWeek.filter(({ slot }) => context.deadlines.of(slot, destination) > at);
}

/** By any settings that may have held, in order. */
function slotsWithin(
  { history }: AuditContext,
  destination: DestinationHistory,
  { at, days }: { readonly at: Instant; readonly days: number },
): readonly SlotOfReign[] {
  const { timeline } = history;
  const now = timeline.virtualAt(at) + mostAhead(history, at);
  return listReigns(destination)
    .filter((reign) => reign.possibleFrom <= at)
    .flatMap((reign) => {
      if (reign.settings?.isPaused !== false || reign.settings.instantSince !== undefined) return [];
      const until = Math.min(now, timeline.virtualAt(reign.possibleTo));
      const from = Math.max(reign.settings.scheduledSince.earliest, now - days * DAY_MS);
      return slotsBetween(reign.settings, from, until).map((slot) => ({ slot, reign }));
    })
    .toSorted((a, b) => a.slot - b.slot);
}
