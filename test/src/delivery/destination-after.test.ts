import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../src/calendar/zoned-time.ts';
import type { Delivery } from '../../../src/delivery/delivery.ts';
import {
  afterClosing,
  afterEmptySlot,
  afterMention,
  afterSuccess,
  afterTrouble,
} from '../../../src/delivery/destination-after.ts';
import { apply } from '../../../src/delivery/transitions.ts';
import type { Destination } from '../../../src/subscriptions/destination.ts';
import { buildDelivery, buildStep, SLOT } from '../../support/build-delivery.ts';
import { buildDestination } from '../../support/build-destination.ts';

const LATER = SLOT + HOUR_MS;
const daily = buildDestination({
  schedule: { at: 9 * 60, zone: 'Europe/London', days: [1, 2, 3, 4, 5, 6, 7] },
  nextSlot: SLOT,
});

function closed(state: Delivery['state'], about: Partial<Delivery> = {}): Delivery {
  return buildDelivery([buildStep({ status: 'sent' })], { state, closedAt: LATER, ...about });
}

function after(delivery: Delivery, destination: Destination = daily): Destination {
  const changed = afterClosing(destination, delivery);
  if (changed === 'removed') throw new Error('the destination is removed');
  return changed;
}

describe('the slots of a destination', () => {
  it('move on, with its window, when a digest is done', () => {
    expect(after(closed('done'))).toMatchObject({ nextSlot: SLOT + DAY_MS, coveredSlot: SLOT });
  });

  it.each(['rejected', 'expired'] as const)('move on without the window when a digest is %s', (state) => {
    const { nextSlot, coveredSlot } = after(closed(state), { ...daily, coveredSlot: SLOT - DAY_MS });

    expect({ nextSlot, coveredSlot }).toEqual({ nextSlot: SLOT + DAY_MS, coveredSlot: SLOT - DAY_MS });
  });

  it('stay when a digest is cancelled, so that it is planned afresh if it is still due', () => {
    expect(after(closed('cancelled'))).toEqual(daily);
  });

  it('stay when a sample is done', () => {
    expect(after(closed('done', { kind: 'sample' }))).toEqual(daily);
  });

  it('never move back', () => {
    const ahead = { ...daily, nextSlot: SLOT + 5 * DAY_MS, coveredSlot: SLOT + DAY_MS };

    expect(after(closed('done'), ahead)).toMatchObject({
      nextSlot: SLOT + 5 * DAY_MS,
      coveredSlot: SLOT + DAY_MS,
    });
    expect(afterEmptySlot(ahead, SLOT)).toMatchObject({
      nextSlot: SLOT + 5 * DAY_MS,
      coveredSlot: SLOT + DAY_MS,
    });
  });

  it('move on, with the window, after a slot without papers', () => {
    expect(afterEmptySlot(daily, SLOT)).toMatchObject({ nextSlot: SLOT + DAY_MS, coveredSlot: SLOT });
  });
});

describe('the day of the mention', () => {
  it('is the local day on which the message came', () => {
    const midnight = Date.parse('2026-06-10T23:30:00Z');

    expect(afterMention(daily, midnight).mentionedOn).toBe('2026-06-11');
  });

  it('stays that day when the digest closes after midnight', () => {
    const mentioned = { ...daily, mentionedOn: '2026-06-10' };
    const late = closed('expired', { mention: 'out', closedAt: SLOT + DAY_MS });

    expect(after(late, mentioned).mentionedOn).toBe('2026-06-10');
  });

  it.each(['rejected', 'cancelled'] as const)(
    'is the day of closing when the digest is %s and nobody can tell whether the mention came',
    (state) => {
      expect(after(closed(state, { mention: 'out' })).mentionedOn).toBe('2026-06-10');
    },
  );

  it('is not set while the mention is still due', () => {
    expect(after(closed('expired', { mention: 'due' })).mentionedOn).toBeUndefined();
  });
});

