import type { Clock } from '../calendar/clock.ts';
import { DAY_MS, type Instant } from '../calendar/zoned-time.ts';
import type { DeliveryStore } from '../digest/delivery-store.ts';
import type { Delivery } from '../digest/delivery.ts';
import { copyFrozen } from './freeze-deeply.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Records } from './keyv-records.ts';

export type SentMarks = Readonly<Record<string, Instant>>;

export interface DeliveryRecords {
  readonly deliveries: Records<Delivery>;
  /** Grouped by destination and month of sending. */
  readonly sentMarks: Records<SentMarks>;
}

const CLOSED_KEPT_MS = 30 * DAY_MS;
const MARK_MONTHS = 13;
const MARKS_KEPT_MS = 400 * DAY_MS;

/** Deliveries and sent marks in Keyv. Open deliveries are held in memory; the rest is read when it is asked for. */
export async function createKeyvDeliveryStore(
  { deliveries, sentMarks }: DeliveryRecords,
  clock: Clock,
): Promise<DeliveryStore> {
  const loaded = await deliveries.load();
  const open = new Map([...loaded].filter(([, delivery]) => delivery.state === 'open'));
  const queue = createKeyedQueue();

  return {
    open: () => [...open.values()].toSorted((a, b) => a.plannedAt - b.plannedAt),
    get: async (id) => open.get(id) ?? (await deliveries.get(id)),
    save(given) {
      const delivery = copyFrozen(given);
      return queue(delivery.id, async () => {
        const isOpen = delivery.state === 'open';
        await deliveries.set(delivery.id, delivery, isOpen ? undefined : CLOSED_KEPT_MS);
        if (isOpen) open.set(delivery.id, delivery);
        else open.delete(delivery.id);
      });
    },
    async sentPapers(destinationId) {
      const keys = lastMonths(clock.now()).map((month) => `${destinationId}:${month}`);
      const groups = await Promise.all(keys.map((key) => sentMarks.get(key)));
      const sent = new Map<string, Instant>();
      for (const group of groups) {
        for (const [paperId, at] of Object.entries(group ?? {})) {
          sent.set(paperId, Math.min(at, sent.get(paperId) ?? at));
        }
      }
      return sent;
    },
    markSent: (destinationId, paperIds, at) => {
      const key = `${destinationId}:${monthOf(at)}`;
      return queue(key, async () => {
        const present = (await sentMarks.get(key)) ?? {};
        const added = paperIds.filter((id) => !Object.hasOwn(present, id)).map((id) => [id, at] as const);
        if (added.length === 0) return;
        await sentMarks.set(key, { ...present, ...Object.fromEntries(added) }, MARKS_KEPT_MS);
      });
    },
  };
}

/** `YYYY-MM` in UTC. */
function monthOf(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 7);
}

function lastMonths(now: Instant): readonly string[] {
  const date = new Date(now);
  return Array.from({ length: MARK_MONTHS }, (_, back) =>
    monthOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1)),
  );
}
