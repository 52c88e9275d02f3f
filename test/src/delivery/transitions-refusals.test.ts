import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { closingRecords, type Delivery, freshNumbers, type Step } from '../../../src/delivery/delivery.ts';
import { apply, type DeliveryEvent, nextAction } from '../../../src/delivery/transitions.ts';
import { buildDelivery, buildStep, plannedMessage, SLOT } from '../../support/build-delivery.ts';

const NOW = SLOT + MINUTE_MS;
const SITUATION = { now: NOW, isRemoved: false, sinceFirstAttemptMs: Infinity };
const INVALID_FORM = 50_035;
const BAD_TEXT = 200_000;

function after(delivery: Delivery, ...events: readonly DeliveryEvent[]): Delivery {
  return events.reduce(
    (present, event) => apply({ delivery: present, destination: undefined }, event).delivery,
    delivery,
  );
}

function recordsAtClose(steps: readonly Step[], state: 'done' | 'rejected' | 'expired') {
  const view = { delivery: buildDelivery(steps), destination: undefined };
  return apply(view, { kind: 'close', state, at: NOW }).records;
}

const attempt = (n: number, unconfirmed = false): DeliveryEvent => ({
  kind: 'attempt',
  n,
  at: NOW,
  unconfirmed,
});
const content = (n: number, code = BAD_TEXT): DeliveryEvent => ({ kind: 'content', n, code });

describe('a step that is refused for its content', () => {
  const two = buildStep({ papers: ['paper a', 'paper b'] });

  it('is sent once as plain text', () => {
    const refused = after(buildDelivery([two]), attempt(0), content(0));

    expect(refused.steps).toMatchObject([{ form: 'plain', status: 'planned', attempts: 0 }]);
    expect(nextAction(refused, SITUATION)).toEqual({ kind: 'send', n: 0, unconfirmed: false });
  });

  it('is split into a step for each paper when its plain text is refused too', () => {
    const refused = after(buildDelivery([two]), attempt(0), content(0), attempt(0), content(0));

    expect(refused.steps).toMatchObject([{ status: 'refused', code: BAD_TEXT }]);
    expect(nextAction(refused, SITUATION)).toEqual({ kind: 'split', n: 0 });
  });

  it('is split at once where it is plain text from the start', () => {
    const plain = { ...two, form: 'plain' } as const;

    expect(nextAction(after(buildDelivery([plain]), attempt(0), content(0)), SITUATION)).toEqual({
      kind: 'split',
      n: 0,
    });
  });

  it('makes way for lone steps with fresh numbers, in its own place in the order', () => {
    const refused = buildStep({ ...two, form: 'plain', status: 'refused', unconfirmed: true });
    const delivery = buildDelivery([refused, buildStep({ n: 1 })]);
    const [first = 0, second = 0] = freshNumbers(delivery, 2);

    const { steps } = after(delivery, {
      kind: 'split',
      n: 0,
      steps: [plannedMessage(first, ['paper a']), plannedMessage(second, ['paper b'])],
    });

    expect(steps.map(({ n, status, form }) => [n, status, form])).toEqual([
      [0, 'split', 'plain'],
      [2, 'planned', 'rich'],
      [3, 'planned', 'rich'],
      [1, 'planned', 'rich'],
    ]);
    expect(steps.map(({ unconfirmed }) => unconfirmed)).toEqual([true, true, true, false]);
  });

  it('is left to the next slot when the delivery is over', () => {
    const refused = buildDelivery([buildStep({ ...two, status: 'refused' })], {
      givenUp: { reason: 'paused', at: NOW },
    });

    expect(nextAction(refused, SITUATION)).toMatchObject({ event: { kind: 'close', state: 'cancelled' } });
  });
});

