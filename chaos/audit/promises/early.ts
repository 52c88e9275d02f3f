import type { Instant } from '../calendar.ts';
import { GRACE_MS } from '../evidence/deadlines.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PlacedDelivery, PlaceEvidence } from '../evidence/place.ts';
import { pauseAfter, type Reign } from '../evidence/reigns.ts';
import { isBlurred, mostAhead, wasClockWrong } from '../evidence/wrong-clock.ts';
import type { DestinationHistory } from '../history.ts';
import { inEachPlace, type Promise } from '../promise.ts';
import { PATIENCE_MS } from '../rules.ts';

/** Real: from the answer to an order until a message is there that had left before it. */
const LEFT_BEFORE_MS = 500;

export const EARLY: Promise = {
  figure: 'early',
  sentence: 'Nothing comes before the slot that was named, and a slot has one digest.',
  check: inEachPlace((evidence, place) => [
    ...place.deliveries.flatMap((delivery) => judge(evidence, place, delivery)),
    ...findSeconds(evidence, place),
  ]),
};

function judge(
  evidence: Evidence,
  { destination }: PlaceEvidence,
  delivery: PlacedDelivery,
): readonly string[] {
  const { id, firstAt, isSample, isInstant, attribution } = delivery;
  if (isSample || isInstant === 'perhaps') return [];
  if (isInstant === 'surely')
    return followsCollection(evidence, delivery) ? [] : [`delivery ${id} before any collection`];
  if (attribution === undefined) return [`delivery ${id} belongs to no slot`];
  if (isOfPaused(evidence, destination, { firstAt, reign: attribution.reign }))
    return [`delivery ${id} of a slot before a pause`];
  // A slot under settings that no longer hold is delivered only where trouble held up what had been planned.
  const isReplaced = attribution.reign.possibleTo + GRACE_MS < firstAt;
  return isReplaced && evidence.deadlines.of(attribution.slot, destination) < firstAt
    ? [`delivery ${id} before the slot that a change had named`]
    : [];
}

/** A pause ends what is on its way; only a request that has left still has its effect. */
function isOfPaused(
  { history, deadlines }: Evidence,
  destination: DestinationHistory,
  { firstAt, reign }: { readonly firstAt: Instant; readonly reign: Reign },
): boolean {
  const pause = pauseAfter(destination, reign);
  return (
    pause !== undefined &&
    deadlines.after(pause.ackedAt, destination, LEFT_BEFORE_MS) < firstAt &&
    !wasClockWrong(history, pause.sentAt, firstAt)
  );
}

/** While none comes, what is known is sent after as long as a slot waits for one. */
function followsCollection({ history }: Evidence, { firstAt, settings }: PlacedDelivery): boolean {
  const { timeline, listings } = history;
  const since = Math.min(...settings.map(({ scheduledSince }) => scheduledSince.earliest));
  const shown = timeline.virtualAt(firstAt) + mostAhead(history, firstAt);
  return (
    shown - since >= PATIENCE_MS || listings.some(({ at }) => at <= firstAt && timeline.virtualAt(at) > since)
  );
}

/** A clock that was wrong may show a slot twice; its second digest brings what the first one had not. */
function findSeconds({ history }: Evidence, { destination, deliveries }: PlaceEvidence): readonly string[] {
  const bySlot = new Map<Instant, PlacedDelivery[]>();
  return deliveries.flatMap((delivery) => {
    const { id, attribution, isSample, isInstant } = delivery;
    if (attribution === undefined || isSample || isInstant !== 'no') return [];
    if (isBlurred(history, attribution.slot)) return [];
    const others = bySlot.get(attribution.slot) ?? [];
    bySlot.set(attribution.slot, [...others, delivery]);
    const isSecond = others.length > 0 && !wasCancelled(destination, others, delivery);
    return isSecond ? [`delivery ${id} is a second one of its slot`] : [];
  });
}

function wasCancelled(
  { changes }: DestinationHistory,
  earlier: readonly PlacedDelivery[],
  { firstAt }: PlacedDelivery,
): boolean {
  const since = Math.min(...earlier.map((delivery) => delivery.firstAt));
  return changes.some(({ cancels, sentAt, ackedAt }) => cancels && ackedAt >= since && sentAt <= firstAt);
}
