import type { Instant } from '../calendar/zoned-time.ts';
import type { Subscription } from '../subscriptions/subscription.ts';
import { hasSentStep } from './decide-slot.ts';
import type { SendOutcome } from './delivery.ts';
import { isResting } from './due.ts';
import { createDueStarter } from './due-starter.ts';
import { createFlights, guard } from './flights.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { findNextLook } from './hold-delivery.ts';
import { findSamples, planSample } from './plan-sample.ts';
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

export function createDailyFlow(deps: FlowDependencies): DailyFlow {
  const flights = createFlights();
  const due = createDueStarter(deps, flights);
  const watchSilence = createSilenceWatch(deps);
  let isDraining = false;

  function startOpen(): readonly Promise<void>[] {
    return deps.deliveries
      .open()
      .filter(({ destinationId }) => !isResting(deps.destinations.get(destinationId) ?? {}, deps.clock.now()))
      .map(async (open) => {
        // Looked at one after the other: a destination may have two, and the second waits.
        const { destinationId } = open;
        if (flights.of(destinationId) !== undefined) return;
        await guard(deps, { destination: destinationId }, () =>
          flights.fly(destinationId, (control) => runDelivery(deps, open, control)),
        );
      });
  }

  async function flySample(subscription: Subscription, control: RunControl): Promise<SampleResult> {
    const destination = deps.destinations.get(subscription.destinationId);
    if (destination === undefined) return { kind: 'nothing' };
    const delivery = await planSample(deps, destination, subscription);
    if (delivery === undefined) return { kind: 'nothing' };
    return describeSample(deps, await runDelivery(deps, delivery, control));
  }

  return {
    async runDue() {
      if (isDraining) return;
      await guard(deps, {}, () => {
        watchSilence();
        return Promise.all([...startOpen(), due.start()]);
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
      const flight = flights.of(destinationId);
      const nextLook = open && findNextLook(deps, open, flight?.control);
      if (nextLook !== undefined && !isDraining) return { kind: 'held', nextLook };
      if (isDraining || open !== undefined || flight !== undefined)
        return failed('another delivery is under way');
      return flights.fly(destinationId, (control) => flySample(subscription, control));
    },

    async cancel(destinationId, reason) {
      const flight = flights.of(destinationId);
      if (flight !== undefined) {
        flight.control.halt ??= { kind: 'cancel', reason };
        flight.control.wake.abort();
        await flight.ended;
      }
      for (const open of deps.deliveries.openOf(destinationId)) {
        if (flights.of(destinationId) !== undefined) continue;
        await flights.fly(destinationId, (control) => {
          control.halt = { kind: 'cancel', reason };
          return runDelivery(deps, open, control);
        });
      }
      deps.log.info({ destination: destinationId, reason }, 'open delivery cancelled');
    },

    async drain() {
      isDraining = true;
      due.stop();
      const running = [...flights.all()];
      for (const { control } of running) {
        control.halt ??= { kind: 'stop' };
        control.wake.abort();
      }
      await Promise.all(running.map(({ ended }) => ended));
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
