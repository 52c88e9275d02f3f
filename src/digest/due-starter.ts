import type { Instant } from '../calendar/zoned-time.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { decideSlot } from './decide-slot.ts';
import { findDueSlot, isProbeDue } from './due.ts';
import { type Flights, guard } from './flights.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { probePlace } from './probe-place.ts';
import { type Readiness, readinessOf } from './readiness.ts';
import { runDelivery } from './run-delivery.ts';
import { createStartQueue } from './start-queue.ts';

export interface DueStarter {
  /** Starts every destination that is due and has no task; resolves when all that was started has ended. Raises what the archive raises. */
  start(): Promise<void>;
  /** Starts nothing more. */
  stop(): void;
}

interface DueSlot {
  readonly slot: Instant;
  readonly readiness: Readiness;
}

const LOOKED_AT_ONCE = 50;

export function createDueStarter(deps: FlowDependencies, flights: Flights): DueStarter {
  const { channels: channelsAhead, dms: dmsAhead } = deps.plansAhead;
  const [channels, dms] = [createStartQueue(channelsAhead, startOne), createStartQueue(dmsAhead, startOne)];
  /** Collections that brought nothing for a destination with `instantly`: they are not looked at each minute. */
  const idleSlots = new Map<string, Instant>();
  let lastCollection: Instant | undefined;
  let isStopped = false;

  /** The slot that can be decided for a destination now, if any. */
  function findSlot(destination: Destination): DueSlot | undefined {
    const { id } = destination;
    const now = deps.clock.now();
    const slot = findDueSlot({ destination, hasOpenDelivery: false, now, lastCollection });
    if (slot === undefined || idleSlots.get(id) === slot) return undefined;
    if (deps.deliveries.openOf(id).length > 0) return undefined;
    const readiness = readinessOf({ slot, lastCollection, now });
    return readiness === 'waiting' ? undefined : { slot, readiness };
  }

  async function addIfDue(destination: Destination): Promise<void> {
    const { id, place } = destination;
    const queue = place.kind === 'dm' ? dms : channels;
    if (isStopped || flights.of(id) !== undefined || queue.isWaiting(id)) return;
    const isDue = isProbeDue(destination, deps.clock.now()) || findSlot(destination) !== undefined;
    if (isDue) queue.add(id);
  }

  function startOne(id: string, onBegun: () => void): Promise<void> {
    return guard(deps, { destination: id }, () => runOne(id, onBegun));
  }

  /** What has changed since it was found due is looked at again. */
  async function runOne(id: string, onBegun: () => void): Promise<void> {
    const destination = deps.destinations.get(id);
    if (destination === undefined || isStopped || flights.of(id) !== undefined) return;
    if (isProbeDue(destination, deps.clock.now())) {
      await flights.fly(id, () => probePlace(deps, destination));
      return;
    }
    const due = findSlot(destination);
    if (due !== undefined) await runSlot(destination, due, onBegun);
  }

  /** Has begun with its first turn to send: plans are made little ahead of sending, or thousands fill the memory. */
  async function runSlot(destination: Destination, due: DueSlot, onBegun: () => void): Promise<void> {
    await flights.fly(destination.id, async (control) => {
      control.onFirstTurn = onBegun;
      const delivery = await decideSlot(deps, { destination, ...due });
      const isInstant = destination.schedule.at === 'instantly';
      if (delivery === undefined && due.readiness === 'ready' && isInstant) {
        idleSlots.set(destination.id, due.slot);
      }
      if (delivery !== undefined && control.halt === undefined) await runDelivery(deps, delivery, control);
    });
  }

  return {
    /** Looks at a few at a time: deciding what is due for thousands would hold up everything else. */
    async start() {
      lastCollection = deps.archive.lastCollection(deps.clock.now());
      for (const [index, one] of deps.destinations.list().entries()) {
        if (index % LOOKED_AT_ONCE === LOOKED_AT_ONCE - 1) await deps.clock.sleep(0);
        await guard(deps, { destination: one.id }, () => addIfDue(one));
      }
      await Promise.all([channels.settled(), dms.settled()]);
    },
    stop() {
      isStopped = true;
    },
  };
}
