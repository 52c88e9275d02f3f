import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildItem, startWorld, type World } from '../support/world.ts';

const MONDAY = '2026-06-08';
const TUESDAY = '2026-06-09';

describe('one paper that Discord refuses', { timeout: 60_000 }, () => {
  let world: World;

  beforeEach(async () => {
    world = await startWorld(`${MONDAY}T12:00Z`);
  });

  afterEach(async () => {
    await world.stop();
  });

  it.each([200_000, 240_000, 50_035] as const)('with code %i is left out alone, and shown', async (code) => {
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    await admin.runCommand('subscribe', {});
    await admin.runCommand('schedule', { time: '09:00', timezone: 'UTC' });
    const items = [1, 2, 3].map((number) => buildItem(`2606.0000${number}`, number, MONDAY));
    world.huggingFace.setDay(MONDAY, items);
    world.discord.refuseContent({ text: 'Paper 2606.00002', code });

    await world.at(`${TUESDAY}T09:00Z`);
    await world.at('2026-06-10T09:00Z');

    expect(world.delivered().flat().toSorted()).toEqual(['2606.00001', '2606.00003']);
    const shown = JSON.stringify(await admin.runCommand('subscriptions', {}));
    expect(shown).toContain('Left out because Discord refused it: 2606.00002');
    const why = JSON.stringify(await admin.runCommand('why', { paper: '2606.00002' }));
    expect(why).toContain('Discord refused it');
  });
});

describe('two papers at the end of a digest that Discord refuses', { timeout: 60_000 }, () => {
  it.each(['cards', 'threads'])('are left out once others got through after them, as %s', async (style) => {
    const world = await startWorld(`${MONDAY}T12:00Z`);
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    await admin.runCommand('subscribe', {});
    await admin.runCommand('schedule', { time: '09:00', timezone: 'UTC', style });
    const items = [1, 2, 3].map((number) => buildItem(`2606.0000${number}`, 9 - number, MONDAY));
    world.huggingFace.setDay(MONDAY, items);
    for (const text of ['Paper 2606.00002', 'Paper 2606.00003'])
      world.discord.refuseContent({ text, code: 240_000 });

    await world.at(`${TUESDAY}T09:00Z`);
    expect(world.delivered().flat()).toEqual(['2606.00001']);
    world.huggingFace.setDay(TUESDAY, [buildItem('2606.00004', 1, TUESDAY)]);
    await world.at('2026-06-10T09:00Z');

    expect(world.delivered().flat()).toEqual(['2606.00001', '2606.00004']);
    const shown = JSON.stringify(await admin.runCommand('subscriptions', {}));
    expect(shown).toContain('Left out because Discord refused them: 2606.00002, 2606.00003');
    expect(shown).not.toContain('Blocked');
    const why = JSON.stringify(await admin.runCommand('why', { paper: '2606.00003' }));
    expect(why).toContain('Discord refused it');
    await world.stop();
  });
});

describe('a channel in which AutoMod stops every paper for two days', { timeout: 60_000 }, () => {
  it('says what to do, leaves nothing out, and gets the papers of both days then', async () => {
    const world = await startWorld(`${MONDAY}T12:00Z`);
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    await admin.runCommand('subscribe', {});
    await admin.runCommand('schedule', { time: '09:00', timezone: 'UTC' });
    world.huggingFace.setDay(
      MONDAY,
      [1, 2].map((number) => buildItem(`2606.0000${number}`, number, MONDAY)),
    );
    world.huggingFace.setDay(TUESDAY, [buildItem('2606.00003', 3, TUESDAY)]);
    const allow = world.discord.refuseContent({ text: 'Paper 2606', code: 200_000 });
    await world.at(`${TUESDAY}T09:00Z`);
    await world.at('2026-06-10T09:00Z');

    const what = 'AutoMod in this server stops my messages. Ask an admin to exempt me or this channel.';
    const shown = JSON.stringify(await admin.runCommand('subscriptions', {}));
    expect(shown).toContain(what);
    expect(shown).not.toContain('Left out');
    const why = JSON.stringify(await admin.runCommand('why', { paper: '2606.00001' }));
    expect(why).toContain('it comes with the digest of');
    expect(why).toContain(what);

    allow();
    await world.at('2026-06-11T09:00Z');

    const all = ['2606.00001', '2606.00002', '2606.00003'];
    expect(world.delivered().flat().toSorted()).toEqual(all);
    expect(JSON.stringify(await admin.runCommand('subscriptions', {}))).not.toContain('AutoMod');
    await world.stop();
  });
});