describe('a paper that is refused alone', () => {
  it('is passed over, and the others are sent', () => {
    const steps = [buildStep({ status: 'refused', code: BAD_TEXT }), buildStep({ n: 1 })];

    expect(nextAction(buildDelivery(steps), SITUATION)).toMatchObject({ kind: 'send', n: 1 });
  });

  it('is recorded as refused when the delivery closes', () => {
    const steps = [buildStep({ status: 'refused', code: BAD_TEXT }), buildStep({ n: 1, status: 'sent' })];

    expect(recordsAtClose(steps, 'done')).toEqual([
      { paperId: 'paper 0', kind: 'refused', code: BAD_TEXT, at: NOW },
    ]);
    expect(recordsAtClose(steps, 'expired')).toHaveLength(1);
  });

  it('is recorded as refused when it is the only paper', () => {
    expect(recordsAtClose([buildStep({ status: 'refused', code: INVALID_FORM })], 'done')).toHaveLength(1);
  });

  it.each([INVALID_FORM, BAD_TEXT, 0])(
    'is not recorded when every one of several is, with code %i',
    (code) => {
      const steps = [0, 1].map((n) => buildStep({ n, status: 'refused', code }));

      expect(nextAction(buildDelivery(steps), SITUATION)).toMatchObject({
        event: { kind: 'close', state: 'rejected' },
      });
      expect(recordsAtClose(steps, 'rejected')).toEqual([]);
    },
  );

  it('is not recorded when from there on every one of several is, though others got through before', () => {
    const steps = [
      buildStep({ status: 'refused', code: BAD_TEXT }),
      buildStep({ n: 1, status: 'sent' }),
      ...[2, 3].map((n) => buildStep({ n, status: 'refused', code: BAD_TEXT })),
    ];

    expect(nextAction(buildDelivery(steps), SITUATION)).toMatchObject({ event: { state: 'rejected' } });
    expect(recordsAtClose(steps, 'rejected').map(({ paperId }) => paperId)).toEqual(['paper 0']);
  });

  it('is recorded when it was refused before, others have got through since, and it is refused again', () => {
    const refused = [1, 2].map((n) => buildStep({ n, status: 'refused', code: BAD_TEXT }));
    const suspects = ['paper 1', 'paper 2'];
    const alone = buildDelivery(refused, { suspects });
    const withOthers = buildDelivery([buildStep({ status: 'sent' }), ...refused], { suspects });

    expect(nextAction(alone, SITUATION)).toMatchObject({ event: { state: 'rejected' } });
    expect(nextAction(withOthers, SITUATION)).toMatchObject({ event: { state: 'done' } });
    expect(closingRecords({ ...withOthers, state: 'done' }, NOW).map(({ paperId }) => paperId)).toEqual(
      suspects,
    );
  });

  it('is recorded when another one is refused for another reason: then each has its own', () => {
    const steps = [BAD_TEXT, INVALID_FORM].map((code, n) => buildStep({ n, status: 'refused', code }));

    expect(nextAction(buildDelivery(steps), SITUATION)).toMatchObject({ event: { state: 'done' } });
    expect(recordsAtClose(steps, 'done')).toHaveLength(2);
  });

  it.each([INVALID_FORM, BAD_TEXT])(
    'is not recorded before another paper got through, with code %i',
    (code) => {
      const mention = buildStep({ n: 2, papers: [], status: 'sent' });
      const steps = [buildStep({ status: 'refused', code }), buildStep({ n: 1 }), mention];

      expect(recordsAtClose(steps, 'expired')).toEqual([]);
    },
  );
});

