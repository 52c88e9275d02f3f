import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import {
  apply,
  type DeliveryEvent,
  LANDING_MS,
  LIFETIME_MS,
  leaveBy,
  nextAction,
  NONCE_MS,
  type Situation,
} from '../../../src/delivery/transitions.ts';
import type { Delivery, Step } from '../../../src/delivery/delivery.ts';
import { buildDelivery, buildStep, SLOT } from '../../support/build-delivery.ts';

const NOW = SLOT + MINUTE_MS;
const givenUp = { reason: 'paused', at: NOW } as const;
const uncertain = buildStep({ status: 'uncertain', attempts: 1, firstAttemptAt: SLOT });
const uncertainPost = buildStep({ ...uncertain, kind: 'forum-post' });
const repeated = buildStep({ status: 'attempted', attempts: 2, firstAttemptAt: SLOT });
const barred = { kind: 'blocked', code: 50_013, message: 'Missing Permissions' } as const;

/** Long after the attempt: it has landed, and its nonce is forgotten. */
const LATE = { now: NOW, isRemoved: false, sinceFirstAttemptMs: NONCE_MS + 1 };
/** Right after the attempt. */
const EARLY = { now: NOW, isRemoved: false, sinceFirstAttemptMs: 5_000 };

function looked(answer: NonNullable<Situation['look']>['answer'], situation: Situation): Situation {
  const sinceLeftMs = situation.sinceFirstAttemptMs > LANDING_MS ? LANDING_MS + 1 : LANDING_MS;
  return { ...situation, look: { answer, sinceLeftMs } };
}

function actionFor(steps: readonly Step[], situation: Situation, about: Partial<Delivery> = {}) {
  return nextAction(buildDelivery(steps, about), situation);
}

function stepAfter(step: Step, event: DeliveryEvent): Step | undefined {
  return apply({ delivery: buildDelivery([step]), destination: undefined }, event).delivery.steps[0];
}

function close(state: string, at = NOW) {
  return { kind: 'record', event: { kind: 'close', state, at } };
}

describe('a planned step', () => {
  it('is sent when its turn has come', () => {
    const steps = [buildStep({ status: 'sent' }), buildStep({ n: 1 }), buildStep({ n: 2 })];

    expect(actionFor(steps, EARLY)).toEqual({ kind: 'send', n: 1, unconfirmed: false });
  });

  it('closes its delivery as cancelled once that is given up', () => {
    expect(actionFor([buildStep()], EARLY, { givenUp })).toEqual(close('cancelled'));
  });

  it('closes a digest as expired a day after its slot', () => {
    const now = SLOT + DAY_MS;

    expect(actionFor([buildStep()], { ...EARLY, now: now - 1 })).toMatchObject({ kind: 'send' });
    expect(actionFor([buildStep()], { ...EARLY, now })).toEqual(close('expired', now));
  });

  it('closes a sample as expired ten minutes after the press', () => {
    const now = SLOT + 10 * MINUTE_MS;

    expect(actionFor([buildStep()], { ...EARLY, now }, { kind: 'sample' })).toEqual(close('expired', now));
  });

  it('is attempted by a time that stays with it until its end is known', () => {
    const attempted = stepAfter(buildStep(), { kind: 'attempt', n: 0, at: SLOT, unconfirmed: false });

    expect(attempted).toMatchObject({ status: 'attempted', attempts: 1, firstAttemptAt: SLOT });
  });
});

describe('an attempted step', () => {
  const attempted = buildStep({ status: 'attempted', attempts: 1, firstAttemptAt: SLOT });

  it('is sent, with a record of each paper in the same transaction, when Discord says so', () => {
    const view = { delivery: buildDelivery([attempted]), destination: undefined };

    const { delivery, records } = apply(view, { kind: 'sent', n: 0, messageId: '77', at: NOW });

    expect(delivery.steps).toMatchObject([{ status: 'sent', messageId: '77', attempts: 0 }]);
    expect(records).toEqual([{ paperId: 'paper 0', kind: 'sent', messageId: '77', at: NOW }]);
  });

  it('bars the delivery when the place lets nobody in', () => {
    const after = stepAfter(attempted, { kind: 'barred', n: 0, barred, at: NOW });

    expect(after).toMatchObject({ status: 'barred', code: 50_013, attempts: 0 });
    expect(actionFor([buildStep({ status: 'barred' }), buildStep({ n: 1 })], EARLY)).toEqual(
      close('rejected'),
    );
  });

  it('is uncertain when no answer is known', () => {
    expect(stepAfter(attempted, { kind: 'unclear', n: 0 })).toMatchObject({
      status: 'uncertain',
      attempts: 1,
      firstAttemptAt: SLOT,
    });
  });

  it('is uncertain when nobody waits for its answer any more', () => {
    expect(actionFor([attempted], LATE)).toEqual({ kind: 'record', event: { kind: 'unclear', n: 0 } });
  });

  it('is as before the attempt when it surely never left', () => {
    expect(stepAfter(attempted, { kind: 'no-effect', n: 0 })).toEqual(buildStep());
  });

  it('is as before a repeat that surely never left: uncertain', () => {
    expect(stepAfter(repeated, { kind: 'no-effect', n: 0 })).toEqual(uncertain);
  });
});

