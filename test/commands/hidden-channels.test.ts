import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandWorld,
  type Person,
  pressForged,
  startCommandWorld,
  textOf,
} from '../support/command-world.ts';

const MANAGE_SERVER = 1n << 5n;
const TOPIC = 'mamba';

/** What a person is told of a channel by every command and suggestion that names one. */
async function learnOf(person: Person, channel: string) {
  return {
    subscriptions: textOf(await person.run('subscriptions', { channel })),
    schedule: textOf(await person.run('schedule', { channel })),
    change: textOf(await person.run('schedule', { channel, time: '9' })),
    why: textOf(await person.run('why', { paper: '2606.00001', channel })),
    unsubscribe: textOf(await person.run('unsubscribe', { topic: TOPIC, channel })),
    suggested: await person.suggestions('unsubscribe', 'topic', '', { channel }),
  };
}

/** The same for each channel but for the channel's own id. */
const withoutId = (told: unknown, id: string): string => JSON.stringify(told).replaceAll(id, 'ID');

describe('a channel that is not for a person', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  let followed: string;
  let unfollowed: string;

  beforeEach(async () => {
    world = await startCommandWorld();
    followed = world.discord.addChannel(world.guildId, 'board').id;
    unfollowed = world.discord.addChannel(world.guildId, 'quiet').id;
    await world.admin.run('subscribe', { topic: TOPIC, channel: followed });
  });
  afterEach(async () => {
    await world.stop();
  });

  const hide = (channelId: string) =>
    world.discord.setPermissions(channelId, { id: world.member.id, bits: 0n });

  /** A member who manages the server, but is no administrator. */
  function makeManager(): void {
    const role = world.discord.addRole(world.guildId, 'Keeper', { permissions: MANAGE_SERVER });
    world.discord.giveRole(world.guildId, world.member.id, role.id);
  }

  it('is, when it is hidden from them, like one where nothing is followed', async () => {
    const seen = await learnOf(world.member, followed);
    hide(followed);

    const hidden = await learnOf(world.member, followed);

    expect(seen.subscriptions).toContain(TOPIC);
    expect(withoutId(hidden, followed)).toBe(withoutId(await learnOf(world.member, unfollowed), unfollowed));
  });

  it('is, when it is of another server, like one where nothing is followed, also for an administrator', async () => {
    const elsewhere = world.discord.addGuild('Elsewhere');
    const foreign = world.discord.addChannel(elsewhere.id, 'theirs').id;
    await world.inChannel(foreign).run('subscribe', { topic: TOPIC });

    const told = await learnOf(world.admin, foreign);

    expect(withoutId(told, foreign)).toBe(withoutId(await learnOf(world.admin, unfollowed), unfollowed));
    const refused = textOf(await world.admin.run('subscribe', { topic: 'graph', channel: foreign }));
    expect(refused).toContain('You need Manage Channels');
  });

  it('is not in the list of the whole server', async () => {
    makeManager();
    const before = textOf(await world.member.run('subscriptions'));
    hide(followed);

    const after = textOf(await world.member.run('subscriptions'));

    expect(before).toContain(`<#${followed}>`);
    expect(after).toContain('Nothing is followed here yet.');
    expect(textOf(await world.admin.run('subscriptions'))).toContain(`<#${followed}>`);
  });

  it.each([
    'subscriptions-page',
    'subscriptions-open',
    'pause',
    'resume',
    'remove',
    'remove-confirmed',
    'stop-topic',
    'zone',
    'undo',
    'show-query',
    'instead',
    'drop-limit',
    'hide-rest',
    'follow-again',
    'unsubscribe-confirmed',
    'schedule-form',
  ])('is told nothing of by a forged “%s”', async (name) => {
    makeManager();
    hide(followed);
    const scope = name.startsWith('subscriptions') ? followed : `c${followed}`;

    const reply = await pressForged(world, world.member, `${name}:v1:${scope}:0`);

    expect(textOf(reply)).toMatch(/out of date|Nothing is followed here yet/);
    expect(textOf(await world.admin.run('subscriptions'))).toContain(TOPIC);
  });

  it('is, as a private thread, for those who are in it', async () => {
    const thread = world.discord.addThread(world.channelId, 'board');
    await world.inChannel(thread.id).run('subscribe', { topic: 'graph' });
    thread.type = 12;
    makeManager();

    const list = textOf(await world.member.run('subscriptions'));

    expect(list).toContain(`<#${followed}>`);
    expect(list).not.toContain(`<#${thread.id}>`);
  });
});
