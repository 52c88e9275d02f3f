import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildItem, startWorld, type World } from '../support/world.ts';

/** Monday; its list day began at 01:30Z. */
const MONDAY = '2026-06-08';
const TUESDAY = '2026-06-09';
const WEDNESDAY = '2026-06-10';

function buildTitled(id: string, title: string, { upvotes = 5, day = MONDAY } = {}) {
  const item = buildItem(id, upvotes, day);
  return { ...item, paper: { ...item.paper, title } };
}

describe('a channel that follows topics, at 09:00 UTC', { timeout: 60_000 }, () => {
  let world: World;
  let run: (command: string, options?: Record<string, unknown>) => Promise<unknown>;

  beforeEach(async () => {
    world = await startWorld(`${MONDAY}T10:00Z`);
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    run = (command, options = {}) => admin.runCommand(command, options);
  });

  afterEach(async () => {
    await world.stop();
  });

  it('gets a paper on the day it has its upvotes, two days later', async () => {
    world.huggingFace.setDay(MONDAY, [buildTitled('2606.00001', 'Mamba', { upvotes: 7 })]);
    await run('subscribe', { topic: 'mamba upvotes>=20' });
    await world.at(`${TUESDAY}T09:00Z`);
    expect(world.delivered()).toEqual([]);

    world.huggingFace.setDay(MONDAY, [buildTitled('2606.00001', 'Mamba', { upvotes: 21 })]);
    await world.at(`${TUESDAY}T20:00Z`);
    await world.at(`${WEDNESDAY}T09:00Z`);
    await world.at('2026-06-11T09:00Z');

    expect(world.delivered()).toEqual([['2606.00001']]);
  });

  it('gets a paper on the day it is among the three best of its own, and no paper twice', async () => {
    const list = (votes: readonly number[]) =>
      world.huggingFace.setDay(
        MONDAY,
        votes.map((upvotes, at) => buildTitled(`2606.0000${at}`, 'Mamba', { upvotes })),
      );
    list([30, 20, 10, 5]);
    await run('subscribe', { topic: 'top:3' });
    await world.at(`${TUESDAY}T09:00Z`);

    list([30, 20, 15, 25]);
    await world.at(`${TUESDAY}T20:00Z`);
    await world.at(`${WEDNESDAY}T09:00Z`);
    await world.at('2026-06-11T09:00Z');

    expect(world.delivered()).toEqual([['2606.00000', '2606.00001', '2606.00002'], ['2606.00003']]);
  });

  it('gets a paper on the day it rises, once', async () => {
    const list = (votes: readonly number[]) =>
      world.huggingFace.setDay(
        MONDAY,
        votes.map((upvotes, at) => buildTitled(`2606.0000${at}`, 'Mamba', { upvotes })),
      );
    list([9, 8]);
    await run('subscribe', { topic: 'mamba rising:yes' });
    await world.at(`${TUESDAY}T09:00Z`);
    expect(world.delivered()).toEqual([]);

    list([11, 24]);
    await world.at(`${TUESDAY}T20:00Z`);
    await world.at(`${WEDNESDAY}T09:00Z`);
    await world.at('2026-06-11T09:00Z');

    expect(world.delivered()).toEqual([['2606.00001']]);
  });

  it('gets papers as they come once it is set to instantly in mid-day, and pings the role once that day', async () => {
    const role = world.discord.addRole(world.guildId, 'Readers', { mentionable: true });
    world.huggingFace.setDay(MONDAY, [buildTitled('2606.00001', 'Mamba before the switch')]);
    await run('subscribe', { topic: 'mamba' });
    await world.at(`${MONDAY}T11:00Z`);
    await run('schedule', { time: 'instantly', mention: role.id });

    for (const [at, time] of ['12:00', '13:00'].entries()) {
      const papers = Array.from({ length: at + 2 }, (_, n) => buildTitled(`2606.0000${n + 1}`, 'Mamba'));
      world.huggingFace.setDay(MONDAY, papers);
      await world.at(`${MONDAY}T${time}Z`);
    }

    expect(world.delivered()).toEqual([['2606.00001', '2606.00002'], ['2606.00003']]);
    const pings = world.discord.messagesOf(world.channelId).map((one) => one.mention_roles);
    expect(pings).toEqual([[role.id], [], []]);
  });

  it('gets late papers too in a weekly digest, and none twice', async () => {
    await run('subscribe', { topic: 'mamba' });
    await run('schedule', { days: 'fri' });
    world.huggingFace.setDay(TUESDAY, [buildTitled('2606.00001', 'Mamba', { day: TUESDAY })]);
    await world.at(`${WEDNESDAY}T12:00Z`);
    await world.at('2026-06-12T09:00Z');

    world.huggingFace.setDay('2026-06-11', [buildTitled('2606.00002', 'Mamba late', { day: '2026-06-11' })]);
    await world.at('2026-06-12T20:00Z');
    await world.at('2026-06-19T09:00Z');

    expect(world.delivered()).toEqual([['2606.00001'], ['2606.00002']]);
  });

  it('gets nothing before the slot that a change of zone has named', async () => {
    await run('subscribe', { topic: 'mamba' });
    world.huggingFace.setDay(MONDAY, [buildTitled('2606.00001', 'Mamba')]);
    await world.at(`${TUESDAY}T08:30Z`);
    await run('schedule', { timezone: 'America/New_York' });

    await world.at(`${TUESDAY}T09:00Z`);
    expect(world.delivered()).toEqual([]);
    await world.at(`${TUESDAY}T13:00Z`);

    expect(world.delivered()).toEqual([['2606.00001']]);
  });

  it('gets of a topic that is added after half a year only what is listed from then on', async () => {
    await run('subscribe', { topic: 'mamba' });
    await world.at(`${TUESDAY}T09:00Z`);
    const later = '2026-12-08';
    world.huggingFace.setDay('2026-12-07', [buildTitled('2612.00001', 'Old graphs', { day: '2026-12-07' })]);
    await world.at('2026-12-07T20:00Z');
    await world.at(`${later}T10:00Z`);

    await run('subscribe', { topic: 'graph' });
    world.huggingFace.setDay(later, [buildTitled('2612.00002', 'New graphs', { day: later })]);
    await world.at(`${later}T20:00Z`);
    await world.at('2026-12-09T09:00Z');

    expect(world.delivered()).toEqual([['2612.00002']]);
  });

  it('loses none of fifty changes that come at once', async () => {
    const words = Array.from({ length: 20 }, (_, at) => `word${at}`);
    await Promise.all(words.slice(0, 10).map((topic) => run('subscribe', { topic })));

    await Promise.all([
      ...words.slice(10).map((topic) => run('subscribe', { topic })),
      ...words.slice(5, 10).map((topic) => run('subscribe', { topic, min_upvotes: 3 })),
      ...words.slice(0, 10).map(() => run('schedule', { time: '9:30' })),
      ...words.slice(0, 5).map((topic) => run('subscribe', { topic: `${topic} mamba` })),
      ...words.slice(0, 15).map((_, at) => run('schedule', { max: at + 1 })),
      ...words.slice(0, 5).map((topic) => run('unsubscribe', { topic })),
    ]);

    const view = JSON.stringify(await run('subscriptions'));
    const missing = [...words.slice(5), ...words.slice(0, 5).map((word) => `${word} mamba`)].filter(
      (topic) => !view.includes(`\`${topic}\``),
    );
    expect(missing).toEqual([]);
    expect(words.slice(0, 5).filter((topic) => view.includes(`\`${topic}\``))).toEqual([]);
    expect(view).toContain('09:30');
  });
});
