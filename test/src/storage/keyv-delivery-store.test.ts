import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/calendar/clock.ts';
import type { Delivery } from '../../../src/digest/delivery.ts';
import { StorageError } from '../../../src/errors.ts';
import { createKeyvDeliveryStore, type KeyvDeliveryStore } from '../../../src/storage/keyv-delivery-store.ts';
import type { Records } from '../../../src/storage/keyv-records.ts';
import type { SentMarks } from '../../../src/storage/state/sent-marks.ts';

const clock: Clock = { now: () => Date.UTC(2026, 5, 9), sleep: () => Promise.resolve() };
const delivery: Delivery = {
  id: 'd1',
  destinationId: 'c1',
  kind: 'digest',
  slot: clock.now(),
  plannedAt: clock.now(),
  steps: [{ kind: 'message', payload: { content: 'hello' }, paperIds: ['2606.00001'], attemptedAt: 1 }],
  state: 'open',
};
const done: Delivery = { ...delivery, state: 'done', closedAt: clock.now() };

/** Records in memory; `refuses` tells which writes fail, after they have taken effect where it says so. */
function createRecords<T>(
  refuses: () => boolean | 'late' = () => false,
): Records<T> & { readonly rows: Map<string, T> } {
  const rows = new Map<string, T>();
  const write = async (apply: () => void) => {
    const refusal = refuses();
    if (refusal !== true) apply();
    if (refusal !== false) throw new StorageError('The disk is full.');
  };
  return {
    rows,
    load: async () => new Map(rows),
    async *entries() {
      yield* rows;
    },
    keys: async () => [...rows.keys()],
    get: async (key) => rows.get(key),
    set: (key, value) => write(() => rows.set(key, value)),
    remove: (...keys) => write(() => keys.forEach((key) => rows.delete(key))),
  };
}

describe('a delivery whose messages cannot be removed when it is closed', () => {
  let isFull: boolean;
  let plans: ReturnType<typeof createRecords<Delivery>>;
  let courses: ReturnType<typeof createRecords<Delivery>>;
  let store: KeyvDeliveryStore;

  beforeEach(async () => {
    isFull = false;
    plans = createRecords<Delivery>(() => isFull);
    courses = createRecords<Delivery>();
    store = await createKeyvDeliveryStore({ plans, courses, sentMarks: createRecords() }, clock);
    await store.save(delivery);
    isFull = true;
    await store.save(done);
  });

  it('is closed all the same, now and after a restart', async () => {
    expect(store.open()).toEqual([]);
    expect(await store.get('d1')).toMatchObject({ state: 'done' });
    isFull = false;

    const next = await createKeyvDeliveryStore({ plans, courses, sentMarks: createRecords() }, clock);

    expect(next.open()).toEqual([]);
    expect(plans.rows.size).toBe(0);
  });

  it('loses them with the next one that is closed', async () => {
    isFull = false;
    await store.save({ ...delivery, id: 'd2' });
    expect(plans.rows.size).toBe(2);

    await store.save({ ...done, id: 'd2' });

    expect(plans.rows.size).toBe(0);
  });

  it('loses them once a day', async () => {
    isFull = false;

    await store.tidy();

    expect(plans.rows.size).toBe(0);
  });

  it('may be planned anew under its name, and keeps the new messages', async () => {
    isFull = false;
    await store.save({ ...delivery, plannedAt: clock.now() + 1 });

    await store.tidy();

    expect(plans.rows.has('d1')).toBe(true);
    expect(store.open()).toHaveLength(1);
  });
});

it('removes a plan that was written although that seemed to fail', async () => {
  let refusal: boolean | 'late' = 'late';
  const plans = createRecords<Delivery>(() => refusal);
  const records = { plans, courses: createRecords<Delivery>(), sentMarks: createRecords<SentMarks>() };
  const store = await createKeyvDeliveryStore(records, clock);
  await expect(store.save(delivery)).rejects.toThrow(StorageError);
  expect(store.open()).toEqual([]);
  refusal = false;

  await store.tidy();

  expect(plans.rows.size).toBe(0);
});
