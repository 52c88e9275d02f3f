import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';

describe('/schedule', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
    await world.admin.run('subscribe');
  });
  afterEach(async () => {
    await world.stop();
  });

  it.each([
    [{ time: '9' }, '09:00, daily', '2026-06-10T09:00Z'],
    [{ time: '18:30' }, '18:30, daily', '2026-06-09T18:30Z'],
    [{ time: '6pm' }, '18:00, daily', '2026-06-09T18:00Z'],
    [{ time: '09:00', timezone: 'Europe/Berlin' }, '09:00, daily, Europe/Berlin', '2026-06-10T07:00Z'],
    [{ time: '21:30', timezone: 'Asia/Tokyo' }, '21:30, daily, Asia/Tokyo', '2026-06-09T12:30Z'],
    [{ timezone: 'Asia/Kolkata' }, '09:00, daily, Asia/Kolkata', '2026-06-10T03:30Z'],
    [{ days: 'fri' }, '09:00, every Fri', '2026-06-12T09:00Z'],
    [{ timezone: 'Berlin' }, '09:00, daily, Europe/Berlin', '2026-06-10T07:00Z'],
    [{ timezone: 'EST' }, '09:00, daily, America/New_York', '2026-06-09T13:00Z'],
    [{ timezone: 'India' }, '09:00, daily, Asia/Kolkata', '2026-06-10T03:30Z'],
    [{ timezone: 'UTC+2' }, '09:00, daily, UTC+2', '2026-06-10T07:00Z'],
    [{ timezone: 'utc+5:30' }, '09:00, daily, UTC+5:30', '2026-06-10T03:30Z'],
  ])('takes %o and names the next digest', async (options, words, next) => {
    const reply = await world.admin.run('schedule', options);

    expect(reply.ephemeral).toBe(true);
    expect(textOf(reply)).toContain(`Updated the settings of <#${world.channelId}>`);
    expect(textOf(reply)).toContain(words);
    expect(textOf(reply)).toContain(`Next: <t:${Date.parse(next) / 1000}:f>, <t:`);
  });

  it('sends at the time it named', async () => {
    await world.admin.run('schedule', { time: '18:30' });

    await world.at('2026-06-09T18:29Z');
    expect(world.delivered()).toEqual([]);
    await world.at('2026-06-09T18:30Z');
    expect(world.delivered()).not.toEqual([]);
  });

  it.each([
    ['weekends', 'weekends'],
    ['mon, thu', 'Mon, Thu'],
    ['daily', 'daily'],
  ])('says the days and the zone of instantly on %s, wherever it shows them', async (days, words) => {
    const when = `Instantly, ${words}, Europe/Berlin`;

    const options = { time: 'instantly', days, timezone: 'Europe/Berlin' };
    const changed = textOf(await world.admin.run('schedule', options));

    expect(changed).toContain(when);
    expect(textOf(await world.admin.run('subscriptions'))).toContain(when);
    expect(textOf(await world.admin.run('subscribe', { topic: 'mamba' }))).toContain(when);
  });

  it('shows the present setting to everybody, without options', async () => {
    const reply = await world.member.run('schedule');

    expect(textOf(reply)).toContain(`Settings of <#${world.channelId}>\n**When** · 09:00, daily, UTC`);
  });

  it.each([
    [{ time: '25:00' }, 'I don\'t know the time "25:00". Try 9:00, 6pm or instantly.'],
    [{ time: '<@1>' }, 'I don\'t know the time "<@1>". Try 9:00, 6pm or instantly.'],
    [
      { timezone: 'Mars/Olympus' },
      'I don\'t know the time zone "Mars/Olympus". Try a large city such as Berlin, a country, EST or UTC+2.',
    ],
    [{ days: 'mon, fun' }, 'I don\'t know "fun". Try daily, weekdays, weekends or mon,thu.'],
  ])('refuses %o in clear words, and changes nothing', async (options, words) => {
    const reply = await world.admin.run('schedule', { ...options, max: 3 });

    expect(reply.ephemeral).toBe(true);
    expect(textOf(reply).replaceAll('\\', '').replaceAll('\u200B', '')).toBe(words);
    expect(textOf(await world.admin.run('schedule'))).not.toContain('Up to 3 cards');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it.each([
    ['berl', 'Europe/Berlin · 14:00 now', 'Europe/Berlin'],
    ['munich', 'Munich · Europe/Berlin · 14:00 now', 'Europe/Berlin'],
    ['India', 'India · Asia/Kolkata · 17:30 now', 'Asia/Kolkata'],
    ['UTC+2', 'UTC+2 · 14:00 now', '+02:00'],
    ['', 'Europe/London · 13:00 now', 'Europe/London'],
  ])('suggests for “%s” the zone %s', async (typed, name, value) => {
    const suggestions = await world.admin.suggestions('schedule', 'timezone', typed);

    expect(suggestions).toContain(JSON.stringify({ name, value }));
    expect(suggestions.length).toBeLessThanOrEqual(25);
  });

  it('asks which zone is meant where that is not clear, and changes the rest', async () => {
    const asked = await world.admin.run('schedule', { timezone: 'IST', time: '18:00' });
    const answered = await world.admin.press(asked, 'Asia/Kolkata · 17:30 now');

    expect(textOf(asked)).toContain('18:00, daily, UTC');
    expect(textOf(asked)).toContain('Which time zone do you mean by "IST"?');
    expect(buttonOf(asked, 'Europe/Dublin · 13:00 now').disabled).toBe(false);
    expect(textOf(answered)).toContain('18:00, daily, Asia/Kolkata');
    expect(textOf(answered)).not.toContain('Which time zone');
  });

  it('asks nobody for a zone who may not change it', async () => {
    expect(textOf(await world.member.run('schedule', { timezone: 'IST' }))).toContain(
      'You need Manage Channels',
    );
  });

  it('changes how digests look', async () => {
    const reply = await world.admin.run('schedule', { style: 'compact', max: 5, overflow: 'hide' });

    expect(textOf(reply)).toContain('A list of the best 5');
  });

  it.each<[Record<string, unknown>, Record<string, unknown>, boolean]>([
    [{}, { style: 'compact', max: 5 }, true],
    [{ style: 'compact' }, { max: 5 }, true],
    [{ style: 'compact', overflow: 'hide' }, { max: 5 }, false],
    [{ style: 'compact', max: 5, overflow: 'hide' }, { overflow: 'list' }, false],
    [{ style: 'compact', max: 5 }, { style: 'cards' }, false],
    [{}, { max: 5 }, false],
  ])('after %o says of %o whether `max` has no effect, and why', async (before, options, isIdle) => {
    await world.admin.run('schedule', before);

    const said = textOf(await world.admin.run('schedule', options));

    const words = '`max` has no effect: the style `compact` lists every paper.';
    expect(said.includes(words)).toBe(isIdle);
    expect(said.includes('To get only the best, set `overflow` to "hide them".')).toBe(isIdle);
  });

  it.each([
    ['compact', true],
    ['threads', true],
    ['embeds', false],
  ])('says of the style %s in a forum whether it has no effect, and why', async (style, isIdle) => {
    const forum = world.discord.addForum(world.guildId, 'reading');
    await world.admin.run('subscribe', { channel: forum.id });

    const said = textOf(await world.admin.run('schedule', { channel: forum.id, style }));

    const words = '`style` has no effect: in a forum, each paper gets a post of its own.';
    expect(said.includes(words)).toBe(isIdle);
  });

  it('takes a role, says that the bot cannot ping it for lack of rights, and takes none for @everyone', async () => {
    const [everyone, role] = world.discord.state.guilds[world.guildId]?.roles ?? [];
    const [administrator, mentionEveryone] = [1n << 3n, 1n << 17n];
    const noMentions = ((1n << 50n) - 1n) & ~administrator & ~mentionEveryone;
    world.discord.setBotPermissions(world.channelId, noMentions);

    const taken = await world.admin.run('schedule', { mention: role?.id });
    const none = await world.admin.run('schedule', { mention: everyone?.id });

    expect(textOf(taken)).toContain(`**Mention** · <@&${role?.id}>, at most once a day`);
    expect(textOf(taken)).toContain(`I can't ping <@&${role?.id}> yet.`);
    expect(textOf(none)).not.toContain('Mention');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('refuses people without Manage Channels', async () => {
    const reply = await world.member.run('schedule', { time: '18:00' });

    expect(textOf(reply)).toContain('You need Manage Channels');
    expect(textOf(await world.admin.run('schedule'))).toContain('09:00, daily');
  });

  it('sends those where nothing is followed to /subscribe', async () => {
    const other = world.discord.addChannel(world.guildId, 'other');

    const reply = await world.inChannel(other.id).run('schedule', { time: '18:00' });

    expect(textOf(reply)).toContain('Start with </subscribe:');
  });
});
