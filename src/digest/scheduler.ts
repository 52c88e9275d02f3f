import { type Moment, hasPassed, momentOf } from '../calendar/clock.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import { deliver, type DeliveryRun, type DeliverTools, startRun } from '../delivery/deliver.ts';
import type { Delivery } from '../delivery/delivery.ts';
import type { DeliveryLedger } from '../delivery/delivery-ledger.ts';
import type { DeliveryTransport } from '../delivery/delivery-transport.ts';
import { ASKED_EVERY_MS } from '../delivery/destination-after.ts';
import { StorageError } from '../errors.ts';
import { kindOfDestination } from '../subscriptions/destination.ts';
import { createId, type Subscription } from '../subscriptions/subscription.ts';
import { createNoticeQueue, type NoticeTools } from './notices/notice-queue.ts';
import { createRoundupQueue, type RoundupTools } from './roundups/roundup-queue.ts';
import { describeSample, planSample, type SampleResult } from './plan.ts';
import { openPlace, planDue, type PlanDueTools } from './plan-due.ts';
import { correctSlots, createSilenceWatch, probePlace } from './upkeep.ts';

export interface Scheduler {
  /** Starts every destination that is due, and every open delivery that nothing is sending. Never rejects. */
  runDue(): Promise<void>;
  /** Resolves when all that runs has ended, which a retry can delay by hours: for tests. */
  ended(): Promise<void>;
  /** "Send one now". Raises `StorageError`. */
  sendSample(subscription: Subscription): Promise<SampleResult>;
  /** Sends what is open of one destination, as far as it can be sent without waiting. Never rejects. */
  sendOpen(destinationId: string): Promise<void>;
  /** After a delivery was given up: resolves once no request of it is under way any more. */
  settled(destinationId: string): Promise<void>;
  /** Finishes the requests under way and begins nothing new; the rest stays open for the next start. */
  drain(): Promise<void>;
}

/** Runs a task when one of the places of a lane is free. */
export type Lane = <T>(task: () => Promise<T>) => Promise<T>;

export interface SchedulerTools extends DeliverTools, PlanDueTools, NoticeTools, RoundupTools {
  readonly archive: PlanDueTools['archive'] & NoticeTools['archive'];
  readonly destinations: PlanDueTools['destinations'];
  readonly ledger: DeliveryLedger;
  readonly transport: DeliveryTransport;
  readonly lanes: Readonly<Record<'channel' | 'dm', Lane>>;
}

/** The one task that a destination has at a time. */
interface ActiveTask {
  run?: DeliveryRun | undefined;
  /** Ends a wait early. */
  wake: AbortController;
  /** While it waits. */
  nextTryAt?: Instant | undefined;
  /** Never rejects. */
  readonly ended: Promise<void>;
}

interface Sending {
  /** The run to go on with; undefined where there is nothing to send. */
  readonly find: () => Promise<DeliveryRun | undefined>;
  /** Called at each wait. */
  readonly onWait?: (nextTryAt: Instant) => Promise<void>;
}

const SLOTS_CORRECTED_EVERY_MS = HOUR_MS;

