import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkContract } from '../playground/discord/contract.ts';
import { buildItem, startWorld, type World } from '../support/world.ts';

/** Monday; its list day began at 01:30Z. */
const MONDAY = '2026-06-08';
const TUESDAY = '2026-06-09';
const WEDNESDAY = '2026-06-10';

describe('a channel that follows every paper, at 09:00 in Berlin', { timeout: 60_000 }, () => {
  let world: World;

  beforeEach(async () => {
    world = await startWorld(`${MONDAY}T10:00Z`);
    world.huggingFace.setDay(MONDAY, [
      buildItem('2606.00001', 5, MONDAY),
      buildItem('2606.00002', 9, MONDAY),
    ]);
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    await admin.runCommand('subscribe', {});
    await admin.runCommand('schedule', { time: '09:00', timezone: 'Europe/Berlin' });
  });

  afterEach(async () => {
    await world.stop();
  });

  it('gets nothing before the next slot', async () => {
    await world.at(`${MONDAY}T12:00Z`);
    await world.at(`${TUESDAY}T06:59Z`);

    expect(world.delivered()).toEqual([]);
  });

  it('gets the day once, most upvoted first, and the next day only what is new, with the late ones', async () => {
    await world.at(`${TUESDAY}T07:00Z`);
    await world.at(`${TUESDAY}T07:01Z`);
    expect(world.delivered()).toEqual([['2606.00002', '2606.00001']]);

    world.huggingFace.setDay(TUESDAY, [
      buildItem('2606.00004', 1, TUESDAY),
      buildItem('2606.00003', 3, TUESDAY),
    ]);
    await world.at(`${TUESDAY}T20:00Z`);
    world.huggingFace.setDay(WEDNESDAY, [buildItem('2606.00005', 0, WEDNESDAY)]);
    await world.at(`${WEDNESDAY}T07:00Z`);

    expect(world.delivered()).toEqual([
      ['2606.00002', '2606.00001'],
      ['2606.00005', '2606.00003', '2606.00004'],
    ]);
  });

  it('hears nothing on a day without papers', async () => {
    await world.at(`${TUESDAY}T07:00Z`);
    await world.at(`${WEDNESDAY}T07:00Z`);

    expect(world.delivered()).toHaveLength(1);
  });

  it('does not get a paper again that moved to a later day', async () => {
    await world.at(`${TUESDAY}T07:00Z`);
    world.huggingFace.setDay(WEDNESDAY, [buildItem('2606.00001', 50, WEDNESDAY)]);

    await world.at(`${WEDNESDAY}T07:00Z`);

    expect(world.delivered()).toHaveLength(1);
  });

  it('gets it once when the bot restarts before and after', async () => {
    await world.restart();
    await world.at(`${TUESDAY}T07:00Z`);
    await world.restart();
    await world.at(`${TUESDAY}T07:05Z`);

    expect(world.delivered()).toEqual([['2606.00002', '2606.00001']]);
  });

  it('gets it once the source answers again', async () => {
    world.huggingFace.fail({ status: 500 });
    await world.at(`${TUESDAY}T07:00Z`);
    await world.at(`${TUESDAY}T08:00Z`);
    expect(world.delivered()).toEqual([]);

    world.huggingFace.fail(undefined);
    await world.at(`${TUESDAY}T08:30Z`);

    expect(world.delivered()).toEqual([['2606.00002', '2606.00001']]);
  });

  it('is shown as blocked while a permission is missing, and gets all of it once it is back', async () => {
    const viewOnly = 1n << 10n;
    const everything = (1n << 50n) - 1n;
    world.discord.setBotPermissions(world.channelId, viewOnly);
    await world.at(`${TUESDAY}T07:00Z`);
    expect(world.delivered()).toEqual([]);
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    const health = await admin.runCommand('subscriptions', {});
    expect(JSON.stringify(health.message)).toMatch(/Send Messages/);

    world.discord.setBotPermissions(world.channelId, everything);
    await world.at(`${TUESDAY}T09:00Z`);
    expect(world.delivered()).toEqual([]);
    world.huggingFace.setDay(WEDNESDAY, [buildItem('2606.00005', 0, WEDNESDAY)]);
    await world.at(`${WEDNESDAY}T07:00Z`);

    expect(world.delivered()).toEqual([['2606.00005', '2606.00002', '2606.00001']]);
  });

  it('asks Discord for nothing that its own description does not know', async () => {
    await world.at(`${TUESDAY}T07:00Z`);
    await world.restart();

    expect(world.delivered()).toHaveLength(1);
    expect(checkContract(world.discord.requests)).toEqual([]);
  });
});
