import type { Instant } from '../calendar/zoned-time.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { decideSlot } from './decide-slot.ts';
import { findDueSlot, isProbeDue } from './due.ts';
import { type Flights, guard } from './flights.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { probePlace } from './probe-place.ts';
import { type Readiness, readinessOf } from './readiness.ts';
import { runDelivery } from './run-delivery.ts';

export interface DueStarter {
  /** Starts every destination that is due and has no task; resolves when all that it started has ended. Never rejects. */
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
  /** Due, and not begun: thousands can be due at once, and a task takes room. */
  const waiting = new Set<string>();
  /** Collections that brought nothing for a destination with `instantly`: they are not looked at each minute. */
  const idleSlots = new Map<string, Instant>();
  let isStopped = false;

  /** The slot that can be decided for a destination now, if any. */
  function findSlot(destination: Destination, lastCollection: Instant | undefined): DueSlot | undefined {
    const { id } = destination;
    const now = deps.clock.now();
    const hasOpenDelivery = deps.deliveries.openOf(id).length > 0;
    const slot = findDueSlot({ destination, hasOpenDelivery, now, lastCollection });
    if (slot === undefined || idleSlots.get(id) === slot) return undefined;
    const readiness = readinessOf({ slot, lastCollection, now });
    return readiness === 'waiting' ? undefined : { slot, readiness };
  }

  async function startInTurn(destination: Destination, lastCollection: Instant | undefined): Promise<void> {
    const { id } = destination;
    const isDue =
      isProbeDue(destination, deps.clock.now()) || findSlot(destination, lastCollection) !== undefined;
    if (!isDue) return;
    waiting.add(id);
    const begun = await deps.limit(id, () => {
      waiting.delete(id);
      return begin(id, lastCollection);
    });
    await begun?.ended;
  }

  /** What has changed since it was found due is looked at again. Resolves when another one can begin. */
  async function begin(
    id: string,
    lastCollection: Instant | undefined,
  ): Promise<{ ended: Promise<void> } | undefined> {
    const destination = deps.destinations.get(id);
    if (destination === undefined || isStopped || flights.of(id) !== undefined) return undefined;
    if (isProbeDue(destination, deps.clock.now())) {
      await flights.fly(id, () => probePlace(deps, destination));
      return undefined;
    }
    const due = findSlot(destination, lastCollection);
    return due && beginSlot(destination, due);
  }

  /** Resolves with the first turn to send: plans are made little ahead of sending, or thousands fill the memory. */
  async function beginSlot(destination: Destination, due: DueSlot): Promise<{ ended: Promise<void> }> {
    const { promise: firstTurn, resolve: onFirstTurn } = Promise.withResolvers<void>();
    const ended = flights.fly(destination.id, async (control) => {
      control.onFirstTurn = onFirstTurn;
      const delivery = await decideSlot(deps, { destination, ...due });
      const isInstant = destination.schedule.at === 'instantly';
      if (delivery === undefined && due.readiness === 'ready' && isInstant) {
        idleSlots.set(destination.id, due.slot);
      }
      if (delivery !== undefined && control.halt === undefined) await runDelivery(deps, delivery, control);
    });
    await Promise.race([firstTurn, ended]);
    return { ended };
  }

  return {
    /** Looks at a few at a time: deciding what is due for thousands would hold up everything else. */
    async start() {
      const lastCollection = deps.archive.lastCollection();
      const started: Promise<void>[] = [];
      for (const [index, one] of deps.destinations.list().entries()) {
        if (index % LOOKED_AT_ONCE === LOOKED_AT_ONCE - 1) await deps.clock.sleep(0);
        if (isStopped || flights.of(one.id) !== undefined || waiting.has(one.id)) continue;
        started.push(guard(deps, { destination: one.id }, () => startInTurn(one, lastCollection)));
      }
      await Promise.all(started);
    },
    stop() {
      isStopped = true;
    },
  };
}