describe('the trouble of a place', () => {
  it('is told since when it lasts, and when Discord last said so', () => {
    const first = afterTrouble(daily, { kind: 'blocked', code: 50_013 }, SLOT);
    if (first === 'removed') throw new Error('the destination is removed');

    expect(first.trouble).toEqual({ kind: 'blocked', code: 50_013, since: SLOT, triedAt: SLOT });
    expect(afterTrouble(first, { kind: 'blocked', code: 50_001 }, LATER)).toMatchObject({
      trouble: { code: 50_001, since: SLOT, triedAt: LATER },
    });
    expect(afterTrouble(first, { kind: 'gone', code: 10_003 }, LATER)).toMatchObject({
      trouble: { since: LATER },
    });
  });

  it('ends with the first that gets through', () => {
    const troubled = { ...daily, trouble: { kind: 'blocked', code: 50_013, since: 0, triedAt: 0 } } as const;

    expect(afterSuccess(troubled, SLOT)).toEqual({ ...daily, lastDeliveredAt: SLOT });
  });

  it('is shown when every paper is refused, so that nothing is tried again at once', () => {
    const steps = [0, 1].map((n) => buildStep({ n, status: 'refused', code: 200_000 }));

    expect(after(closed('rejected', { steps }))).toMatchObject({
      nextSlot: SLOT + DAY_MS,
      trouble: { kind: 'blocked', code: 200_000 },
    });
  });
});

describe('a place that has been gone for 30 days', () => {
  const gone = { kind: 'gone', code: 10_003 } as const;
  const longGone = { ...daily, trouble: { ...gone, since: SLOT - 30 * DAY_MS, triedAt: 0, looks: 9 } };

  it('is removed, and not a moment sooner', () => {
    expect(afterTrouble(longGone, gone, SLOT)).toBe('removed');
    expect(afterTrouble(longGone, gone, SLOT - 1)).not.toBe('removed');
  });

  it('is kept before it was gone on ten looks that are hours apart', () => {
    const looks = (count: number, triedAt: number) =>
      afterTrouble({ ...longGone, trouble: { ...longGone.trouble, looks: count, triedAt } }, gone, SLOT);

    expect(looks(8, 0)).toMatchObject({ trouble: { looks: 9 } });
    expect(looks(9, SLOT - HOUR_MS)).toMatchObject({ trouble: { looks: 9 } });
    expect(looks(9, SLOT - DAY_MS)).toBe('removed');
  });

  it('is kept when it was only blocked so long', () => {
    const blocked = { ...daily, trouble: { ...longGone.trouble, kind: 'blocked' as const } };

    expect(afterTrouble(blocked, { kind: 'blocked', code: 50_013 }, SLOT)).not.toBe('removed');
  });

  it('gives up the delivery in the same transaction', () => {
    const delivery = buildDelivery([buildStep({ status: 'uncertain', attempts: 1, firstAttemptAt: SLOT })]);

    const done = apply(
      { delivery, destination: longGone },
      { kind: 'look-barred', n: 0, barred: { ...gone, message: 'Unknown Channel' }, at: SLOT },
    );

    expect(done).toMatchObject({
      destination: 'removed',
      delivery: { givenUp: { reason: 'gone', at: SLOT } },
    });
  });
});

describe('a step that got through', () => {
  it('clears the trouble, and counts its mention, in the same transaction', () => {
    const troubled = { ...daily, trouble: { kind: 'blocked', code: 50_013, since: 0, triedAt: 0 } } as const;
    const delivery = buildDelivery([buildStep({ status: 'attempted', attempts: 1, mentions: true })]);

    const { destination } = apply(
      { delivery, destination: troubled },
      { kind: 'sent', n: 0, messageId: '77', at: SLOT },
    );

    expect(destination).toEqual({ ...daily, lastDeliveredAt: SLOT, mentionedOn: '2026-06-10' });
  });
});
