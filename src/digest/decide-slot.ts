import { listDayAt } from '../calendar/list-day.ts';
import type { Instant } from '../calendar/zoned-time.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { chooseEntries, windowStart } from './choose.ts';
import type { Delivery } from './delivery.ts';
import type { DigestEntry } from './digest.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { matchSubscriptions } from './match-subscriptions.ts';
import { mayMention } from './mention.ts';
import { settleEmptySlot } from './outcomes.ts';
import { buildDeliveryId, planDelivery } from './plan-delivery.ts';
import type { Readiness } from './readiness.ts';
import { settleDelivery } from './settle-delivery.ts';

/** The delivery of a due slot, to be saved with its first attempt; undefined when there is nothing to send (any more). */
export async function decideSlot(
  deps: FlowDependencies,
  due: { destination: Destination; slot: Instant; readiness: Readiness },
): Promise<Delivery | undefined> {
  const { destination, slot } = due;
  const { id, earlier } = await findPlan(deps, destination, slot);
  const last = earlier.at(-1);
  if (last !== undefined && last.state !== 'cancelled') {
    await settleDelivery(deps, last);
    return undefined;
  }

  const entries = await chooseForSlot(deps, destination, slot);
  if (entries.length === 0) {
    if (due.readiness === 'ready' && isWorthRecording(destination, slot)) {
      await deps.destinations.update(destination.id, (latest) => latest && settleEmptySlot(latest, slot));
    }
    return undefined;
  }
  const mention = mayMention(destination, deps.clock.now()) && !earlier.some(hasMentioned);
  const digest = { id, destination, entries, mention };
  const steps = deps.messenger.render(digest);
  return planDelivery({ kind: 'digest', digest, steps, slot, now: deps.clock.now() });
}

export function hasSentStep(delivery: Delivery): boolean {
  return delivery.steps.some(({ outcome }) => outcome?.kind === 'sent');
}

function hasMentioned(delivery: Delivery): boolean {
  return delivery.steps.some(({ mention, outcome }) => mention === true && outcome?.kind === 'sent');
}

/** A collection without papers is no slot; with `instantly` the window needs to move on once a day only. */
function isWorthRecording({ schedule, coveredSlot }: Destination, slot: Instant): boolean {
  if (schedule.at !== 'instantly' || coveredSlot === undefined) return true;
  return listDayAt(coveredSlot) !== listDayAt(slot);
}

/** The deliveries that were planned for the slot before, oldest first, and the id that is free. */
async function findPlan(
  deps: FlowDependencies,
  destination: Destination,
  slot: Instant,
): Promise<{ id: string; earlier: readonly Delivery[] }> {
  const earlier: Delivery[] = [];
  for (;;) {
    const id = buildDeliveryId(destination.id, slot, earlier.length);
    const delivery = await deps.deliveries.get(id);
    if (delivery === undefined) return { id, earlier };
    earlier.push(delivery);
  }
}

async function chooseForSlot(
  deps: FlowDependencies,
  destination: Destination,
  slot: Instant,
): Promise<readonly DigestEntry[]> {
  const after = windowStart(destination, slot);
  const sent = await deps.deliveries.sentPapers(destination.id);
  const matches = await matchSubscriptions(deps, deps.subscriptions.list(destination.id), after);
  return chooseEntries({ destination, matches, after, sent });
}
