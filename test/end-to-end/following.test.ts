import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkContract } from '../playground/discord/contract.ts';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  type Person,
  startCommandWorld,
  textOf,
} from '../support/command-world.ts';

const SLOT = '2026-06-10T09:00Z';
const NEXT_SLOT = '2026-06-11T09:00Z';

describe('the places that topics come to', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({ titles: ['Mamba for graphs', 'Mamba again'] });
  });
  afterEach(async () => {
    await world.stop();
  });

  const sentTo = (channelId: string) => JSON.stringify(world.discord.messagesOf(channelId));

  it('brings a topic by direct message to a member who may not change the channel, and says so', async () => {
    const reply = await world.member.run('subscribe', { topic: 'mamba' });
    await world.at(SLOT);

    expect(textOf(reply)).toContain('needs Manage Channels');
    expect(textOf(reply)).toContain('Now following `mamba` by DM');
    expect(world.delivered()).toEqual([]);
    expect(sentTo(dmOf(world.member).id)).toContain('Mamba for graphs');
    expect(mentioningAnswers(world)).toEqual([]);
    expect(checkContract(world.discord.requests)).toEqual([]);
  });

  function dmOf(person: Person) {
    return world.discord.openDmWith(person.id);
  }

  it('lets a person steer their direct messages from there: pause, resume, undo, unsubscribe', async () => {
    const inDm = world.memberIn(dmOf(world.member).id);
    const first = await inDm.run('subscribe', { topic: 'mamba' });
    await inDm.run('subscribe', { topic: 'graph' });
    await inDm.run('schedule', { time: '9', timezone: 'UTC' });

    const paused = await inDm.press(await inDm.run('subscriptions'), 'Pause');
    await world.at(SLOT);
    expect(sentTo(dmOf(world.member).id)).not.toContain('Mamba for graphs');
    await inDm.press(paused, 'Resume');
    expect(textOf(await inDm.press(first, 'Undo'))).toContain("It's too late to undo that.");
    const ended = await inDm.run('unsubscribe', { topic: 'mamba' });
    await world.at(NEXT_SLOT);

    expect(textOf(ended)).toContain('No longer following `mamba` by DM.');
    expect(sentTo(dmOf(world.member).id)).toContain('Mamba for graphs');
    expect(sentTo(dmOf(world.member).id)).not.toContain('Mamba again');
  });

  it('shows why nothing gets through closed direct messages, and goes on once they are resumed', async () => {
    await world.member.run('subscribe', { topic: 'mamba', by: 'dm' });
    world.discord.closeDms(world.member.id);
    await world.at(SLOT);
    await world.at(NEXT_SLOT);

    const refused = await world.member.run('subscriptions');
    expect(textOf(refused)).toContain('DMs closed since');
    const followed = await world.member.run('subscribe', { topic: 'graph', by: 'dm' });
    expect(textOf(followed)).toContain('DMs closed since');
    expect(buttonOf(followed, 'Resume').disabled).toBe(false);
    world.discord.openDms(world.member.id);
    await world.member.press(refused, 'Resume');
    await world.at('2026-06-12T09:00Z');

    expect(sentTo(dmOf(world.member).id)).toContain('Mamba for graphs');
    expect(textOf(await world.member.run('subscriptions'))).not.toContain('DMs closed');
  });

  it('states the limit of ten topics by direct message', async () => {
    for (const at of Array.from({ length: 10 }).keys()) {
      await world.member.run('subscribe', { topic: `word${at}`, by: 'dm' });
    }

    const refused = await world.member.run('subscribe', { topic: 'mamba', by: 'dm' });

    expect(textOf(refused)).toContain('You can follow at most 10 topics');
  });

  it('brings a topic to the thread in which it was asked for', async () => {
    const thread = world.discord.addThread(world.channelId, 'mamba fans');
    const inThread = world.inChannel(thread.id);

    const reply = await inThread.run('subscribe', { topic: 'mamba' });
    const threads = await inThread.run('schedule', { style: 'threads' });
    await world.at(SLOT);

    expect(textOf(reply)).toContain(`Now following \`mamba\` in <#${thread.id}>`);
    expect(textOf(threads)).toContain("I can't start threads inside a thread");
    expect(sentTo(thread.id)).toContain('Mamba for graphs');
    expect(world.delivered()).toEqual([]);
  });

  it('makes each paper a post in a forum, and says so', async () => {
    const forum = world.discord.addForum(world.guildId, 'reading');

    const reply = await world.admin.run('subscribe', { topic: 'mamba', channel: forum.id });
    const settings = await world.admin.run('schedule', { channel: forum.id, style: 'compact' });
    await world.at(SLOT);

    expect(textOf(reply)).toContain('In a forum, each paper gets a post of its own.');
    expect(textOf(settings)).toContain('A post for each of the best 8 papers, then a list');
    const posts = Object.values(world.discord.state.channels).filter((one) => one.parent_id === forum.id);
    expect(posts.map(({ name }) => name).toSorted()).toEqual(['Mamba again', 'Mamba for graphs']);
    expect(checkContract(world.discord.requests)).toEqual([]);
  });

  it('makes threads of papers in a channel where the bot may, and names what it lacks where it may not', async () => {
    await world.admin.run('subscribe', { topic: 'mamba' });
    const everything = (1n << 50n) - 1n;
    const [createThreads, sendInThreads] = [1n << 35n, 1n << 38n];
    world.discord.setBotPermissions(
      world.channelId,
      everything & ~(1n << 3n) & ~createThreads & ~sendInThreads,
    );

    const refused = await world.admin.run('schedule', { style: 'threads' });
    world.discord.setBotPermissions(world.channelId, everything);
    const taken = await world.admin.run('schedule', { style: 'threads' });
    await world.at(SLOT);

    expect(textOf(refused)).toMatch(/Create Public Threads[^]*Send Messages in Threads/);
    expect(textOf(taken)).toContain('A message with a thread for each of up to 8 papers, then a list');
    const threads = Object.values(world.discord.state.channels).filter(
      (one) => one.parent_id === world.channelId,
    );
    expect(threads).toHaveLength(2);
  });

  it('serves a person who installed the app for themselves, in a server that has it not', async () => {
    const visitor = world.discord.addUser('Vera');
    world.discord.installFor(visitor.id);
    const elsewhere = world.discord.addGuild('Elsewhere', { members: [visitor.id] });
    const channel = world.discord.addChannel(elsewhere.id, 'talk');
    const person = world.personIn(visitor.id, channel.id);

    const followed = await person.run('subscribe', { topic: 'mamba' });
    const refused = await person.run('subscribe', { topic: 'graph', channel: channel.id });
    await world.at(SLOT);
    const view = await person.run('subscriptions');

    expect(textOf(followed)).toContain("I'm not a member of this server, so I'll send this to you by DM.");
    expect(textOf(followed)).toContain('by DM');
    expect(textOf(refused)).toContain('Somebody has to invite me first.');
    expect(sentTo(dmOf(person).id)).toContain('Mamba for graphs');
    expect(world.discord.messagesOf(channel.id)).toEqual([]);
    const asked = await person.press(view, 'Remove all');
    expect(textOf(await person.press(asked, 'Remove all'))).toContain('Nothing is followed by DM any more.');
  });

  it('lets only those use the buttons who may change that channel at present', async () => {
    const other = world.discord.addChannel(world.guildId, 'other');
    const role = world.discord.addRole(world.guildId, 'Keeper');
    world.discord.giveRole(world.guildId, world.member.id, role.id);
    world.discord.setPermissions(other.id, { id: role.id, bits: (1n << 50n) - 1n });
    const reply = await world.member.run('subscribe', { topic: 'mamba', channel: other.id });
    const noRights = 1n << 10n;
    const everywhere = await world.member.run('subscriptions', { channel: other.id });
    world.discord.setPermissions(other.id, { id: role.id, bits: noRights });

    const undone = await world.member.press(reply, 'Undo');
    const paused = await world.member.press(everywhere, 'Pause');

    expect(textOf(reply)).toContain(`Now following \`mamba\` in <#${other.id}>`);
    expect(textOf(undone)).toContain(`You need Manage Channels in <#${other.id}>`);
    expect(textOf(paused)).toContain('You need Manage Channels');
    world.discord.setPermissions(other.id, { id: role.id, bits: (1n << 50n) - 1n });
    expect(textOf(await world.member.press(reply, 'Undo'))).toContain('Undone. No longer following `mamba`');
  });

  it('deletes what a person follows by direct message and what came there, when they ask for it', async () => {
    await world.member.run('subscribe', { topic: 'mamba', by: 'dm' });
    await world.at(SLOT);

    const asked = await world.member.press(await world.member.run('about'), 'Delete my data');
    const done = await world.member.press(asked, 'Delete my data');
    await world.at(NEXT_SLOT);

    expect(textOf(done)).toContain('Deleted.');
    expect(textOf(await world.member.run('subscriptions'))).toContain('Nothing is followed here');
    const again = await world.member.run('subscribe', { topic: 'mamba', by: 'dm' });
    const sent = await world.member.press(again, 'Send one now');
    expect(textOf(sent)).toBe('Sent 2 papers by DM.');
  });

  it('controls one of several places, page by page', async () => {
    const ids = Array.from({ length: 8 }, (_, at) => world.discord.addChannel(world.guildId, `c${at}`).id);
    for (const channel of ids) await world.admin.run('subscribe', { topic: 'mamba', channel });

    const list = await world.admin.run('subscriptions');
    const second = await world.admin.press(list, 'Next');
    const one = await world.admin.press(second, 'Open');
    const paused = await world.admin.press(one, 'Pause');

    expect(textOf(list)).toContain('Papers go to 8 places');
    expect(textOf(list)).toContain(`**<#${ids[0]}>**`);
    expect(textOf(second)).toContain(`**<#${ids[7]}>**`);
    expect(textOf(paused)).toContain(`### <#${ids[5]}>`);
    expect(textOf(paused)).toContain('Paused <t:');
    expect(buttonOf(paused, 'Resume').disabled).toBe(false);
  });
});