describe('an uncertain step', () => {
  it('is looked for', () => {
    expect(actionFor([uncertain], EARLY)).toEqual({ kind: 'look', n: 0 });
  });

  it('is planned again when a look-up that began 17 s after the last request left does not find it', () => {
    const absent = { kind: 'record', event: { kind: 'absent', n: 0, unconfirmed: false } };

    expect(actionFor([uncertainPost], looked('absent', LATE))).toEqual(absent);
    expect(actionFor([uncertainPost], looked('absent', EARLY))).toEqual({ kind: 'wait' });
    expect(stepAfter(uncertainPost, { kind: 'absent', n: 0, unconfirmed: false })).toEqual(
      buildStep({ kind: 'forum-post' }),
    );
  });

  it.each(['absent', 'unanswered', 'unreadable'] as const)(
    'is sent again under its nonce while Discord knows that, when a look-up that began early is %s',
    (answer) => {
      const again = { kind: 'send', n: 0, unconfirmed: false };

      expect(actionFor([uncertain], looked(answer, EARLY))).toEqual(again);
      expect(actionFor([uncertainPost], looked(answer, EARLY))).toEqual({ kind: 'wait' });
    },
  );

  it.each(['unanswered', 'unrecognised'] as const)(
    'waits for a look-up that answers once its nonce is too old, when one is %s',
    (answer) => {
      expect(actionFor([uncertain], looked(answer, LATE))).toEqual({ kind: 'wait' });
      expect(actionFor([uncertain], looked(answer, LATE), { givenUp })).toEqual({ kind: 'wait' });
    },
  );

  it('is unknown when nobody has answered in a known shape for a day', () => {
    const tomorrow = { ...LATE, now: SLOT + LIFETIME_MS.digest };
    const unknown = { kind: 'record', event: { kind: 'unknown', n: 0 } };

    expect(actionFor([uncertain], looked('unrecognised', tomorrow))).toEqual(unknown);
    expect(actionFor([uncertain], looked('unrecognised', tomorrow), { givenUp })).toEqual(unknown);
    expect(actionFor([uncertain], looked('unanswered', tomorrow))).toEqual({ kind: 'wait' });
  });

  it('counts the age of its nonce from the first attempt', () => {
    const again = stepAfter(uncertain, { kind: 'attempt', n: 0, at: SLOT + 90_000, unconfirmed: false });

    expect(again).toMatchObject({ attempts: 2, firstAttemptAt: SLOT });
    expect(leaveBy(repeated)).toBe(SLOT + NONCE_MS);
  });

  it('has no nonce that could grow too old with a first attempt, a thread or a forum post', () => {
    const first = { ...repeated, attempts: 1 };

    expect(
      [first, { ...repeated, kind: 'thread' as const }, { ...repeated, kind: 'forum-post' as const }].map(
        leaveBy,
      ),
    ).toEqual([undefined, undefined, undefined]);
  });

  it.each(['blocked', 'gone'] as const)('waits while its place is %s', (answer) => {
    expect(actionFor([uncertain], looked(answer, EARLY))).toEqual({ kind: 'wait' });
    expect(actionFor([uncertain], looked(answer, LATE))).toEqual({ kind: 'wait' });
  });

  it('is unknown when its place is gone and its destination is removed, once nothing is under way', () => {
    const unknown = { kind: 'record', event: { kind: 'unknown', n: 0 } };

    expect(actionFor([uncertain], looked('gone', { ...LATE, isRemoved: true }), { givenUp })).toEqual(
      unknown,
    );
    expect(actionFor([uncertain], looked('gone', { ...EARLY, isRemoved: true }), { givenUp })).toEqual({
      kind: 'wait',
    });
  });

  it('is sent again once, unconfirmed, where history cannot be read', () => {
    expect(actionFor([uncertain], looked('unreadable', LATE))).toEqual({
      kind: 'send',
      n: 0,
      unconfirmed: true,
    });

    const again = stepAfter(uncertain, { kind: 'attempt', n: 0, at: NOW, unconfirmed: true });
    expect(again).toMatchObject({ unconfirmed: true, attempts: 2 });
  });

  it('is unknown when that was done already', () => {
    const twice = { ...uncertain, attempts: 2, unconfirmed: true };

    expect(actionFor([twice], looked('unreadable', LATE))).toEqual({
      kind: 'record',
      event: { kind: 'unknown', n: 0 },
    });
  });

  it('stays uncertain when a later attempt is barred or refused', () => {
    expect(stepAfter(repeated, { kind: 'barred', n: 0, barred, at: NOW })).toEqual(uncertain);
    expect(stepAfter(repeated, { kind: 'content', n: 0, code: 200_000 })).toEqual({
      ...uncertain,
      refusal: 200_000,
    });
  });

  it('is not sent again while a refusal of its content is kept', () => {
    expect(actionFor([{ ...uncertain, refusal: 200_000 }], looked('absent', EARLY))).toEqual({
      kind: 'wait',
    });
  });

  it('takes the refusal that was kept when it is absent, or cannot be looked for', () => {
    const kept = { ...uncertain, refusal: 200_000 };

    expect(stepAfter(kept, { kind: 'absent', n: 0, unconfirmed: false })).toEqual(
      buildStep({ form: 'plain' }),
    );
    expect(actionFor([kept], looked('unreadable', LATE))).toEqual({
      kind: 'record',
      event: { kind: 'absent', n: 0, unconfirmed: true },
    });
  });

  it('was sent when Discord says that somebody deleted it', () => {
    const view = { delivery: buildDelivery([repeated]), destination: undefined };

    const { delivery, records } = apply(view, { kind: 'sent', n: 0, at: NOW });

    expect(delivery.steps[0]?.status).toBe('sent');
    expect(records).toEqual([{ paperId: 'paper 0', kind: 'sent', at: NOW }]);
  });
});

