import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlsOf } from '../../../playground/discord/messages/controls.ts';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  menuOf,
  messageOf,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';

const MANAGE_CHANNELS = 1n << 4n;
const CHANGE = 'Change when and how';

type Shown = Awaited<ReturnType<CommandWorld['admin']['run']>>;

describe('/subscriptions', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
    await world.admin.run('subscribe', { min_upvotes: 3 });
  });
  afterEach(async () => {
    await world.stop();
  });

  it('shows what is followed, when it comes, and that nothing came yet', async () => {
    const reply = await world.member.run('subscriptions');

    expect(reply.ephemeral).toBe(true);
    const content = textOf(reply);
    expect(content).toContain(`<#${world.channelId}>`);
    expect(content).toContain('(at least 3 upvotes)');
    expect(content).toContain(`Next digest: <t:${Date.parse('2026-06-10T09:00Z') / 1000}:f>`);
    expect(content).toContain('Nothing sent yet');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('shows when the last digest came', async () => {
    await world.at('2026-06-10T09:00Z');

    const content = textOf(await world.admin.run('subscriptions'));

    expect(content).toContain(`Last message <t:${Date.parse('2026-06-10T09:00Z') / 1000}:R>`);
  });

  it('pauses and resumes', async () => {
    const paused = await world.admin.press(await world.admin.run('subscriptions'), 'Pause');
    expect(textOf(paused)).toContain(`Paused <t:${Date.parse('2026-06-09T12:00Z') / 1000}:R>`);
    expect(textOf(paused)).not.toContain('Next digest');
    await world.at('2026-06-10T09:00Z');
    expect(world.delivered()).toEqual([]);

    const resumed = await world.admin.press(paused, 'Resume');

    expect(textOf(resumed)).toContain(`<t:${Date.parse('2026-06-11T09:00Z') / 1000}:f>`);
    expect(buttonOf(resumed, 'Pause').disabled).toBe(false);
    await world.at('2026-06-11T09:00Z');
    expect(world.delivered()).not.toEqual([]);
  });

  it('is known to be paused by /schedule and /subscribe, which can resume it too', async () => {
    await world.admin.press(await world.admin.run('subscriptions'), 'Pause');

    const settings = await world.admin.run('schedule', { time: '10' });
    const followed = await world.admin.run('subscribe', { topic: 'mamba' });
    const seen = await world.member.run('schedule');

    for (const reply of [settings, followed]) {
      expect(textOf(reply)).toContain('Nothing comes until you resume it.');
      expect(textOf(reply)).not.toContain('Next');
      expect(buttonOf(reply, 'Resume').disabled).toBe(false);
    }
    expect(() => buttonOf(seen, 'Resume')).toThrow('no button');
    await world.admin.press(settings, 'Resume');
    const again = await world.admin.run('subscribe', { topic: 'mamba' });
    expect(textOf(again)).toContain('Next digest: ');
  });

  it('removes all once that is confirmed, and says so', async () => {
    const asked = await world.admin.press(await world.admin.run('subscriptions'), 'Remove all');
    expect(textOf(asked)).toContain("can't be undone");
    const removed = await world.admin.press(asked, 'Remove all');

    expect(textOf(removed)).toBe(`Removed. Nothing is followed in <#${world.channelId}> any more.`);
    await world.at('2026-06-10T09:00Z');
    expect(world.delivered()).toEqual([]);
    expect(textOf(await world.admin.run('subscriptions'))).toContain('Nothing is followed here');
  });

  it('removes nothing when that is cancelled', async () => {
    const asked = await world.admin.press(await world.admin.run('subscriptions'), 'Remove all');

    const cancelled = await world.admin.press(asked, 'Cancel');

    expect(textOf(cancelled)).toContain('Nothing was changed');
    expect(controlsOf(messageOf(cancelled))).toEqual([]);
    await world.at('2026-06-10T09:00Z');
    expect(world.delivered()).not.toEqual([]);
  });

  it('shows the buttons that change something to those who may only', async () => {
    await world.admin.run('subscribe', { topic: 'mamba' });

    const reply = await world.member.run('subscriptions');

    expect(textOf(reply)).toContain('`mamba`');
    expect(controlsOf(messageOf(reply))).toEqual([]);
  });

  it.each(['Pause', 'Remove all'])('refuses “%s” to those who lost Manage Channels', async (label) => {
    const role = world.discord.addRole(world.guildId, 'Keeper', { permissions: MANAGE_CHANNELS });
    world.discord.giveRole(world.guildId, world.member.id, role.id);
    const reply = await world.member.run('subscriptions');
    role.permissions = '0';

    const refused = await world.member.press(reply, label);

    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused)).toContain('You need Manage Channels');
    await world.at('2026-06-10T09:00Z');
    expect(world.delivered()).not.toEqual([]);
  });

  it('says that a control is outdated once what it was about is gone', async () => {
    const reply = await world.admin.run('subscriptions');
    const asked = await world.admin.press(await world.admin.run('subscriptions'), 'Remove all');
    await world.admin.press(asked, 'Remove all');

    expect(textOf(await world.admin.press(reply, 'Pause'))).toContain('out of date');
  });

  it('shows all channels of the server to those who manage it, and one to others', async () => {
    const other = world.discord.addChannel(world.guildId, 'other');
    await world.admin.run('subscribe', { channel: other.id });

    const all = textOf(await world.admin.run('subscriptions'));
    const one = textOf(await world.member.run('subscriptions'));

    expect([all.includes(world.channelId), all.includes(other.id)]).toEqual([true, true]);
    expect([one.includes(world.channelId), one.includes(other.id)]).toEqual([true, false]);
  });

  it('names each place in the list, and opens one by its button', async () => {
    const other = world.discord.addChannel(world.guildId, 'other');
    await world.admin.run('subscribe', { channel: other.id, topic: 'mamba' });
    const list = await world.admin.run('subscriptions');

    const opened = await world.admin.press(list, 'Open');
    const back = await world.admin.press(opened, 'Back');

    expect(textOf(list)).toContain('Papers go to 2 places');
    expect(textOf(list)).toContain(`**<#${other.id}>**\n\`mamba\``);
    expect(textOf(opened)).toContain(`### <#${world.channelId}>\n- every paper`);
    expect(textOf(back)).toBe(textOf(list));
  });

  describe('opened from the list', () => {
    const open = async () => world.admin.press(await world.admin.run('subscriptions'), 'Open');
    beforeEach(async () => {
      await world.admin.run('subscribe', { topic: 'mamba' });
      const other = world.discord.addChannel(world.guildId, 'other');
      await world.admin.run('subscribe', { channel: other.id });
    });

    it.each<[string, (view: Shown) => Promise<Shown>]>([
      ['a pause', (view) => world.admin.press(view, 'Pause')],
      [
        'a pause and its end',
        async (view) => world.admin.press(await world.admin.press(view, 'Pause'), 'Resume'),
      ],
      ['a topic was stopped', (view) => world.admin.choose(view, menuOf(view).values[1] ?? '')],
      ['a topic was stopped and followed again', followAgain],
      [
        'a new time',
        async (view) => world.admin.submit(await world.admin.press(view, CHANGE), { time: '8pm' }),
      ],
      ['a zone that was not clear', chooseZone],
      [
        'a removal that was called off',
        async (view) => world.admin.press(await world.admin.press(view, 'Remove all'), 'Cancel'),
      ],
    ])('goes back to it after %s', async (_, act) => {
      const after = await act(await open());

      expect(textOf(await world.admin.press(after, 'Back'))).toContain('Papers go to 2 places');
    });

    it('goes back to what is left after a removal', async () => {
      const asked = await world.admin.press(await open(), 'Remove all');
      const removed = await world.admin.press(asked, 'Remove all');

      expect(textOf(removed)).toContain('Removed. Nothing is followed');
      const left = textOf(await world.admin.press(removed, 'Back'));
      expect(left).toContain('- every paper');
      expect(left).not.toContain('mamba');
    });

    async function followAgain(view: Shown): Promise<Shown> {
      const stopped = await world.admin.choose(view, menuOf(view).values[1] ?? '');
      return world.admin.press(stopped, 'Follow it again');
    }

    async function chooseZone(view: Shown): Promise<Shown> {
      const asked = await world.admin.submit(await world.admin.press(view, CHANGE), { zone: 'IST' });
      return world.admin.press(asked, 'Asia/Kolkata · 17:30 now');
    }
  });

  it('follows a topic again that was just stopped from its menu', async () => {
    await world.admin.run('subscribe', { topic: 'mamba', min_upvotes: 4 });
    const view = await world.admin.run('subscriptions');
    const stopped = await world.admin.choose(view, menuOf(view).values[1] ?? '');

    const again = await world.admin.press(stopped, 'Follow it again');

    expect(textOf(stopped)).toContain('No longer following `mamba`');
    expect(textOf(stopped)).not.toContain('- `mamba`');
    expect(textOf(again)).toContain('Now following `mamba` with at least 4 upvotes');
    expect(textOf(await world.admin.run('subscriptions'))).toContain('- `mamba` (at least 4 upvotes)');
  });
});
