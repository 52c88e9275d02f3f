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
});
