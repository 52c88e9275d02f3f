import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS } from '../../../../src/calendar/zoned-time.ts';
import { type Delivery, type PlannedStep, planStep } from '../../../../src/delivery/delivery.ts';
import { apply, type DeliveryEvent } from '../../../../src/delivery/transitions.ts';
import { buildDelivery, buildDestination, buildStep, GUILD, ID } from './build-rows.ts';
import { DATABASES, NOW, useLedger } from './ledger-world.ts';

const VIEW = { papers: ['2606.00001'], numbers: [1, 2] };
const living = (n: number, about: Partial<PlannedStep> = {}) => buildStep(n, { view: VIEW, ...about });
const MESSAGE_ID = '100000000000000077';

describe.each(DATABASES)('posts, on $name', (database) => {
  const world = useLedger(database);
  const due = (now: number, limit = 100) => world.ledger.posts.due(now, limit);
  const happen = (event: DeliveryEvent) =>
    world.ledger.deliveries.transition('d1', (view) => apply(view, event));

  async function plan(steps: readonly PlannedStep[], about: Partial<Delivery> = {}): Promise<void> {
    await world.ledger.destinations.change(ID, () => ({
      destination: buildDestination({ mention: '100000000000000055' }),
    }));
    await world.ledger.deliveries.plan(buildDelivery({ steps: steps.map(planStep), ...about }), () => true);
  }
  async function send(n: number, messageId = MESSAGE_ID): Promise<void> {
    await happen({ kind: 'attempt', n, at: NOW, unconfirmed: false });
    await happen({ kind: 'sent', n, messageId, shown: 'as sent', at: NOW + 5 });
  }

  it('are made by what is sent, and due an hour later, also after a restart', async () => {
    await plan([living(0)]);
    await send(0);
    await world.reopen();

    expect(await due(NOW + HOUR_MS + 4)).toEqual([]);
    expect(await due(NOW + HOUR_MS + 5)).toEqual([
      {
        deliveryId: 'd1',
        n: 0,
        channelId: ID.slice(1),
        messageId: MESSAGE_ID,
        mayBeCrossposted: false,
        postedAt: NOW + 5,
        refreshAt: NOW + HOUR_MS + 5,
        view: VIEW,
        shown: 'as sent',
      },
    ]);
  });

  it('of a forum are messages within their own post, and know the role that they mentioned', async () => {
    await plan([living(0, { kind: 'forum-post' })], { mention: 'due' });
    await send(0);

    expect(await due(NOW + DAY_MS)).toMatchObject([
      {
        channelId: MESSAGE_ID,
        role: '100000000000000055',
        shown: 'as sent',
      },
    ]);
  });

  it('of an announcement channel are marked, as people may publish them elsewhere', async () => {
    const place = { kind: 'channel', channelId: '1', guildId: GUILD, channelKind: 'announcement' } as const;
    await plan([living(0)], { place });
    await send(0);

    expect(await due(NOW + DAY_MS)).toMatchObject([{ mayBeCrossposted: true }]);
  });

  it('are found too when the answer was lost and the message was looked for', async () => {
    await plan([living(0)]);
    await happen({ kind: 'attempt', n: 0, at: NOW, unconfirmed: false });
    await happen({ kind: 'unclear', n: 0 });
    await happen({ kind: 'sent', n: 0, messageId: MESSAGE_ID, at: NOW - 3 });

    expect(await due(NOW + DAY_MS)).toMatchObject([{ messageId: MESSAGE_ID, postedAt: NOW - 3, shown: '' }]);
  });

  it('are none of what has no view, goes as plain text, is deleted already, or has nobody to go to', async () => {
    await plan([buildStep(0), living(1), living(2), living(3)]);
    await send(0, '70');
    await happen({ kind: 'attempt', n: 1, at: NOW, unconfirmed: false });
    await happen({ kind: 'content', n: 1, code: 50_035 });
    await send(1, '71');
    await happen({ kind: 'attempt', n: 2, at: NOW, unconfirmed: false });
    await happen({ kind: 'sent', n: 2, at: NOW });
    expect(await world.run('SELECT * FROM posts')).toEqual([]);

    await world.ledger.destinations.change(ID, () => ({ destination: undefined }));
    await send(3, '73');

    expect(await world.run('SELECT * FROM posts')).toEqual([]);
  });

  it('come the longest due first, and no more than are asked for', async () => {
    await plan([0, 1, 2].map((n) => living(n)));
    for (const n of [0, 1, 2]) await send(n, `7${n}`);
    const [first, second, third] = await due(NOW + DAY_MS);
    if (first === undefined || second === undefined || third === undefined) throw new Error('not there');
    await world.ledger.posts.settle([
      { kind: 'kept', post: { ...first, refreshAt: NOW + 3 } },
      { kind: 'kept', post: { ...second, refreshAt: NOW + 1 } },
      { kind: 'kept', post: { ...third, refreshAt: NOW + 2 } },
    ]);

    expect(await due(NOW + DAY_MS, 2)).toEqual([
      { ...second, refreshAt: NOW + 1 },
      { ...third, refreshAt: NOW + 2 },
    ]);
  });

  it('keep what became of them, and are forgotten when they are sealed', async () => {
    await plan([living(0), living(1)]);
    for (const n of [0, 1]) await send(n, `7${n}`);
    const [first, second] = await due(NOW + DAY_MS);
    if (first === undefined || second === undefined) throw new Error('not there');
    const kept = { ...first, refreshAt: NOW + 2 * DAY_MS, shown: 'new' };

    await world.ledger.posts.settle([
      { kind: 'kept', post: kept },
      { kind: 'sealed', post: second },
    ]);

    expect(await due(NOW + DAY_MS)).toEqual([]);
    expect(await due(NOW + 2 * DAY_MS)).toEqual([kept]);
  });

  it('go with their destination, and do not come back with what was under way', async () => {
    await plan([living(0)]);
    await send(0);
    const [post] = await due(NOW + DAY_MS);
    await world.ledger.destinations.change(ID, () => ({ destination: undefined }));

    expect(await due(NOW + DAY_MS)).toEqual([]);
    if (post !== undefined) await world.ledger.posts.settle([{ kind: 'kept', post }]);
    expect(await due(NOW + DAY_MS)).toEqual([]);
  });

  it('that cannot be read are told of, hold up no other, and are purged', async () => {
    await plan([living(0), living(1)]);
    for (const n of [0, 1]) await send(n, `7${n}`);
    await world.run(`UPDATE posts SET document = '{' WHERE n = 0`);

    expect(await due(NOW + DAY_MS)).toMatchObject([{ messageId: '71' }]);
    expect(world.logged).toEqual([{ table: 'posts', key: 'd1:0' }]);
    await world.ledger.purgeIfDue();
    for (let day = 0; day < 6; day += 1) {
      world.now += DAY_MS;
      await world.ledger.purgeIfDue();
    }
    expect(await world.run('SELECT n FROM posts')).toEqual([]);
  });
});
