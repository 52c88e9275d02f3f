import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { OpenPlace } from '../../../src/subscriptions/destination.ts';
import { CHANNEL, createDeliveryWorld, type DeliveryWorld, SLOT } from '../../support/delivery-world.ts';

const PERSON = 'u100000000000000007';
const DM: OpenPlace = { kind: 'dm', userId: PERSON.slice(1), channelId: '100000000000000008' };
const HERE: OpenPlace = {
  kind: 'channel',
  channelId: CHANNEL.slice(1),
  guildId: '100000000000000002',
  channelKind: 'text',
};
const PAPER = '2606.00001';
const OTHER = '2606.00002';
const CODE = { url: 'https://github.com/state-spaces/mamba' };
const LINKED = { count: 1, names: ['org/name'] };
const NONE = { count: 0, names: [] };
const CLOSED = { kind: 'dms-closed', code: 50_007, message: 'Cannot send messages to this user' } as const;
const BLOCKED = { kind: 'blocked', code: 50_013, message: 'Missing Permissions' } as const;

/** A person follows a paper, and nothing else. */
async function createFollowerWorld(): Promise<DeliveryWorld> {
  const world = await createDeliveryWorld();
  world.list([PAPER, OTHER]);
  await world.followPaper(PAPER, { place: DM });
  await pass(world, MINUTE_MS);
  return world;
}

async function pass(world: DeliveryWorld, ms: number, every = 11 * MINUTE_MS): Promise<void> {
  await world.passTo(world.clock.now() + ms, Math.min(ms, every));
}

const told = (world: DeliveryWorld, id = PERSON) => world.posts(id).map(({ papers }) => papers);

