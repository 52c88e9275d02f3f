import { listDayAt } from '../../src/calendar/list-day.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import { attributeDigests, type Attribution, isExpired, PATIENCE_MS } from './attribute-digests.ts';
import type { AuditContext } from './audit-context.ts';
import { checkForm, checkOrder } from './check-form.ts';
import { checkInstant, listInstantReigns, listInstantSettings } from './check-instant.ts';
import { checkMention } from './check-mention.ts';
import { checkTwice, setAsideRepeats } from './check-twice.ts';
import { GRACE_MS } from './deadlines.ts';
import { groupDeliveries, messagesIn, type SeenDelivery } from './deliveries.ts';
import type { DestinationHistory, Report, Settings, Violation } from './history.ts';
import { listReigns, reignsWithin } from './reigns.ts';
import { possibleKnowledge } from './sightings.ts';

/** Everything that a destination got and should not have got, or not so, or not yet. */
export function checkDeliveries(
  context: AuditContext,
  destination: DestinationHistory,
): readonly Violation[] {
  const { channelId } = destination;
  const violations: Violation[] = [];
  const report: Report = (kind, about) => void violations.push({ kind, channelId, about });
  const all = messagesIn(context.history, destination);
  checkTwice(context.history, destination, all).forEach(([kind, about]) => report(kind, about));
  const messages = setAsideRepeats(context.history, destination, all);
  const deliveries = groupDeliveries(context.history, destination, messages);
  for (const message of messages) {
    for (const problem of message.problems) report('over_limit', problem);
  }
  const bySlot = new Map<Instant, SeenDelivery[]>();
  const attributions = attributeDigests(context, destination, deliveries);
  for (const delivery of deliveries) {
    const attribution = attributions.get(delivery.id);
    const before = messages.filter(({ at }) => at < delivery.firstAt);
    const isForum = destination.kind === 'forum';
    checkOrder(context, delivery, isForum, report);
    if (isForum) {
      checkForm(delivery, settingsFor(context, destination, { delivery, attribution }), report);
    }
    const instant = delivery.isSample ? [] : listInstantReigns(context, destination, delivery.firstAt);
    if (instant.length > 0) {
      const settings = listInstantSettings(destination, instant, delivery.firstAt);
      checkWanted(context, { delivery, settings }, report);
      checkMention(context, destination, { delivery, settings, before }, report);
      // Where it may be of a slot too, either is allowed.
      if (settings.every(({ instantSince }) => instantSince !== undefined))
        checkInstant(context, { delivery, settings }, report);
      continue;
    }
    const settings = settingsFor(context, destination, { delivery, attribution });
    checkWanted(context, { delivery, settings }, report);
    checkMention(context, destination, { delivery, settings, before }, report);
    if (delivery.isSample) continue;
    if (attribution === undefined) {
      report('early', `delivery ${delivery.id} belongs to no slot`);
      continue;
    }
    checkTime(context, destination, { delivery, attribution }, report);
    const others = bySlot.get(attribution.slot) ?? [];
    if (others.length > 0 && !wasCancelled(destination, others, delivery)) {
      report('early', `delivery ${delivery.id} is a second one of its slot`);
    }
    bySlot.set(attribution.slot, [...others, delivery]);
  }
  return violations;
}

/** A slot under settings that no longer hold is delivered only where trouble held up what had been planned. */
function checkTime(
  context: AuditContext,
  destination: DestinationHistory,
  { delivery, attribution }: { delivery: SeenDelivery; attribution: Attribution },
  report: Report,
): void {
  const { timeline } = context.history;
  const { slot, reign } = attribution;
  if (isExpired(context, destination, { slot, firstAt: delivery.firstAt }))
    report('late', `delivery ${delivery.id} of a slot that was a day old`);
  const isReplaced = reign.possibleTo + GRACE_MS < delivery.firstAt;
  if (isReplaced && context.deadlines.of(slot, destination) < delivery.firstAt) {
    report('early', `delivery ${delivery.id} before the slot that a change had named`);
  }
  const waited = timeline.virtualAt(delivery.firstAt) - slot;
  if (waited < PATIENCE_MS && context.deadlines.collectedFor(slot) > delivery.firstAt) {
    report('stale', `delivery ${delivery.id} without a collection for its slot`);
  }
}

function wasCancelled(
  { changes }: DestinationHistory,
  earlier: readonly SeenDelivery[],
  { firstAt }: SeenDelivery,
): boolean {
  const since = Math.min(...earlier.map((delivery) => delivery.firstAt));
  return changes.some(({ cancels, sentAt, ackedAt }) => cancels && ackedAt >= since && sentAt <= firstAt);
}

interface Attributed {
  readonly delivery: SeenDelivery;
  readonly attribution: Attribution | undefined;
}

/** The settings that may have held when a delivery was planned. */
function settingsFor(
  { history }: AuditContext,
  destination: DestinationHistory,
  { delivery, attribution }: Attributed,
): readonly Settings[] {
  const from = attribution === undefined ? 0 : history.timeline.realAt(attribution.since);
  return reignsWithin(listReigns(destination), from, delivery.firstAt)
    .map(({ settings }) => settings)
    .filter((settings) => settings !== undefined);
}

function checkWanted(
  context: AuditContext,
  { delivery, settings }: { readonly delivery: SeenDelivery; readonly settings: readonly Settings[] },
  report: Report,
): void {
  const follows = settings.flatMap((one) => one.follows);
  for (const { at, papers } of delivery.messages) {
    for (const { id, upvotes } of papers) {
      const paper = context.papers.get(id);
      const known = paper && possibleKnowledge(paper, at);
      const isWanted =
        paper !== undefined &&
        known !== undefined &&
        follows.some(
          ({ query, minUpvotes, since }) =>
            known.upvotes >= minUpvotes &&
            (delivery.isSample || known.listDay >= listDayAt(since.earliest)) &&
            context.matches(query, paper, known.upvotes),
        );
      if (!isWanted) report('unwanted', `${id} in ${delivery.id}`);
      if (upvotes !== undefined && !paper?.sightings.some((sighting) => sighting.upvotes === upvotes)) {
        report('unwanted', `${id} with ${upvotes} upvotes, which it never had`);
      }
    }
  }
}
