import type { Clock, Random } from '../calendar/clock.ts';
import type { Instant } from '../calendar/zoned-time.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { type AttemptedStep, attemptNext } from '../delivery/record-event.ts';
import type { DeliveryLedger } from '../delivery/delivery-ledger.ts';
import type { DeliveryTransport } from '../delivery/delivery-transport.ts';
import { afterEmptySlot, afterSlot, afterTrouble } from '../delivery/destination-after.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import { createId } from '../subscriptions/subscription.ts';
import type { Destination, DestinationStore, OpenPlace } from '../subscriptions/destination.ts';
import { firstSlot } from '../subscriptions/schedule.ts';
import { findDueSlot, readinessOf } from './due.ts';
import { planDigest, type PlanTools } from './plan.ts';

export interface PlanDueTools extends PlanTools {
  readonly clock: Clock;
  readonly random: Random;
  readonly destinations: DestinationStore;
  readonly ledger: Pick<DeliveryLedger, 'recordsOf' | 'latestOf' | 'plan'>;
  readonly transport: Pick<DeliveryTransport, 'openDm' | 'time'>;
  readonly archive: Pick<PaperArchive, 'lastCollection'>;
  readonly onFatal: (message: string) => void;
}

const ID_LENGTH = 16;

export interface Planned {
  readonly id: string;
  /** The step whose attempt was written with the plan. */
  readonly attempted: AttemptedStep | undefined;
}

/**
 * Decides the due slot of a destination. Gives the delivery that was planned, if any: it is written with the attempt of
 * its first step, which is to be sent at once. Raises `StorageError`.
 */
export async function planDue(
  destinationId: string,
  signal: AbortSignal,
  tools: PlanDueTools,
): Promise<Planned | undefined> {
  const { clock, destinations, archive } = tools;
  const destination = await destinations.get(destinationId);
  if (destination === undefined) return undefined;
  const now = clock.now();
  const lastCollection = archive.lastCollection(now);
  const due = findDueSlot(destination, { now, lastCollection });
  if (due.kind === 'missed') {
    await change(destination, tools, (one) => ({ ...one, nextSlot: firstSlot(one.schedule, now) }));
  }
  if (due.kind !== 'due') return undefined;
  const { slot } = due;
  const readiness = readinessOf({ slot, lastCollection, now });
  if (readiness === 'waiting') return undefined;
  const place = await openPlace(destination, { slot, signal }, tools);
  if (place === undefined) return undefined;

  const order = { id: createId(tools.random, ID_LENGTH), destination: { ...destination, place }, now };
  const delivery = await planDigest(order, slot, tools);
  if (delivery === undefined) {
    if (readiness === 'ready') await change(destination, tools, (one) => afterEmptySlot(one, slot));
    return undefined;
  }
  const decide = (present: Destination | undefined) => isSame(present, destination);
  return writePlan(delivery, destination, { tools, decide });
}

/** Writes a plan with the attempt of its first step; undefined where it is not written, see `DeliveryLedger.plan`. */
export async function writePlan(
  delivery: Delivery,
  destination: Destination | undefined,
  {
    tools,
    decide,
  }: {
    readonly tools: {
      readonly ledger: Pick<DeliveryLedger, 'plan'>;
      readonly transport: Pick<DeliveryTransport, 'time'>;
    };
    readonly decide: Parameters<DeliveryLedger['plan']>[1];
  },
): Promise<Planned | undefined> {
  const time = await tools.transport.time();
  const situation = { now: delivery.plannedAt, isRemoved: false, sinceFirstAttemptMs: Infinity };
  const first = time && attemptNext(delivery, situation, time.earliest);
  if (!(await tools.ledger.plan(first?.delivery ?? delivery, decide))) return undefined;
  const attempted = first && { view: { delivery: first.delivery, destination }, n: first.n };
  return { id: delivery.id, attempted };
}

/** Direct messages are opened once, and what they are opened as is kept: Discord shuts out bots that open many. */
export async function openPlace(
  destination: Destination,
  { slot, signal }: { readonly slot: Instant | undefined; readonly signal: AbortSignal },
  tools: Pick<PlanDueTools, 'destinations' | 'transport' | 'onFatal' | 'clock'>,
): Promise<OpenPlace | undefined> {
  const { place } = destination;
  if (place.kind === 'channel') return place;
  if (place.channelId !== undefined) return { ...place, channelId: place.channelId };
  const answer = await tools.transport.openDm(place.userId, signal);
  switch (answer.kind) {
    case 'opened': {
      const opened = { ...place, channelId: answer.channelId };
      await change(destination, tools, (one) => ({ ...one, place: opened }));
      return opened;
    }
    case 'fatal':
      tools.onFatal(answer.message);
      return undefined;
    case 'failed':
      return undefined;
    case 'blocked':
    case 'gone':
    case 'dms-closed': {
      const at = tools.clock.now();
      await change(destination, tools, (one) =>
        afterTrouble(slot === undefined ? one : afterSlot(one, slot), answer, at),
      );
      return undefined;
    }
  }
}

/** Changes a destination, unless somebody has changed when it is due meanwhile; `removed` takes it away. */
async function change(
  { id, nextSlot }: Destination,
  { destinations }: Pick<PlanDueTools, 'destinations'>,
  apply: (present: Destination) => Destination | 'removed',
): Promise<void> {
  await destinations.change(id, (present) => {
    if (present === undefined || present.nextSlot !== nextSlot) return { destination: present };
    const changed = apply(present);
    return changed === 'removed' ? { destination: undefined, giveUp: 'gone' } : { destination: changed };
  });
}

/** Whether what was chosen is still what is asked for. */
function isSame(present: Destination | undefined, chosenFor: Destination): boolean {
  if (present === undefined || present.pausedAt !== undefined) return false;
  const followed = ({ subscriptions }: Destination) =>
    subscriptions.map(({ id, minUpvotes }) => `${id} ${minUpvotes}`).join();
  return present.nextSlot === chosenFor.nextSlot && followed(present) === followed(chosenFor);
}
