import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandWorld, type Person, startCommandWorld, textOf } from '../support/command-world.ts';

const MANAGE_SERVER = 1n << 5n;
const HOUR_MS = 3_600_000;
const ERROR = '"level":50';

describe('while Discord is in trouble', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
    world.warnings.length = 0;
  });
  afterEach(async () => {
    await world.stop();
  });

  /** Somebody whose rights elsewhere the bot has to ask for. */
  async function addModerator(): Promise<Person> {
    const elsewhere = world.discord.addChannel(world.guildId, 'board').id;
    await world.admin.run('subscribe', { channel: elsewhere });
    const role = world.discord.addRole(world.guildId, 'Mods', { permissions: MANAGE_SERVER });
    world.discord.giveRole(world.guildId, world.member.id, role.id);
    return world.member;
  }

  it.each([
    ['a proxy refuses it', { status: 403, body: 'html' }],
    ['its server fails', { status: 502 }],
    ['the connection breaks', { drop: 'drop-before' }],
    ['it asks to wait an hour', { limit: 'shared' }],
  ] as const)('a person is told that Discord does not answer what is asked: %s', async (_, failure) => {
    const moderator = await addModerator();
    world.discord.fail({ route: /^\/channels\/\d+$/, method: 'GET', forMs: HOUR_MS, ...failure });

    const reply = await moderator.run('subscriptions');

    expect(textOf(reply)).toBe("Discord isn't answering me right now. Try again in a minute.");
    expect(world.warnings.join('')).toContain('Discord did not answer');
    expect(world.warnings.join('')).not.toContain(ERROR);
  });

  describe('an answer that is lost on its way', () => {
    const ANSWERS = /\/callback$/;

    it.each([
      ['a proxy refuses it', { status: 403, body: 'html' }],
      ['Discord has it, and a proxy says otherwise', { status: 403, body: 'html', effectAfterMs: 0 }],
      ['the connection breaks', { drop: 'drop-before' }],
      ['Discord has it, and the connection breaks', { drop: 'drop-after' }],
      ['Discord asks to wait an hour', { limit: 'user', forMs: HOUR_MS, times: 1 }],
    ] as const)('comes all the same, once: %s', async (_, failure) => {
      world.discord.fail({ route: ANSWERS, ...failure });

      const reply = await world.admin.run('subscribe', { topic: 'mamba' });

      expect(textOf(reply)).toContain('Now following');
      expect(world.discord.messagesOf(world.channelId)).toHaveLength(0);
      expect(world.warnings).toEqual([]);
    });

    it('opens its form all the same', async () => {
      await world.admin.run('subscribe', { topic: 'mamba' });
      const reply = await world.admin.run('schedule');
      world.discord.fail({ route: ANSWERS, drop: 'drop-after' });

      expect((await world.admin.press(reply, 'Change when and how')).form).toBeDefined();
      expect(world.warnings).toEqual([]);
    });

    it('gives its suggestions all the same', async () => {
      await world.admin.run('subscribe', { topic: 'mamba' });
      world.discord.fail({ route: ANSWERS, drop: 'drop-before' });

      expect(await world.admin.suggestions('unsubscribe', 'topic', '')).toHaveLength(1);
    });

    it('is given up when it is lost again, with a warning', async () => {
      world.discord.fail({ route: ANSWERS, drop: 'drop-before', times: 2 });

      await expect(world.admin.run('about')).rejects.toThrow('did not respond');

      expect(world.warnings).toEqual([expect.stringContaining('an answer was lost on its way to Discord')]);
      expect(world.warnings.join('')).not.toContain(ERROR);
    });
  });
});
