import { StorageError } from '../errors.ts';
import type { Instant } from '../calendar/zoned-time.ts';
import type { Destination } from '../subscriptions/destination.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { decideSlot, hasSentStep } from './decide-slot.ts';
import type { Delivery, SendOutcome } from './delivery.ts';
import { findDueSlot, isProbeDue, isResting } from './due.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { findNextLook } from './hold-delivery.ts';
import { findSamples, planSample } from './plan-sample.ts';
import { probePlace } from './probe-place.ts';
import { readinessOf } from './readiness.ts';
import { type DeliveryRun, runDelivery, type RunControl } from './run-delivery.ts';
import { createSilenceWatch } from './source-silence.ts';

export type SampleResult =
  | { readonly kind: 'sent'; readonly papers: number }
  | { readonly kind: 'already'; readonly at: Instant }
  | { readonly kind: 'nothing' }
  /** Nothing is sent there before the medium tells what became of an attempt, for which it is asked at `nextLook`. */
  | { readonly kind: 'held'; readonly nextLook: Instant }
  | { readonly kind: 'failed'; readonly outcome: Exclude<SendOutcome, { kind: 'sent' }> };

export interface DailyFlow {
  /**
   * Starts every destination that is due, and every open delivery that nothing is sending, each on its own and none
   * twice. Resolves when all that it started has ended, which a back-off can delay by hours: await it in tests only.
   * Never rejects.
   */
  runDue(): Promise<void>;
  /** Goes on with the open deliveries that an earlier process left; resolves and never rejects as `runDue`. */
  resume(): Promise<void>;
  /** "Send one now". Raises `StorageError`. */
  sendSample(subscription: Subscription): Promise<SampleResult>;
  /**
   * Closes the open delivery of a destination, or, while nobody can tell what became of its last attempt, sends no more
   * of it; resolves once a step in flight is recorded. Raises `StorageError`.
   */
  cancel(destinationId: string, reason: string): Promise<void>;
  /** Finishes the steps in flight and begins nothing new; the rest stays open for the next start. */
  drain(): Promise<void>;
}

interface DueSlot {
  readonly destination: Destination;
  readonly slot: Instant;
  readonly lastCollection: Instant | undefined;
}

interface Flight {
  readonly control: RunControl;
  readonly ended: Promise<unknown>;
}

const LOOKED_AT_ONCE = 50;

