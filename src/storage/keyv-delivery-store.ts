import type { Clock } from '../calendar/clock.ts';
import { DAY_MS } from '../calendar/zoned-time.ts';
import type { DeliveryStore } from '../digest/delivery-store.ts';
import type { Delivery } from '../digest/delivery.ts';
import { freezeDeeply } from './freeze-deeply.ts';
import { gatherCalls } from './gather-calls.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Records } from './keyv-records.ts';
import { createKeyvSentMarks } from './keyv-sent-marks.ts';
import type { SentMarks } from './state/sent-marks.ts';

export interface DeliveryRecords {
  /** Open deliveries as they were first saved. */
  readonly plans: Records<Delivery>;
  /** Deliveries as they stand, without their payloads; none yet where nothing has changed since the plan was saved. */
  readonly courses: Records<Delivery>;
  readonly sentMarks: Records<SentMarks>;
}

export interface KeyvDeliveryStore extends DeliveryStore {
  /** Removes deliveries that closed over 30 days ago, and sent marks over a year old. Raises `StorageError`. */
  tidy(): Promise<void>;
}

const CLOSED_KEPT_MS = 30 * DAY_MS;

/**
 * Deliveries and sent marks in Keyv. Open deliveries are held in memory; the rest is read when it is asked for. Payloads
 * are large, and a delivery is saved at every step: they are written once, with its plan.
 */
export async function createKeyvDeliveryStore(
  { plans, courses, sentMarks }: DeliveryRecords,
  clock: Clock,
): Promise<KeyvDeliveryStore> {
  const open = await loadOpen({ plans, courses });
  const queue = createKeyedQueue();
  /** Ids of plans that nothing needs any more, or that could not be written: gone before the next one is written. */
  const spentPlans = new Set<string>();
  const removePlans = gatherCalls(async () => {
    const ids = [...spentPlans];
    if (ids.length === 0) return;
    await plans.remove(...ids);
    for (const id of ids) spentPlans.delete(id);
  });
  const marks = await createKeyvSentMarks(sentMarks, { queue, now: () => clock.now() });

  async function write(delivery: Delivery): Promise<void> {
    const { id } = delivery;
    const isPlanned = open.get(id)?.plannedAt === delivery.plannedAt;
    await (isPlanned ? courses.set(id, withoutPayloads(delivery)) : plan(delivery));
    open.set(id, delivery);
  }

  async function plan(delivery: Delivery): Promise<void> {
    if (spentPlans.size > 0) await removePlans();
    try {
      await plans.set(delivery.id, delivery);
    } catch (error) {
      // It may have got there all the same, and must not be found at the next start.
      spentPlans.add(delivery.id);
      throw error;
    }
  }

  async function close(delivery: Delivery): Promise<void> {
    const { id } = delivery;
    await courses.set(id, withoutPayloads(delivery));
    if (!open.delete(id)) return;
    spentPlans.add(id);
    // It is closed already, and what stays is removed another time.
    await removePlans().catch(() => undefined);
  }

  return {
    open: () => [...open.values()].toSorted((a, b) => a.plannedAt - b.plannedAt),
    openOf(destinationId) {
      const found: Delivery[] = [];
      for (const delivery of open.values()) {
        if (delivery.destinationId === destinationId) found.push(delivery);
      }
      return found;
    },
    get: async (id) => open.get(id) ?? withoutPlan(await courses.get(id)),
    save(given) {
      // A delivery is frozen itself rather than copied.
      const delivery = freezeDeeply(given);
      return queue(delivery.id, () => (delivery.state === 'open' ? write(delivery) : close(delivery)));
    },
    sentPapers: (destinationId) => marks.of(destinationId),
    markSent: (destinationId, paperIds, at) => marks.add(destinationId, paperIds, at),
    async passedOver(destinationId) {
      return new Set((await marks.of(passedOverBy(destinationId))).keys());
    },
    async markPassedOver(destinationId, paperIds, at) {
      await marks.add(passedOverBy(destinationId), paperIds, at);
      await marks.add(destinationId, paperIds, at);
    },
    async forget(destinationId) {
      await marks.forget(destinationId);
      await marks.forget(passedOverBy(destinationId));
      for await (const [id, delivery] of courses.entries()) {
        if (delivery.destinationId === destinationId && !open.has(id)) await courses.remove(id);
      }
    },
    async tidy() {
      const now = clock.now();
      for await (const [id, { closedAt, plannedAt }] of courses.entries()) {
        const isOld = (closedAt ?? plannedAt) < now - CLOSED_KEPT_MS;
        if (isOld && !open.has(id)) await courses.remove(id);
      }
      await marks.tidy(now);
      await removePlans();
    },
  };
}

/** Under whose key the papers of a destination stand that nobody saw; they are marked as sent as well. */
function passedOverBy(destinationId: string): string {
  return `${destinationId}:passed-over`;
}

/** Open deliveries where they stand. A crash between the two writes of a closing leaves the plan as well. */
async function loadOpen({
  plans,
  courses,
}: Pick<DeliveryRecords, 'plans' | 'courses'>): Promise<Map<string, Delivery>> {
  const open = await plans.load();
  for (const [id, plan] of open) {
    const course = await courses.get(id);
    const latest = course?.plannedAt === plan.plannedAt ? followCourse(plan, course) : plan;
    open.set(id, latest);
    if (latest.state === 'open') continue;
    if (latest === plan) await courses.set(id, withoutPayloads(plan));
    await plans.remove(id);
    open.delete(id);
  }
  return open;
}

/** An open delivery whose plan could not be read cannot go on; its id must not be given to another one. */
function withoutPlan(course: Delivery | undefined): Delivery | undefined {
  return course?.state === 'open' ? { ...course, state: 'cancelled' } : course;
}

function followCourse(plan: Delivery, course: Delivery): Delivery {
  const steps = plan.steps.map((step, index) => {
    const { payload, plainPayload } = step;
    const latest = course.steps[index] ?? step;
    return { ...latest, payload, ...(plainPayload === undefined ? {} : { plainPayload }) };
  });
  return freezeDeeply({ ...course, steps });
}

function withoutPayloads(delivery: Delivery): Delivery {
  const steps = delivery.steps.map(({ plainPayload: _dropped, ...step }) => ({ ...step, payload: null }));
  return { ...delivery, steps };
}
