import { MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import type { Delivery, Step } from '../../src/delivery/delivery.ts';
import { LOOKS_WHEN_GONE } from '../../src/delivery/destination-after.ts';
import type { Destination, Trouble } from '../../src/subscriptions/destination.ts';
import { NONCE_MEMORY_TICKS } from './discord.ts';
import {
  OLDEST,
  type OpenDelivery,
  PERIOD,
  type Process,
  type Scenario,
  SLOT,
  type Witness,
  type World,
} from './world.ts';

/** The slots of the destination are a minute apart by the calendar, see `newDestination`. */
export const NEXT_SLOT = SLOT + MINUTE_MS;

const LONG_AGO_MS = 30 * 24 * 60 * MINUTE_MS;

function older(age: number): number {
  return Math.min(OLDEST, age + 1);
}

/** One tick later: all that happened lies further back. */
export function passTick(world: World, { setting }: Scenario): void {
  world.phase += 1;
  const isNewSlot = world.phase === PERIOD;
  world.deliveries = world.deliveries.map((one) => olderDelivery(one, isNewSlot));
  world.processes = world.processes.map(olderProcess);
  world.requests = world.requests.map((one) => ({
    ...one,
    age: older(one.age),
    slotAge: older(one.slotAge),
  }));
  world.messages = world.messages
    .map((one) => ({ ...one, age: older(one.age) }))
    .filter(
      ({ age, deliveryId }) =>
        age <= NONCE_MEMORY_TICKS + 1 || world.deliveries.some(({ delivery }) => delivery.id === deliveryId),
    );
  if (!isNewSlot) return;
  world.phase = 0;
  world.destination &&= destinationBefore(world.destination, PERIOD * (setting.tickMs ?? 1));
  world.witness = witnessOfNextSlot(world.witness, setting.isCalm === true);
}

function olderDelivery(one: OpenDelivery, isNewSlot: boolean): OpenDelivery {
  const { delivery } = one;
  const slot = isNewSlot ? SLOT - MINUTE_MS : delivery.slot;
  const steps = delivery.steps.some(({ firstAttemptAt }) => firstAttemptAt !== undefined)
    ? delivery.steps.map(olderStep)
    : delivery.steps;
  const isSame = slot === delivery.slot && steps === delivery.steps;
  const changed: Delivery = isSame ? delivery : { ...delivery, slot, steps };
  return { ...one, delivery: changed, age: older(one.age) };
}

function olderStep(step: Step): Step {
  if (step.firstAttemptAt === undefined) return step;
  return { ...step, firstAttemptAt: -older(-step.firstAttemptAt) };
}

/** Who waited for the next look goes on. */
function olderProcess(one: Process): Process {
  const { look: _look, ...rest } = one;
  return one.at === 'resting'
    ? { ...rest, at: 'idle', left: older(one.left) }
    : { ...one, left: older(one.left) };
}

function destinationBefore(destination: Destination, periodMs: number): Destination {
  const { mentionedOn: _yesterday, trouble, coveredSlot, ...rest } = destination;
  return {
    ...rest,
    nextSlot: SLOT,
    ...(coveredSlot === undefined ? {} : { coveredSlot: SLOT - MINUTE_MS }),
    ...(trouble === undefined ? {} : { trouble: troubleBefore(trouble, periodMs) }),
  };
}

/** A place that was gone so long was looked for each day. */
function troubleBefore(trouble: Trouble, periodMs: number): Trouble {
  const since = Math.max(trouble.since - periodMs, SLOT - LONG_AGO_MS);
  if (trouble.kind !== 'gone') return { ...trouble, since };
  return { ...trouble, since, looks: since === SLOT - LONG_AGO_MS ? LOOKS_WHEN_GONE : 1 };
}

function witnessOfNextSlot(witness: Witness, isCalm: boolean): Witness {
  // Only calm worlds tell the slots apart: elsewhere that would double the states for nothing.
  return { ...witness, isFirstSlot: !isCalm, mentions: [0, witness.mentions[0]] };
}