describe('whoever follows a paper', () => {
  it('is told of each of its news once, and of several at once in one message', async () => {
    const world = await createFollowerWorld();
    await pass(world, HOUR_MS);
    expect(told(world)).toEqual([]);

    world.list([PAPER], { code: CODE });
    await pass(world, HOUR_MS);
    world.list([PAPER], { links: { models: LINKED, datasets: NONE, spaces: LINKED }, upvotes: 104 });
    await pass(world, DAY_MS);

    expect(told(world)).toEqual([[`${PAPER}#code`], [`${PAPER}#model`, `${PAPER}#space`, `${PAPER}#votes`]]);
    expect(await world.states(PERSON)).toEqual(['done', 'done']);
  });

  it('is not told what was true already, nor of other papers', async () => {
    const world = await createFollowerWorld();
    world.list([OTHER], { code: CODE, upvotes: 120 });
    await world.followPaper(OTHER, { place: DM, known: ['code'] });

    await pass(world, HOUR_MS);

    expect(told(world)).toEqual([[`${OTHER}#votes`]]);
  });

  it('is told nothing more after 90 days, and what came before the end', async () => {
    const world = await createFollowerWorld();
    world.setSource(false);
    await world.clock.passTo(world.clock.now() + 89 * DAY_MS);
    world.list([PAPER], { code: CODE });
    await pass(world, HOUR_MS);
    await world.clock.passTo(world.clock.now() + DAY_MS);
    world.list([PAPER], { upvotes: 100 });

    await pass(world, HOUR_MS);

    expect(told(world)).toEqual([[`${PAPER}#code`]]);
  });

  it('hears nothing twice over restarts, and what came while the bot was off', async () => {
    const world = await createFollowerWorld();
    world.list([PAPER], { code: CODE });
    await pass(world, HOUR_MS);
    await world.restart();
    await pass(world, HOUR_MS);
    await world.scheduler().drain();
    world.list([PAPER], { upvotes: 100 });

    await world.restart();
    await pass(world, HOUR_MS);

    expect(told(world)).toEqual([[`${PAPER}#code`], [`${PAPER}#votes`]]);
  });

  it('hears it once although the answer of Discord was lost', async () => {
    const world = await createFollowerWorld();
    world.transport.answer(PERSON, { kind: 'unclear', message: 'no answer', effect: true });
    world.list([PAPER], { code: CODE });

    await pass(world, DAY_MS);

    expect(told(world)).toEqual([[`${PAPER}#code`]]);
    expect((await world.records(PERSON)).get(`${PAPER}#code`)).toMatchObject({ kind: 'sent' });
  });

  it('gets each of several news alone where Discord refuses one of them', async () => {
    const world = await createFollowerWorld();
    world.transport.refusePaper(`${PAPER}#code`, 'always');
    world.list([PAPER], { code: CODE, upvotes: 100 });

    await pass(world, DAY_MS);

    expect(told(world)).toEqual([[`${PAPER}#votes`]]);
  });

  it('of which Discord calls each news malformed is tried once a day, and loses nothing', async () => {
    const world = await createFollowerWorld();
    for (const event of ['code', 'votes']) world.transport.refusePaper(`${PAPER}#${event}`, 'always');
    world.list([PAPER], { code: CODE, upvotes: 100 });
    await pass(world, HOUR_MS);
    const once = world.attempts(PERSON).length;

    await pass(world, 20 * HOUR_MS);
    expect(world.attempts(PERSON)).toHaveLength(once);
    for (const event of ['code', 'votes']) world.transport.acceptPaper(`${PAPER}#${event}`);
    await pass(world, DAY_MS);

    expect(told(world)).toEqual([[`${PAPER}#code`, `${PAPER}#votes`]]);
  });

  it('in a channel that was deleted is tried once a day', async () => {
    const world = await createDeliveryWorld();
    world.list([PAPER]);
    await world.followPaper(PAPER, { place: HERE });
    world.transport.answerAlways(CHANNEL, { kind: 'gone', code: 10_003, message: 'Unknown Channel' });
    world.list([PAPER], { code: CODE });

    await pass(world, 3 * DAY_MS);

    expect(world.attempts(CHANNEL)).toHaveLength(3);
  });

  it('with closed DMs is tried once a day, and loses nothing', async () => {
    const world = await createFollowerWorld();
    world.transport.answerAlways(PERSON, CLOSED);
    world.list([PAPER], { code: CODE });
    await pass(world, 3 * DAY_MS);
    expect(world.attempts(PERSON)).toHaveLength(3);

    world.transport.answerAlways(PERSON, undefined);
    await pass(world, DAY_MS + HOUR_MS);

    expect(told(world)).toEqual([[`${PAPER}#code`]]);
  });

  it.each([
    ['by closed DMs', { id: PERSON, place: DM, answer: CLOSED, most: 16 }],
    ['in a closed channel', { id: CHANNEL, place: HERE, answer: BLOCKED, most: 14 * 24 + 2 }],
  ] as const)('%s is tried for two weeks, and hears what comes later', async (_, given) => {
    const { id, place, answer, most } = given;
    const world = await createDeliveryWorld();
    world.list([PAPER]);
    await world.followPaper(PAPER, { place });
    world.transport.answerAlways(id, answer);
    world.list([PAPER], { code: CODE });
    await pass(world, 20 * DAY_MS, HOUR_MS);
    expect(world.attempts(id).length).toBeLessThanOrEqual(most);
    expect((await world.records(id)).get(`${PAPER}#code`)).toMatchObject({ kind: 'hidden' });

    world.transport.answerAlways(id, undefined);
    world.list([PAPER], { upvotes: 100 });
    await pass(world, 2 * DAY_MS, HOUR_MS);

    expect(told(world, id)).toEqual([[`${PAPER}#votes`]]);
  });

  it('hears in the end what came two weeks ago at most, whatever came before that', async () => {
    const world = await createFollowerWorld();
    world.transport.answerAlways(PERSON, CLOSED);
    world.list([PAPER], { code: CODE });
    await pass(world, 8 * DAY_MS, HOUR_MS);
    world.list([PAPER], { upvotes: 100 });
    await pass(world, 10 * DAY_MS, HOUR_MS);

    world.transport.answerAlways(PERSON, undefined);
    await pass(world, 2 * DAY_MS, HOUR_MS);

    expect(told(world)).toEqual([[`${PAPER}#votes`]]);
  });

  it('with closed DMs is tried once a day, also after the clock was a year ahead for a while', async () => {
    const world = await createFollowerWorld();
    world.transport.answerAlways(PERSON, CLOSED);
    world.list([PAPER], { code: CODE });
    const before = world.clock.now();
    world.clock.setWall(before + 365 * DAY_MS);
    await world.followPaper(PAPER, { place: DM });
    await world.tick();
    await pass(world, HOUR_MS);
    world.clock.setWall(before + HOUR_MS);
    const tried = world.attempts(PERSON).length;

    await pass(world, DAY_MS);

    expect(world.attempts(PERSON).length - tried).toBeLessThanOrEqual(2);
  });

  it('hears what could not be told before the bot was off for a month', async () => {
    const world = await createFollowerWorld();
    world.transport.answerAlways(PERSON, CLOSED);
    world.list([PAPER], { code: CODE });
    await pass(world, HOUR_MS);
    await world.clock.passTo(world.clock.now() + 28 * DAY_MS);
    world.transport.answerAlways(PERSON, undefined);

    await world.restart();

    expect(told(world)).toEqual([[`${PAPER}#code`]]);
  });

  it('hears nothing more once it is unfollowed, not even what is on its way', async () => {
    const world = await createFollowerWorld();
    await world.followPaper(OTHER, { place: DM });
    world.transport.answer(PERSON, { kind: 'failed', message: 'later', retryAfterMs: HOUR_MS });
    world.list([PAPER, OTHER], { code: CODE });
    await pass(world, 12 * MINUTE_MS);

    await world.unfollowPaper(PAPER, PERSON);
    await pass(world, DAY_MS);

    expect(told(world)).toEqual([[`${OTHER}#code`]]);
  });
});

describe('a channel where a paper is followed', () => {
  it('gets its digest and the news, one after the other, and the digest is as it would be', async () => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list([PAPER], { listDay: '2026-06-09' });
    await world.followPaper(PAPER, { place: HERE });
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list([PAPER], { code: CODE });

    await world.passTo(SLOT + HOUR_MS);

    expect(world.posted().toSorted()).toEqual([PAPER, `${PAPER}#code`]);
    expect(await world.states()).toEqual(['done', 'done']);
    expect(await world.destination()).toMatchObject({ coveredSlot: SLOT });
  });

  it('gets nothing while it is paused, and all of it afterwards', async () => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list([PAPER], { listDay: '2026-06-09' });
    await world.followPaper(PAPER, { place: HERE });
    await world.pause();
    world.list([PAPER], { code: CODE });
    await pass(world, HOUR_MS);
    expect(world.posted()).toEqual([]);

    await world.resume();
    await pass(world, HOUR_MS);

    expect(world.posted()).toEqual([`${PAPER}#code`]);
  });

  it('is no longer told once nothing is followed there, whatever became of its topics', async () => {
    const world = await createDeliveryWorld();
    await world.follow();
    world.list([PAPER], { listDay: '2026-06-09' });
    await world.followPaper(PAPER, { place: HERE });
    await world.remove();

    world.list([PAPER], { code: CODE });
    await pass(world, HOUR_MS);
    await world.unfollowPaper(PAPER, CHANNEL);
    world.list([PAPER], { upvotes: 100 });
    await pass(world, HOUR_MS);

    expect(world.posted()).toEqual([`${PAPER}#code`]);
  });
});