describe('the thread of a message', () => {
  const message = buildStep({ status: 'sent', messageId: '77' });
  const thread = buildStep({ n: 1, kind: 'thread', threadOf: 0, papers: [] });

  it('is made when its message was sent', () => {
    expect(nextAction(buildDelivery([message, thread]), SITUATION)).toEqual({
      kind: 'send',
      n: 1,
      unconfirmed: false,
    });
  });

  it('is asked for again when it is uncertain, which is harmless', () => {
    const unsure = buildStep({ ...thread, status: 'uncertain', attempts: 1 });

    expect(nextAction(buildDelivery([message, unsure]), SITUATION)).toMatchObject({ kind: 'send', n: 1 });
  });

  it('is skipped when it is refused, and then the others are not asked for', () => {
    const delivery = buildDelivery([message, thread, buildStep({ ...thread, n: 2 })]);

    const refused = after(delivery, attempt(1), { kind: 'skipped', n: 1, code: 160_006 });

    expect(refused.steps[1]).toMatchObject({ status: 'skipped', code: 160_006 });
    expect(nextAction(refused, SITUATION)).toEqual({ kind: 'record', event: { kind: 'skipped', n: 2 } });
  });

  it.each(['refused', 'unknown', 'split'] as const)('is skipped when its message is %s', (status) => {
    expect(nextAction(buildDelivery([{ ...message, status }, thread]), SITUATION)).toEqual({
      kind: 'record',
      event: { kind: 'skipped', n: 1 },
    });
  });

  it('is skipped when somebody deleted its message, whose id nobody knows', () => {
    const { messageId: _deleted, ...deleted } = message;

    expect(nextAction(buildDelivery([deleted, thread]), SITUATION)).toMatchObject({
      event: { kind: 'skipped' },
    });
  });

  it('is not waited for when the delivery is over', () => {
    const delivery = buildDelivery([message, { ...thread, status: 'uncertain' as const }], {
      givenUp: { reason: 'paused', at: NOW },
    });

    expect(nextAction(delivery, SITUATION)).toMatchObject({ event: { kind: 'close', state: 'cancelled' } });
  });
});

describe('the mention', () => {
  const due = buildDelivery([buildStep({ papers: [] }), buildStep({ n: 1 })], { mention: 'due' });

  it('goes with the message that shows no papers, and counts from the attempt on', () => {
    const attempted = after(due, attempt(0));

    expect(attempted.mention).toBe('out');
    expect(attempted.steps.map(({ mentions }) => mentions)).toEqual([true, false]);
    expect(after(attempted, { kind: 'sent', n: 0, at: NOW }, attempt(1)).steps[1]?.mentions).toBe(false);
  });

  it.each<DeliveryEvent>([
    { kind: 'no-effect', n: 0 },
    content(0),
    { kind: 'barred', n: 0, at: NOW, barred: { kind: 'blocked', code: 50_013, message: '' } },
  ])('is due again when that attempt surely had no effect: $kind', (event) => {
    const freed = after(due, attempt(0), event);

    expect(freed.mention).toBe('due');
    expect(freed.steps[0]?.mentions).toBe(false);
  });

  it('is due again when its message is absent', () => {
    const freed = after(
      due,
      attempt(0),
      { kind: 'unclear', n: 0 },
      { kind: 'absent', n: 0, unconfirmed: false },
    );

    expect(freed.mention).toBe('due');
  });

  it('goes with the same message when that is sent again under its nonce', () => {
    const again = after(due, attempt(0), { kind: 'unclear', n: 0 }, attempt(0));

    expect(again.steps[0]?.mentions).toBe(true);
  });

  it('does not go with a message that shows papers', () => {
    expect(after(due, attempt(1)).steps.map(({ mentions }) => mentions)).toEqual([false, false]);
  });

  it('goes with the first post of a forum that is attempted while it is due', () => {
    const posts = [buildStep({ kind: 'forum-post' }), buildStep({ n: 1, kind: 'forum-post' })];
    const attempted = after(buildDelivery(posts, { mention: 'due' }), attempt(0));

    expect(attempted.steps.map(({ mentions }) => mentions)).toEqual([true, false]);
  });

  it('is left out of a post that is sent again unconfirmed', () => {
    const posts = buildDelivery([buildStep({ kind: 'forum-post' })], { mention: 'due' });
    const again = after(posts, attempt(0), { kind: 'unclear', n: 0 }, attempt(0, true));

    expect(again.steps[0]?.mentions).toBe(false);
    expect(again.mention).toBe('out');
  });

  it('does not go with a thread', () => {
    const thread = buildStep({ kind: 'thread', papers: [] });

    expect(after(buildDelivery([thread], { mention: 'due' }), attempt(0)).mention).toBe('due');
  });
});
