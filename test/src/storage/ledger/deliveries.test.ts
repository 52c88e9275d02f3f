import { describe, expect, it } from 'vitest';
import { type Delivery, type PaperRecord, planStep } from '../../../../src/delivery/delivery.ts';
import { apply, type DeliveryEvent } from '../../../../src/delivery/transitions.ts';
import { buildDelivery, buildDestination, buildStep, ID } from './build-rows.ts';
import { DATABASES, NOW, useLedger } from './ledger-world.ts';

const always = () => true;

describe.each(DATABASES)('deliveries, on $name', (database) => {
  const world = useLedger(database);
  const plan = (about: Partial<Delivery> = {}) => world.ledger.deliveries.plan(buildDelivery(about), always);
  const follow = () => world.ledger.destinations.change(ID, () => ({ destination: buildDestination() }));
  const happen = (event: DeliveryEvent, id = 'd1') =>
    world.ledger.deliveries.transition(id, (view) => apply(view, event));
  const close = (id = 'd1', at = NOW) => happen({ kind: 'close', state: 'done', at }, id);

  it('go on after a restart where they stood, with their messages', async () => {
    await follow();
    const steps = [
      planStep(buildStep(4, { papers: [], form: 'plain', view: { text: 'x'.repeat(50_000) } }), 0),
      planStep(buildStep(1, { papers: ['2', '1', '3'], view: null }), 1),
      planStep(buildStep(7, { kind: 'thread', threadOf: 1, papers: [] }), 2),
    ];
    await plan({ kind: 'sample', subscriptionId: 's1', mention: 'due', hidden: ['9', '8'], steps });
    const attempted = await happen({ kind: 'attempt', n: 4, at: NOW - 7, unconfirmed: false });

    await world.reopen();

    expect(attempted?.delivery.mention).toBe('out');
    expect(await world.ledger.deliveries.openOf(ID)).toEqual(attempted?.delivery);
    expect(await world.ledger.deliveries.get('d1')).toEqual(attempted);
    expect(await world.ledger.deliveries.open()).toEqual([{ id: 'd1', destinationId: ID, kind: 'channel' }]);
    expect(await world.ledger.deliveries.get('d9')).toBeUndefined();
  });

  it('are planned when the destination says so, and only one at a time is open', async () => {
    await follow();

    expect(await world.ledger.deliveries.plan(buildDelivery(), (at) => at?.id !== ID)).toBe(false);
    const planned = await Promise.all(['d1', 'd2', 'd3'].map((id) => plan({ id })));

    expect(planned.filter(Boolean)).toHaveLength(1);
    expect(await world.ledger.deliveries.open()).toHaveLength(1);
  });

  it('record what was sent, and what follows for the destination, at once', async () => {
    await follow();
    await plan();
    await happen({ kind: 'attempt', n: 1, at: NOW, unconfirmed: false });

    const sent = await happen({ kind: 'sent', n: 1, messageId: '77', at: NOW + 5 });

    expect(sent?.delivery.steps[0]).toMatchObject({ status: 'sent', messageId: '77', attempts: 0 });
    const kept = await world.ledger.deliveries.get('d1');
    expect(kept?.destination).toEqual(sent?.destination);
    expect(kept?.delivery.steps).toEqual([
      { ...sent?.delivery.steps[0], view: undefined },
      sent?.delivery.steps[1],
    ]);
    expect(await world.ledger.destinations.get(ID)).toMatchObject({ lastDeliveredAt: NOW + 5 });
    expect(await world.ledger.deliveries.recordsOf(ID)).toEqual(
      new Map([['2606.00001', { paperId: '2606.00001', kind: 'sent', messageId: '77', at: NOW + 5 }]]),
    );
    const recordsOf = async (...papers: readonly string[]) => [
      ...(await world.ledger.deliveries.recordsOf(ID, papers)).keys(),
    ];
    expect(await recordsOf('2606.00002', '2606.00001')).toEqual(['2606.00001']);
    expect(await recordsOf('2606.00002')).toEqual([]);
    expect(await recordsOf()).toEqual([]);
  });

  it('write nothing of what a decision refuses, and its error comes out as it is', async () => {
    await follow();
    await plan();
    const refusal = new RangeError('no such step');

    expect(await world.ledger.deliveries.transition('d1', () => undefined)).toBeUndefined();
    const failing = world.ledger.deliveries.transition('d1', () => {
      throw refusal;
    });

    await expect(failing).rejects.toBe(refusal);
    expect(await world.ledger.deliveries.openOf(ID)).toEqual(buildDelivery());
  });

  it('write all of a change or nothing', async () => {
    await follow();
    await plan();

    // What is written last fails: no column takes such a number.
    const failing = world.ledger.deliveries.transition('d1', (view) => ({
      ...apply(view, { kind: 'give-up', reason: 'paused', at: NOW }),
      records: [{ paperId: '2606.00001', kind: 'sent', at: NOW }],
      destination: buildDestination({ max: 3, nextSlot: Number.NaN }),
    }));

    await expect(failing).rejects.toThrow('The ledger could not be read or written.');
    expect(await world.ledger.deliveries.get('d1')).toEqual({
      delivery: buildDelivery(),
      destination: buildDestination(),
    });
    expect((await world.ledger.deliveries.recordsOf(ID)).size).toBe(0);
  });

  it('that are removed with their destination leave the delivery to its end', async () => {
    await follow();
    await plan();

    const removed = await world.ledger.deliveries.transition('d1', ({ delivery }) => ({
      delivery: { ...delivery, givenUp: { reason: 'gone', at: NOW } },
      records: [],
      destination: 'removed',
    }));

    expect(removed?.destination).toBeUndefined();
    expect(await world.ledger.destinations.get(ID)).toBeUndefined();
    expect(await world.ledger.deliveries.get('d1')).toEqual(removed);
    await close();
    expect(await world.ledger.deliveries.open()).toEqual([]);
  });

  it('see a pause that came before them: none is attempted after it', async () => {
    await follow();
    await plan();
    const seen: boolean[] = [];
    const attempts = Array.from({ length: 5 }, () =>
      world.ledger.deliveries.transition('d1', (view) => {
        const isPaused = view.destination?.pausedAt !== undefined;
        seen.push(isPaused === (view.delivery.givenUp !== undefined));
        return isPaused ? undefined : apply(view, { kind: 'attempt', n: 1, at: NOW, unconfirmed: false });
      }),
    );
    const pause = world.ledger.destinations.change(ID, () => ({
      destination: buildDestination({ pausedAt: NOW }),
      giveUp: 'paused',
    }));

    const written = await Promise.all(attempts);
    await pause;

    expect(seen.every(Boolean)).toBe(true);
    const done = written.filter((view) => view !== undefined).length;
    expect((await world.ledger.deliveries.get('d1'))?.delivery.steps[0]?.attempts).toBe(done);
  });

  it('keep each of many changes at once', async () => {
    await follow();
    const steps = Array.from({ length: 20 }, (_, n) => planStep(buildStep(n), n));
    await plan({ steps });

    await Promise.all(
      steps.flatMap(({ n }) => [
        happen({ kind: 'attempt', n, at: NOW, unconfirmed: false }),
        happen({ kind: 'sent', n, messageId: `${n}`, at: NOW }),
      ]),
    );

    const { delivery } = (await world.ledger.deliveries.get('d1')) ?? {};
    expect(delivery?.steps.map(({ messageId }) => messageId)).toEqual(steps.map(({ n }) => `${n}`));
    expect((await world.ledger.deliveries.recordsOf(ID)).size).toBe(20);
  });

  it('take new steps beside those that they had', async () => {
    await follow();
    await plan({ steps: [planStep(buildStep(0, { papers: ['1', '2'] }), 0), planStep(buildStep(1), 1)] });
    const alone = [buildStep(2, { papers: ['1'] }), buildStep(3, { papers: ['2'] })];

    const split = await happen({ kind: 'split', n: 0, steps: alone });

    expect(split?.delivery.steps.map(({ n }) => n)).toEqual([0, 2, 3, 1]);
    expect(await world.ledger.deliveries.get('d1')).toEqual(split);
  });

  it('that are closed make room for the next, and drop their messages', async () => {
    await follow();
    await plan({ hidden: ['9'] });

    await close();

    const [closed] = await world.ledger.deliveries.latestOf(ID, 1);
    expect(closed?.steps.map(({ view, papers }) => [view, papers])).toEqual([
      [undefined, ['2606.00001']],
      [undefined, ['2606.00002']],
    ]);
    expect(await plan({ id: 'd2' })).toBe(true);
    expect((await world.ledger.deliveries.recordsOf(ID)).get('9')?.kind).toBe('hidden');
  });

  it('that were closed last come first', async () => {
    await follow();
    for (const [index, id] of ['d1', 'd2', 'd3'].entries()) {
      await plan({ id });
      await close(id, NOW + index);
    }
    await plan({ id: 'd4' });

    expect((await world.ledger.deliveries.latestOf(ID, 2)).map(({ id }) => id)).toEqual(['d3', 'd2']);
    expect((await world.ledger.deliveries.latestOf(ID, 1, NOW + 1)).map(({ id }) => id)).toEqual(['d2']);
    expect(await world.ledger.deliveries.latestOf('c9', 2)).toEqual([]);
  });

  it('tell when a subscription was last shown', async () => {
    await plan({ kind: 'sample', subscriptionId: 's1', slot: NOW - 5 });
    expect(await world.ledger.deliveries.lastSample('s1')).toBeUndefined();

    await happen({ kind: 'sent', n: 1, messageId: '7', at: NOW });

    expect(await world.ledger.deliveries.lastSample('s1')).toBe(NOW - 5);
    expect(await world.ledger.deliveries.lastSample('s2')).toBeUndefined();
  });

  it('keep a paper recorded as sent, whatever is recorded later', async () => {
    await plan();
    const record = (one: Partial<PaperRecord>) =>
      world.ledger.deliveries.transition('d1', ({ delivery }) => ({
        delivery,
        records: [{ paperId: '1', kind: 'sent', at: NOW, ...one }],
      }));
    await record({ kind: 'refused', code: 50_035 });
    await record({ messageId: '7', unconfirmed: true, at: NOW + 1 });
    await record({ kind: 'hidden', at: NOW + 2 });

    expect((await world.ledger.deliveries.recordsOf(ID)).get('1')).toEqual({
      paperId: '1',
      kind: 'sent',
      messageId: '7',
      unconfirmed: true,
      at: NOW + 1,
    });
  });

  it('are forgotten for somebody who wants it so, and for nobody else; the open one goes on', async () => {
    const other = 'u100000000000000002';
    for (const [id, destinationId] of Object.entries({ d1: ID, d2: other })) {
      await plan({ id, destinationId, hidden: ['9'] });
      await close(id);
    }
    await plan({ id: 'd3' });

    await world.ledger.deliveries.forget(ID);
    await world.ledger.deliveries.forget(ID);

    expect(await world.ledger.deliveries.latestOf(ID, 9)).toEqual([]);
    expect((await world.ledger.deliveries.recordsOf(ID)).size).toBe(0);
    expect(await world.ledger.deliveries.openOf(ID)).toMatchObject({ id: 'd3' });
    expect(await world.ledger.deliveries.latestOf(other, 9)).toHaveLength(1);
    expect((await world.ledger.deliveries.recordsOf(other)).size).toBe(1);
  });
});
