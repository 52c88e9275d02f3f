import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/calendar/clock.ts';
import type { Delivery } from '../../../src/digest/delivery.ts';
import { StorageError } from '../../../src/errors.ts';
import { createKeyvDeliveryStore, type KeyvDeliveryStore } from '../../../src/storage/keyv-delivery-store.ts';
import type { SentMarks } from '../../../src/storage/state/sent-marks.ts';
import { createFaultRecords } from '../../support/fault-records.ts';
import type { Write } from '../../support/memory-stores.ts';

const clock: Clock = {
  now: () => Date.UTC(2026, 5, 9),
  monotonic: () => Date.UTC(2026, 5, 9),
  sleep: () => Promise.resolve(),
};
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

/** A disk that refuses to write, or says so after it has written. */
function failAs(refusal: () => boolean | 'late'): Write {
  return (apply) => {
    const refused = refusal();
    if (refused !== true) apply();
    if (refused !== false) throw new StorageError('The disk is full.');
  };
}

describe('a delivery whose messages cannot be removed when it is closed', () => {
  let isFull: boolean;
  let plans: ReturnType<typeof createFaultRecords<Delivery>>;
  let courses: ReturnType<typeof createFaultRecords<Delivery>>;
  let store: KeyvDeliveryStore;

  beforeEach(async () => {
    isFull = false;
    plans = createFaultRecords<Delivery>(failAs(() => isFull));
    courses = createFaultRecords<Delivery>();
    store = await createKeyvDeliveryStore({ plans, courses, sentMarks: createFaultRecords() }, clock);
    await store.save(delivery);
    isFull = true;
    await store.save(done);
  });

  it('is closed all the same, now and after a restart', async () => {
    expect(store.open()).toEqual([]);
    expect(await store.get('d1')).toMatchObject({ state: 'done' });
    isFull = false;

    const next = await createKeyvDeliveryStore({ plans, courses, sentMarks: createFaultRecords() }, clock);

    expect(next.open()).toEqual([]);
    expect(plans.rows.size).toBe(0);
  });

  it('loses them before the next one is planned', async () => {
    isFull = false;

    await store.save({ ...delivery, id: 'd2' });

    expect([...plans.rows.keys()]).toEqual(['d2']);
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
  const plans = createFaultRecords<Delivery>(failAs(() => refusal));
  const records = {
    plans,
    courses: createFaultRecords<Delivery>(),
    sentMarks: createFaultRecords<SentMarks>(),
  };
  const store = await createKeyvDeliveryStore(records, clock);
  await expect(store.save(delivery)).rejects.toThrow(StorageError);
  expect(store.open()).toEqual([]);
  refusal = false;

  await store.tidy();

  expect(plans.rows.size).toBe(0);
});