describe('an uncertain step of a delivery that is given up', () => {
  it.each(['absent', 'unanswered', 'unreadable'] as const)('is not sent again when it is %s', (answer) => {
    expect(actionFor([uncertain], looked(answer, EARLY), { givenUp })).toEqual({ kind: 'wait' });
  });

  it('keeps the delivery open until a look-up answers, also when the destination is removed', () => {
    const situation = { ...EARLY, isRemoved: true };

    expect(actionFor([uncertain], situation, { givenUp })).toEqual({ kind: 'look', n: 0 });
    expect(actionFor([uncertain], looked('unanswered', { ...LATE, isRemoved: true }), { givenUp })).toEqual({
      kind: 'wait',
    });
  });

  it('is unknown where history cannot be read: its papers are free again, and marked', () => {
    const unknown = { kind: 'unknown', n: 0 } as const;
    const view = { delivery: buildDelivery([uncertain], { givenUp }), destination: undefined };

    const { delivery, records } = apply(view, unknown);

    expect(actionFor([uncertain], looked('unreadable', LATE), { givenUp })).toEqual({
      kind: 'record',
      event: unknown,
    });
    expect(delivery.steps).toMatchObject([{ status: 'unknown', unconfirmed: true }]);
    expect(records).toEqual([]);
  });
});

describe('giving up', () => {
  it('is written on the delivery, and the first reason stays', () => {
    const view = { delivery: buildDelivery([uncertain], { givenUp }), destination: undefined };

    expect(apply(view, { kind: 'give-up', reason: 'removed', at: NOW + 1 }).delivery.givenUp).toEqual(
      givenUp,
    );
  });
});

describe('a delivery', () => {
  it('is done when every step has its end', () => {
    const ends = [buildStep({ status: 'sent' }), buildStep({ n: 1, status: 'refused' })];

    expect(actionFor(ends, EARLY)).toEqual(close('done'));
  });

  it('is done although it was given up, when all was sent already', () => {
    expect(actionFor([buildStep({ status: 'sent' })], EARLY, { givenUp })).toEqual(close('done'));
  });

  it('is rejected when nobody can tell what became of a step', () => {
    const ends = [buildStep({ status: 'unknown' }), buildStep({ n: 1, status: 'sent' })];

    expect(actionFor(ends, EARLY)).toEqual(close('rejected'));
    expect(actionFor(ends, EARLY, { givenUp })).toEqual(close('cancelled'));
  });

  it.each(['done', 'rejected', 'expired', 'cancelled'] as const)(
    'has nothing more to do once it is %s',
    (state) => {
      expect(actionFor([buildStep()], EARLY, { state })).toEqual({ kind: 'nothing' });
    },
  );

  it('records the papers that were passed over when it closes as done, and not otherwise', () => {
    const delivery = buildDelivery([buildStep({ status: 'sent' })], { hidden: ['paper 9'] });
    const recordsWhen = (state: 'done' | 'rejected') =>
      apply({ delivery, destination: undefined }, { kind: 'close', state, at: NOW }).records;

    expect(recordsWhen('done')).toEqual([{ paperId: 'paper 9', kind: 'hidden', at: NOW }]);
    expect(recordsWhen('rejected')).toEqual([]);
  });
});
