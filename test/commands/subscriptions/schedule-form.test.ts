import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  messageOf,
  type Person,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';

const MANAGE_CHANNELS = 1n << 4n;
const CHANGE = 'Change when and how';

describe('the form for when and how', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
    await world.admin.run('subscribe');
  });
  afterEach(async () => {
    await world.stop();
  });

  const open = async (person: Person, options = {}) =>
    person.press(await person.run('schedule', options), CHANGE);

  it('shows the present setting', async () => {
    await world.admin.run('schedule', { time: '18:30', timezone: 'Asia/Kolkata', days: 'mon,thu', max: 7 });

    const { form } = await open(world.admin);

    expect(JSON.stringify(form)).toMatch(/"Time".*"18:30".*"Time zone".*"Asia\/Kolkata"/);
    expect(defaultsOf(form)).toEqual(['1', '4', 'cards', '7 list']);
  });

  it('changes what was filled in, keeps the rest, and shows it in place of the old setting', async () => {
    const shown = await world.admin.run('schedule');
    const opened = await world.admin.press(shown, CHANGE);

    const changed = await world.admin.submit(opened, {
      time: '6pm',
      zone: 'Berlin',
      days: ['1', '2', '3', '4', '5'],
    });

    expect(messageOf(changed).id).toBe(messageOf(shown).id);
    expect(textOf(changed)).toContain('18:00, weekdays, Europe/Berlin');
    expect(textOf(changed)).toContain('Up to 8 cards, then a list');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('shows new values when it is opened again, also on phones', async () => {
    await world.admin.submit(await open(world.admin), { time: '18:00', amount: '3 hide' });

    const { form } = await open(world.admin);

    expect(JSON.stringify(form)).toContain('"18:00"');
    expect(defaultsOf(form)).toContain('3 hide');
  });

  it('opens from the answer to /subscribe, and renews that', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'paper' });
    const opened = await world.admin.press(reply, CHANGE);

    const renewed = await world.admin.submit(opened, { zone: 'IST' });
    const chosen = await world.admin.press(renewed, 'Asia/Kolkata · 17:30 now');

    expect(messageOf(renewed).id).toBe(messageOf(reply).id);
    expect(textOf(renewed)).toContain('Which time zone do you mean by "IST"?');
    expect(textOf(chosen)).toContain('Now following `paper`');
    expect(textOf(chosen)).toContain(`<t:${Date.parse('2026-06-10T03:30Z') / 1000}:f>`);
    expect(buttonOf(chosen, 'Undo').disabled).toBe(false);
  });

  it.each([
    [{ time: 'late' }, 'I don\'t know the time "late". Try 9:00, 6pm or instantly.'],
    [{ time: '18:00', zone: 'Olympus Mons' }, 'I don\'t know the time zone "Olympus Mons".'],
  ])('refuses %o, and changes nothing', async (filled, words) => {
    const refused = await world.admin.submit(await open(world.admin), filled);

    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused)).toContain(words);
    expect(textOf(await world.admin.run('schedule'))).toContain('09:00, daily, UTC');
  });

  it('is for those who may change the channel, also when it is submitted', async () => {
    const role = world.discord.addRole(world.guildId, 'Keeper', { permissions: MANAGE_CHANNELS });
    const asMember = await world.member.run('schedule');
    world.discord.giveRole(world.guildId, world.member.id, role.id);
    const opened = await open(world.member);
    role.permissions = '0';

    const refused = await world.member.submit(opened, { time: '18:00' });

    expect(() => buttonOf(asMember, CHANGE)).toThrow('There is no button');
    expect(textOf(refused)).toContain('You need Manage Channels');
    expect(textOf(await world.admin.run('schedule'))).toContain('09:00, daily');
  });

  it('opens for nobody who lost the right since', async () => {
    const role = world.discord.addRole(world.guildId, 'Keeper', { permissions: MANAGE_CHANNELS });
    world.discord.giveRole(world.guildId, world.member.id, role.id);
    const shown = await world.member.run('schedule');
    role.permissions = '0';

    const refused = await world.member.press(shown, CHANGE);

    expect(refused.form).toBeUndefined();
    expect(textOf(refused)).toContain('You need Manage Channels');
  });

  it('offers no threads by DM, and no style in a forum', async () => {
    const forum = world.discord.addForum(world.guildId, 'reading');
    await world.admin.run('subscribe', { by: 'dm' });
    await world.admin.run('subscribe', { channel: forum.id });

    const byDm = await open(world.admin, { by: 'dm' });
    const inForum = await open(world.admin, { channel: forum.id });

    expect(JSON.stringify(byDm.form)).toContain('"cards"');
    expect(JSON.stringify(byDm.form)).not.toContain('"threads"');
    expect(JSON.stringify(inForum.form)).not.toContain('Style');
    expect(textOf(await world.admin.submit(inForum, { amount: '5 hide' }))).toContain('best 5 papers');
  });

  it('says that it is outdated once nothing is followed there any more', async () => {
    const opened = await open(world.admin);
    await world.admin.press(await world.admin.run('unsubscribe', { topic: 'every paper' }), 'Stop following');

    expect(textOf(await world.admin.submit(opened, {}))).toContain('out of date');
  });
});

function defaultsOf(form: unknown): readonly string[] {
  return [...JSON.stringify(form).matchAll(/"value":"([^"]*)","default":true/g)].map(
    ([, value]) => value ?? '',
  );
}
