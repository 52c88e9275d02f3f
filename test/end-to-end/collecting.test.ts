import { afterEach, describe, expect, it } from 'vitest';
import { buildItem, startWorld, type World } from '../support/world.ts';

const MONDAY = '2026-06-08';
const TUESDAY = '2026-06-09';
const THURSDAY = '2026-06-11';

describe('a channel that follows every paper', { timeout: 60_000 }, () => {
  let world: World;

  afterEach(async () => {
    await world.stop();
  });

  async function followAt(time: string): Promise<void> {
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    await admin.runCommand('subscribe', {});
    await admin.runCommand('schedule', { time, timezone: 'UTC' });
  }

  it('gets its papers though the clock was ten hours ahead at the start', async () => {
    world = await startWorld(`${MONDAY}T20:00Z`);
    world.setWall(`${MONDAY}T10:00Z`);
    await followAt('12:00');
    world.huggingFace.setDay(MONDAY, [buildItem('2606.00001', 5, MONDAY)]);

    await world.at(`${MONDAY}T12:00Z`);

    expect(world.delivered()).toEqual([['2606.00001']]);
  });

  it('gets its papers instantly after a clock that was ten hours ahead was corrected', async () => {
    world = await startWorld(`${MONDAY}T09:00Z`);
    await followAt('instantly');
    await world.restart(() => world.setWall(`${MONDAY}T20:00Z`));
    world.setWall(`${MONDAY}T10:00Z`);
    world.huggingFace.setDay(MONDAY, [buildItem('2606.00001', 5, MONDAY)]);

    await world.at(`${MONDAY}T10:10Z`);

    expect(world.delivered()).toEqual([['2606.00001']]);
  });

  it('loses no paper of a slot that was decided by a clock ten hours ahead', async () => {
    world = await startWorld(`${MONDAY}T09:00Z`);
    await followAt('18:00');
    await world.restart(() => world.setWall(`${MONDAY}T20:00Z`));
    world.setWall(`${MONDAY}T10:00Z`);
    world.huggingFace.setDay(MONDAY, [buildItem('2606.00001', 5, MONDAY)]);

    await world.at(`${MONDAY}T18:00Z`);
    await world.at(`${TUESDAY}T18:00Z`);

    expect(world.delivered()).toEqual([['2606.00001']]);
  });

  it('gets its papers when the bot starts again after the clock was corrected', async () => {
    world = await startWorld(`${MONDAY}T20:00Z`);
    await world.restart(() => world.setWall(`${MONDAY}T11:40Z`));
    await followAt('12:00');
    world.huggingFace.fail({ status: 500 });

    await world.at(`${MONDAY}T12:10Z`);
    world.huggingFace.setDay(MONDAY, [buildItem('2606.00001', 5, MONDAY)]);
    world.huggingFace.fail(undefined);
    await world.at(`${MONDAY}T12:20Z`);

    expect(world.delivered()).toEqual([['2606.00001']]);
  });

  it.each([200, 400, 403, 413])('waits while a proxy answers with %d and HTML', async (status) => {
    world = await startWorld(`${MONDAY}T10:00Z`);
    await followAt('12:00');
    world.huggingFace.fail({ status, body: 'garbage' });
    await world.at(`${MONDAY}T12:00Z`);

    world.huggingFace.setDay(MONDAY, [buildItem('2606.00001', 5, MONDAY)]);
    world.huggingFace.fail(undefined);
    await world.at(`${MONDAY}T12:10Z`);

    expect(world.delivered()).toEqual([['2606.00001']]);
  });

  it('gets a paper that is listed again after the channel followed it, though it still names its first day', async () => {
    world = await startWorld(`${MONDAY}T12:00Z`);
    world.huggingFace.setDay(MONDAY, [buildItem('2606.00001', 5, MONDAY)]);
    await world.at(`${MONDAY}T13:00Z`);
    await world.at(`${TUESDAY}T13:00Z`);
    await followAt('09:00');

    const again = buildItem('2606.00001', 9, MONDAY);
    world.huggingFace.setDay(THURSDAY, [again, buildItem('2606.00002', 5, THURSDAY)]);
    await world.at('2026-06-12T09:00Z');

    expect(world.delivered()).toEqual([['2606.00001', '2606.00002']]);
  });

  it('gets its papers on time though Hugging Face refuses one older day', async () => {
    world = await startWorld(`${MONDAY}T10:00Z`);
    await followAt('09:00');
    world.huggingFace.fail({ status: 403, route: new RegExp(`date=${TUESDAY}`) });
    world.huggingFace.setDay(THURSDAY, [buildItem('2606.00001', 5, THURSDAY)]);

    await world.at(`${THURSDAY}T09:00Z`);

    expect(world.delivered()).toEqual([['2606.00001']]);
  });
});
