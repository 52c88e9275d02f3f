import type { Clock } from '../calendar/clock.ts';
import { DAY_MS, type Instant } from '../calendar/zoned-time.ts';
import type { DeliveryStore } from '../digest/delivery-store.ts';
import type { Delivery } from '../digest/delivery.ts';
import { freezeDeeply } from './freeze-deeply.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Records } from './keyv-records.ts';
import { addMarks, readMarks, type SentMarks } from './state/sent-marks.ts';

export interface DeliveryRecords {
  readonly openDeliveries: Records<Delivery>;
  /** Without their payloads: what was sent, and how it went. */
  readonly closedDeliveries: Records<Delivery>;
  /** Grouped by destination and month of sending. */
  readonly sentMarks: Records<SentMarks>;
}

export interface KeyvDeliveryStore extends DeliveryStore {
  /** Removes deliveries that closed over 30 days ago, and sent marks over a year old. Raises `StorageError`. */
  tidy(): Promise<void>;
}

const CLOSED_KEPT_MS = 30 * DAY_MS;
const MARK_MONTHS = 13;

/** Deliveries and sent marks in Keyv. Open deliveries are held in memory; the rest is read when it is asked for. */
export async function createKeyvDeliveryStore(
  { openDeliveries, closedDeliveries, sentMarks }: DeliveryRecords,
  clock: Clock,
): Promise<KeyvDeliveryStore> {
  const open = await loadOpen({ openDeliveries, closedDeliveries });
  /** Most destinations have no marks of most months: asking the file for each was a tenth of what a digest cost. */
  const markKeys = new Set(await sentMarks.keys());
  const queue = createKeyedQueue();

  return {
    open: () => [...open.values()].toSorted((a, b) => a.plannedAt - b.plannedAt),
    get: async (id) => open.get(id) ?? (await closedDeliveries.get(id)),
    save(given) {
      // A delivery is large and saved at every step: it is frozen itself rather than copied.
      const delivery = freezeDeeply(given);
      return queue(delivery.id, async () => {
        if (delivery.state === 'open') {
          await openDeliveries.set(delivery.id, delivery);
          open.set(delivery.id, delivery);
          return;
        }
        await closedDeliveries.set(delivery.id, withoutPayloads(delivery));
        await openDeliveries.remove(delivery.id);
        open.delete(delivery.id);
      });
    },
    sentPapers: marksOf,
    markSent: mark,
    async passedOver(destinationId) {
      return new Set((await marksOf(passedOverBy(destinationId))).keys());
    },
    async markPassedOver(destinationId, paperIds, at) {
      await mark(passedOverBy(destinationId), paperIds, at);
      await mark(destinationId, paperIds, at);
    },
    async forget(destinationId) {
      for (const owner of [destinationId, passedOverBy(destinationId)]) {
        for (const key of monthKeys(owner)) await queue(key, () => removeMarks(key));
      }
      for await (const [id, delivery] of closedDeliveries.entries()) {
        if (delivery.destinationId === destinationId) await closedDeliveries.remove(id);
      }
    },
    async tidy() {
      const now = clock.now();
      for await (const [id, { closedAt, plannedAt }] of closedDeliveries.entries()) {
        if ((closedAt ?? plannedAt) < now - CLOSED_KEPT_MS) await closedDeliveries.remove(id);
      }
      const oldest = lastMonths(now).at(-1) ?? '';
      for (const key of await sentMarks.keys()) {
        if (key.slice(-oldest.length) >= oldest) continue;
        await removeMarks(key);
      }
    },
  };

  async function removeMarks(key: string): Promise<void> {
    await sentMarks.remove(key);
    markKeys.delete(key);
  }

  function monthKeys(owner: string): readonly string[] {
    return lastMonths(clock.now()).map((month) => `${owner}:${month}`);
  }

  async function marksOf(owner: string): Promise<ReadonlyMap<string, Instant>> {
    const present = monthKeys(owner).filter((key) => markKeys.has(key));
    const groups = await Promise.all(present.map((key) => sentMarks.get(key)));
    return readMarks(groups.flatMap((group) => group ?? []));
  }

  async function mark(owner: string, paperIds: readonly string[], at: Instant): Promise<void> {
    const key = `${owner}:${monthOf(at)}`;
    await queue(key, async () => {
      const present = (markKeys.has(key) ? await sentMarks.get(key) : undefined) ?? [];
      const next = addMarks(present, paperIds, at);
      if (next === present) return;
      // Before the write: one that fails may still have got there.
      markKeys.add(key);
      await sentMarks.set(key, next);
    });
  }
}

/** Under whose key the papers of a destination stand that nobody saw; they are marked as sent as well. */
function passedOverBy(destinationId: string): string {
  return `${destinationId}:passed-over`;
}

/** A crash between the two writes of a closing leaves the open one as well; it has the same plan. */
async function loadOpen({
  openDeliveries,
  closedDeliveries,
}: Pick<DeliveryRecords, 'openDeliveries' | 'closedDeliveries'>): Promise<Map<string, Delivery>> {
  const open = await openDeliveries.load();
  for (const [id, delivery] of open) {
    const isOpen = delivery.state === 'open';
    if (isOpen && (await closedDeliveries.get(id))?.plannedAt !== delivery.plannedAt) continue;
    if (!isOpen) await closedDeliveries.set(id, withoutPayloads(delivery));
    await openDeliveries.remove(id);
    open.delete(id);
  }
  return open;
}

function withoutPayloads(delivery: Delivery): Delivery {
  const steps = delivery.steps.map(({ plainPayload: _dropped, ...step }) => ({ ...step, payload: null }));
  return { ...delivery, steps };
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