export function createScheduler(tools: SchedulerTools): Scheduler {
  const { clock, ledger, destinations, lanes, log } = tools;
  const active = new Map<string, ActiveTask>();
  const watchSilence = createSilenceWatch(tools);
  const notices = createNoticeQueue(tools);
  const roundups = createRoundupQueue(tools);
  const stopping = new AbortController();
  let slotsCorrectedAt: Moment | undefined;

  /** Starts a task for a destination that has none. An error costs this try; the next minute tries again. */
  function start(destinationId: string, task: (own: ActiveTask) => Promise<void>): void {
    if (stopping.signal.aborted || active.has(destinationId)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const own: ActiveTask = { wake: new AbortController(), ended: promise };
    active.set(destinationId, own);
    void guard({ destination: destinationId }, () => task(own)).finally(() => {
      active.delete(destinationId);
      resolve();
    });
  }

  async function guard(fields: object, task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (error) {
      const isStorage = error instanceof StorageError;
      log.error({ ...fields, err: error }, isStorage ? 'storage failed, trying again' : 'unexpected error');
    }
  }

  /** Plans what is due where nothing is open, and sends what is open. */
  async function serve(own: ActiveTask, destinationId: string, lane: Lane): Promise<void> {
    await sendAll(own, lane, { find: () => findRun(destinationId) });
  }

  async function findRun(destinationId: string): Promise<DeliveryRun | undefined> {
    const open = await ledger.openOf(destinationId);
    if (open !== undefined) return startRun(open.id, tools);
    const planned =
      (await planDue(destinationId, stopping.signal, tools)) ??
      (await notices.plan(destinationId)) ??
      (await roundups.plan(destinationId, stopping.signal));
    return planned && startRun(planned.id, tools, planned.attempted);
  }

  /** While it waits it holds no place in its lane. */
  async function sendAll(own: ActiveTask, lane: Lane, { find, onWait }: Sending): Promise<void> {
    for (;;) {
      const end = await lane(async () => {
        if (stopping.signal.aborted) return undefined;
        own.run ??= await find();
        if (own.run === undefined) return undefined;
        own.run.isStopping = stopping.signal.aborted;
        return await deliver(own.run, tools);
      });
      if (end?.kind !== 'wait') return;
      own.nextTryAt = clock.now() + end.ms;
      await onWait?.(own.nextTryAt);
      if (stopping.signal.aborted) return;
      await clock.sleep(end.ms, own.wake.signal);
      own.wake = new AbortController();
      own.nextTryAt = undefined;
    }
  }

  async function runSample(
    own: ActiveTask,
    subscription: Subscription,
    reply: (result: SampleResult) => void,
  ): Promise<void> {
    const destination = await destinations.get(subscription.destinationId);
    const place =
      destination && (await openPlace(destination, { slot: undefined, signal: stopping.signal }, tools));
    if (destination === undefined || place === undefined) return reply({ kind: 'failed' });
    const order = {
      id: createId(tools.random, 16),
      destination: { ...destination, place },
      now: clock.now(),
    };
    const delivery = await planSample(order, subscription, tools);
    if (delivery === undefined) return reply({ kind: 'nothing' });
    if (!(await ledger.plan(delivery, (present) => present !== undefined))) return reply({ kind: 'busy' });
    const run = startRun(delivery.id, tools);
    const onWait = async (nextLook: Instant) => {
      const view = await ledger.get(delivery.id);
      if (isUncertain(view?.delivery)) reply({ kind: 'held', nextLook });
    };
    await sendAll(own, (task) => task(), { find: async () => run, onWait });
    reply(describeSample((await ledger.get(delivery.id))?.delivery, run.refusal));
  }

  /** Once an hour, and at once when the clock was set back. */
  function isCorrectionDue(): boolean {
    if (slotsCorrectedAt === undefined || clock.now() < slotsCorrectedAt.wall) return true;
    return hasPassed(SLOTS_CORRECTED_EVERY_MS, slotsCorrectedAt, clock);
  }

  async function startDue(): Promise<void> {
    const now = clock.now();
    if (isCorrectionDue()) {
      await correctSlots(tools);
      slotsCorrectedAt = momentOf(clock);
    }
    for (const { destinationId, kind } of await ledger.open()) {
      start(destinationId, (own) => serve(own, destinationId, lanes[kind]));
    }
    // Before those that are due: a place that is gone can be one of them, and has one task at a time.
    for (const { id, kind } of await destinations.gone(now - ASKED_EVERY_MS.gone, now)) {
      start(id, () => lanes[kind](() => probePlace(id, tools)));
    }
    const due = [...(await destinations.due(now)), ...(await roundups.due())];
    for (const { id, kind } of due) {
      start(id, (own) => serve(own, id, lanes[kind]));
    }
    for (const id of await notices.due()) {
      start(id, (own) => serve(own, id, lanes[kindOfDestination(id)]));
    }
  }

  async function ended(): Promise<void> {
    await Promise.all([...active.values()].map((task) => task.ended));
  }

  return {
    async runDue() {
      if (stopping.signal.aborted) return;
      await guard({}, async () => watchSilence());
      await guard({}, startDue);
    },
    ended,

    async sendSample(subscription) {
      const at = await ledger.lastSample(subscription.id);
      if (at !== undefined) return { kind: 'already', at };
      const { destinationId } = subscription;
      const open = await ledger.openOf(destinationId);
      const task = active.get(destinationId);
      if (isUncertain(open)) return { kind: 'held', nextLook: task?.nextTryAt ?? nextMinute(clock.now()) };
      if (open !== undefined || task !== undefined || stopping.signal.aborted) return { kind: 'busy' };
      return await new Promise((resolve, reject) => {
        start(destinationId, async (own) => {
          try {
            await runSample(own, subscription, resolve);
          } catch (error) {
            reject(error);
            throw error;
          }
        });
      });
    },

    async sendOpen(destinationId) {
      if (active.has(destinationId)) return;
      const { promise: waits, resolve } = Promise.withResolvers<void>();
      start(destinationId, (own) =>
        sendAll(own, lanes.channel, {
          find: () => findRun(destinationId),
          onWait: async () => resolve(),
        }),
      );
      await Promise.race([waits, active.get(destinationId)?.ended]);
    },

    async settled(destinationId) {
      const task = active.get(destinationId);
      // The step after the one under way may have been attempted before it was given up.
      for (let request = task?.run?.request; request !== undefined;) {
        await request;
        request = task?.run?.request === request ? undefined : task?.run?.request;
      }
      task?.wake.abort();
      if (task === undefined && (await ledger.openOf(destinationId)) !== undefined) {
        start(destinationId, (own) => serve(own, destinationId, (run) => run()));
      }
    },

    async drain() {
      stopping.abort();
      for (const { run, wake } of active.values()) {
        if (run !== undefined) run.isStopping = true;
        wake.abort();
      }
      await ended();
    },
  };
}

function isUncertain(delivery: Delivery | undefined): boolean {
  return delivery?.state === 'open' && delivery.steps.some(({ status }) => status === 'uncertain');
}

function nextMinute(now: Instant): Instant {
  return (Math.floor(now / MINUTE_MS) + 1) * MINUTE_MS;
}