export function createDailyFlow(deps: FlowDependencies): DailyFlow {
  const flights = new Map<string, Flight>();
  /** Collections that brought nothing for a destination with `instantly`: they are not looked at each minute. */
  const idleSlots = new Map<string, Instant>();
  const watchSilence = createSilenceWatch(deps);
  let isDraining = false;

  /** Runs the one task that a destination may have at a time. */
  async function fly<T>(destinationId: string, task: (control: RunControl) => Promise<T>): Promise<T> {
    const control: RunControl = { wake: new AbortController() };
    const ended = task(control).finally(() => flights.delete(destinationId));
    flights.set(destinationId, { control, ended: ended.catch(() => undefined) });
    return ended;
  }

  async function flyLogged(
    destinationId: string,
    task: (control: RunControl) => Promise<unknown>,
  ): Promise<void> {
    await guard(deps, { destination: destinationId }, () => fly(destinationId, task));
  }

  async function runSlot({ destination, slot, lastCollection }: DueSlot, control: RunControl): Promise<void> {
    const { clock, deliveries } = deps;
    const readiness = readinessOf({ slot, lastCollection, now: clock.now() });
    if (readiness === 'waiting') return;
    const plan = async () => {
      if (control.halt !== undefined) return undefined;
      const latest = deps.destinations.get(destination.id);
      if (latest === undefined || deliveries.openOf(latest.id).length > 0) return undefined;
      const now = clock.now();
      const due = findDueSlot({ destination: latest, hasOpenDelivery: false, now, lastCollection });
      if (due !== slot) return undefined;
      const decided = await decideSlot(deps, { destination: latest, slot, readiness });
      const isIdle = decided === undefined && readiness === 'ready' && latest.schedule.at === 'instantly';
      if (isIdle) idleSlots.set(latest.id, slot);
      return decided;
    };
    const sending = await deps.limit(destination.id, async () => {
      const delivery = await plan();
      return delivery === undefined ? undefined : await beginDelivery(delivery, control);
    });
    await sending?.ended;
  }

  /** Resolves with the first turn to send: plans are made little ahead of sending, or thousands fill the memory. */
  async function beginDelivery(
    delivery: Delivery,
    control: RunControl,
  ): Promise<{ ended: Promise<unknown> }> {
    const begun = new Promise<void>((resolve) => {
      control.onFirstTurn = resolve;
    });
    const ended = runDelivery(deps, delivery, control);
    await Promise.race([begun, ended]);
    return { ended };
  }

  function startOpen(): readonly Promise<void>[] {
    return deps.deliveries
      .open()
      .filter(({ destinationId }) => !isResting(deps.destinations.get(destinationId) ?? {}, deps.clock.now()))
      .map(async (open) => {
        // Looked at one after the other: a destination may have two, and the second waits.
        if (flights.has(open.destinationId)) return;
        await flyLogged(open.destinationId, (control) => runDelivery(deps, open, control));
      });
  }

  /** Looks at a few at a time: deciding what is due for thousands would hold up everything else. */
  async function startDue(): Promise<void> {
    const lastCollection = deps.archive.lastCollection();
    const started: Promise<void>[] = [];
    for (const [index, one] of deps.destinations.list().entries()) {
      if (index % LOOKED_AT_ONCE === LOOKED_AT_ONCE - 1) await deps.clock.sleep(0);
      if (isDraining || flights.has(one.id)) continue;
      started.push(guard(deps, { destination: one.id }, () => startSlot(one, lastCollection)));
    }
    await Promise.all(started);
  }

  async function startSlot(destination: Destination, lastCollection: Instant | undefined): Promise<void> {
    const { id } = destination;
    const now = deps.clock.now();
    if (isProbeDue(destination, now))
      return fly(id, () => deps.limit(id, () => probePlace(deps, destination)));
    const slot = findDueSlot({ destination, hasOpenDelivery: false, now, lastCollection });
    if (slot === undefined || idleSlots.get(id) === slot) return;
    await fly(id, (control) => runSlot({ destination, slot, lastCollection }, control));
  }

  async function flySample(subscription: Subscription, control: RunControl): Promise<SampleResult> {
    const destination = deps.destinations.get(subscription.destinationId);
    if (destination === undefined) return { kind: 'nothing' };
    const delivery = await deps.limit(subscription.destinationId, () =>
      planSample(deps, destination, subscription),
    );
    if (delivery === undefined) return { kind: 'nothing' };
    return describeSample(deps, await runDelivery(deps, delivery, control));
  }

  return {
    async runDue() {
      if (isDraining) return;
      await guard(deps, {}, () => {
        watchSilence();
        return Promise.all([...startOpen(), startDue()]);
      });
    },

    async resume() {
      if (isDraining) return;
      await guard(deps, {}, () => Promise.all(startOpen()));
    },

    async sendSample(subscription) {
      const { earlier } = await findSamples(deps, subscription);
      const sent = earlier.findLast(hasSentStep);
      if (sent !== undefined) return { kind: 'already', at: sent.closedAt ?? sent.plannedAt };
      const { destinationId } = subscription;
      const [open] = deps.deliveries.openOf(destinationId);
      const flight = flights.get(destinationId);
      const nextLook = open && findNextLook(deps, open, flight?.control);
      if (nextLook !== undefined && !isDraining) return { kind: 'held', nextLook };
      if (isDraining || open !== undefined || flight !== undefined)
        return failed('another delivery is under way');
      return fly(destinationId, (control) => flySample(subscription, control));
    },

    async cancel(destinationId, reason) {
      const flight = flights.get(destinationId);
      if (flight !== undefined) {
        flight.control.halt ??= { kind: 'cancel', reason };
        flight.control.wake.abort();
        await flight.ended;
      }
      for (const open of deps.deliveries.openOf(destinationId)) {
        if (flights.has(destinationId)) continue;
        await fly(destinationId, (control) => {
          control.halt = { kind: 'cancel', reason };
          return runDelivery(deps, open, control);
        });
      }
      deps.log.info({ destination: destinationId, reason }, 'open delivery cancelled');
    },

    async drain() {
      isDraining = true;
      for (const { control } of flights.values()) {
        control.halt ??= { kind: 'stop' };
        control.wake.abort();
      }
      await Promise.all([...flights.values()].map(({ ended }) => ended));
    },
  };
}

function describeSample(deps: FlowDependencies, { delivery, setback }: DeliveryRun): SampleResult {
  const sent = delivery.steps.filter(({ outcome }) => outcome?.kind === 'sent');
  if (sent.length > 0) return { kind: 'sent', papers: sent.flatMap(({ paperIds }) => paperIds).length };
  const nextLook = findNextLook(deps, delivery, undefined);
  if (nextLook !== undefined) return { kind: 'held', nextLook };
  return setback === undefined ? failed(`delivery ${delivery.state}`) : { kind: 'failed', outcome: setback };
}

function failed(message: string): SampleResult {
  return { kind: 'failed', outcome: { kind: 'failed', message, unknownFate: false } };
}

/** Nothing that fails here may end the process or hold up another destination; the next minute tries again. */
async function guard(deps: FlowDependencies, fields: object, task: () => Promise<unknown>): Promise<void> {
  try {
    await task();
  } catch (error) {
    const message = error instanceof StorageError ? 'storage failed, slot stays due' : 'unexpected error';
    deps.log.error({ ...fields, err: error }, message);
  }
}
