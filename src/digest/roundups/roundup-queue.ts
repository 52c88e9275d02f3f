import type { Clock, Random } from '../../calendar/clock.ts';
import { type Instant, MINUTE_MS } from '../../calendar/zoned-time.ts';
import { type Delivery, planStep } from '../../delivery/delivery.ts';
import type { DeliveryLedger } from '../../delivery/delivery-ledger.ts';
import { ASKED_EVERY_MS } from '../../delivery/destination-after.ts';
import { LIFETIME_MS } from '../../delivery/transitions.ts';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import type {
  Destination,
  DestinationStore,
  DueDestination,
  OpenPlace,
} from '../../subscriptions/destination.ts';
import {
  afterRoundupSlot,
  changeRoundup,
  latestRoundup,
  type RoundupSlot,
} from '../../subscriptions/schedule.ts';
import { createId } from '../../subscriptions/subscription.ts';
import { isGivenUpOn, readinessOf } from '../due.ts';
import { openPlace, type Planned, type PlanDueTools, writePlan } from '../plan-due.ts';
import { type GatherRoundup, type LayOutRoundup, roundupKey } from './gather-roundup.ts';

/** The destinations whose roundup has come. */
export interface RoundupQueue {
  /** Raises `StorageError`. */
  due(): Promise<readonly DueDestination[]>;
  /** Plans the roundup of one of them. Raises `StorageError`. */
  plan(destinationId: string, signal: AbortSignal): Promise<Planned | undefined>;
}

export interface RoundupTools {
  readonly gatherRoundup: GatherRoundup;
  readonly clock: Clock;
  readonly random: Random;
  readonly archive: Pick<PaperArchive, 'lastCollection'>;
  readonly destinations: DestinationStore;
  readonly ledger: Pick<DeliveryLedger, 'recordsOf' | 'plan'>;
  readonly transport: PlanDueTools['transport'];
  readonly layOutRoundup: LayOutRoundup;
  readonly onFatal: PlanDueTools['onFatal'];
}

type WithRoundup = Destination & { readonly roundup: NonNullable<Destination['roundup']> };

/** A roundup is a delivery of its own. Its slot stays due for a day while the place lets nobody in. */
export function createRoundupQueue(tools: RoundupTools): RoundupQueue {
  const { clock, destinations } = tools;
  let waiting: ReadonlySet<string> = new Set();

  /** Unless somebody has changed it meanwhile. */
  async function change(
    { id, roundup: { nextAt } }: WithRoundup,
    apply: (present: Destination) => Destination,
  ): Promise<void> {
    await destinations.change(id, (present) => ({
      destination: present?.roundup?.nextAt === nextAt ? apply(present) : present,
    }));
  }

  return {
    async due() {
      const due = await destinations.roundupsDue(clock.now());
      waiting = new Set(due.map(({ id }) => id));
      return due;
    },

    async plan(destinationId, signal) {
      if (!waiting.has(destinationId)) return undefined;
      const destination = await destinations.get(destinationId);
      const now = clock.now();
      if (destination === undefined || !hasRoundup(destination)) return undefined;
      const { roundup, schedule } = destination;
      const due = latestRoundup(roundup, schedule.zone, now);
      // A wrong clock wrote an instant that no roundup has, or the day is over.
      if (due.slot < roundup.nextAt || now - due.slot >= LIFETIME_MS.roundup) {
        await change(destination, (one) => changeRoundup(one, roundup, now));
        return undefined;
      }
      if (!mayBeTried(destination, now)) return undefined;
      const lastCollection = tools.archive.lastCollection(now);
      const readiness = readinessOf({ slot: due.slot, lastCollection, now });
      if (readiness === 'waiting') return undefined;
      const planned = await planSlot(destination, due, { signal, tools });
      if (planned === 'decided' || (planned === 'nothing' && readiness === 'ready')) {
        await change(destination, (one) => afterRoundupSlot(one, due.slot));
      }
      return typeof planned === 'string' ? undefined : planned;
    },
  };
}

function hasRoundup(destination: Destination): destination is WithRoundup {
  return destination.roundup !== undefined;
}

/** Closed direct messages are tried once a day, a blocked channel once an hour. */
function mayBeTried(destination: Destination, now: Instant): boolean {
  const { pausedAt, trouble } = destination;
  if (pausedAt !== undefined || isGivenUpOn(destination, now)) return false;
  if (trouble === undefined) return true;
  const since = now - trouble.triedAt;
  return since < 0 || since >= ASKED_EVERY_MS[trouble.kind] - MINUTE_MS;
}

/** `decided`: it has come. `later`: the place cannot be opened at present. */
async function planSlot(
  destination: WithRoundup,
  due: RoundupSlot,
  { signal, tools }: { readonly signal: AbortSignal; readonly tools: RoundupTools },
): Promise<Planned | 'decided' | 'nothing' | 'later'> {
  const { roundup } = destination;
  const unit = roundup.on === 'first' ? 'month' : 'week';
  const key = roundupKey(unit, due);
  if ((await tools.ledger.recordsOf(destination.id, [key])).has(key)) return 'decided';
  const found = await tools.gatherRoundup(destination, { ...due, unit });
  if (found === undefined) return 'nothing';
  const place = await openPlace(destination, { slot: undefined, signal }, tools);
  if (place === undefined) return 'later';
  const deliveryId = createId(tools.random, 16);
  const step = tools.layOutRoundup(found, { deliveryId, destination, key });
  const delivery = buildDelivery(destination, {
    id: deliveryId,
    place,
    slot: due.slot,
    plannedAt: tools.clock.now(),
    steps: [planStep(step, 0)],
  });
  const planned = await writePlan(delivery, destination, {
    tools,
    decide: (present) => present?.pausedAt === undefined && present?.roundup?.nextAt === roundup.nextAt,
  });
  return planned ?? 'later';
}

function buildDelivery(
  { id: destinationId }: Destination,
  own: Pick<Delivery, 'id' | 'slot' | 'plannedAt' | 'steps'> & { readonly place: OpenPlace },
): Delivery {
  return { ...own, destinationId, kind: 'roundup', state: 'open', mention: 'none', hidden: [] };
}
