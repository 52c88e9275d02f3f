import { REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

const [VIEW, SEND, HISTORY] = [1n << 10n, 1n << 11n, 1n << 16n];
const [PUBLIC_THREADS, IN_THREADS] = [1n << 35n, 1n << 38n];
let discord: DiscordStandIn;
let rest: REST;
let guildId: string;
let channelId: string;

beforeEach(async () => {
  discord = await startDiscord({ limits: false, rules: { maxActiveThreads: 3 } });
  guildId = discord.addGuild('Lab').id;
  channelId = discord.addChannel(guildId, 'papers').id;
  rest = new REST({ api: `${discord.url}/api`, retries: 0 }).setToken(discord.token);
});
afterEach(() => discord.close());

const say = (id: string, content = 'x') => rest.post(`/channels/${id}/messages`, { body: { content } });
const post = (id: string, body: Record<string, unknown>) =>
  rest.post(`/channels/${id}/threads`, { body: { name: 'A paper', message: { content: 'x' }, ...body } });

async function postMessage(id = channelId): Promise<string> {
  await say(id);
  return discord.messagesOf(id).at(-1)?.id ?? '';
}
const begin = (messageId: string, body: unknown = { name: 'Discussion' }, id = channelId) =>
  rest.post(`/channels/${id}/messages/${messageId}/threads`, { body });

describe('a thread from a message', () => {
  it('has the id of the message and is found like a channel', async () => {
    const messageId = await postMessage();

    await begin(messageId, { name: 'Discussion', auto_archive_duration: 10_080 });

    expect(await rest.get(`/channels/${messageId}`)).toMatchObject({
      id: messageId,
      type: 11,
      parent_id: channelId,
      guild_id: guildId,
      owner_id: discord.state.bot.id,
      name: 'Discussion',
      thread_metadata: { archived: false, locked: false, auto_archive_duration: 10_080 },
    });
    expect(discord.messagesOf(channelId)).toMatchObject([{ flags: 32 }]);
  });

  it('is of another type in an announcement channel', async () => {
    const news = discord.addChannel(guildId, 'news', 5).id;

    expect(await begin(await postMessage(news), undefined, news)).toMatchObject({ type: 10 });
  });

  it('is there once', async () => {
    const messageId = await postMessage();
    await begin(messageId);

    await expect(begin(messageId)).rejects.toMatchObject({ status: 400, code: 160_004 });
  });

  it('is refused when the guild has its maximum of active ones, archived ones aside', async () => {
    for (let at = 0; at < 3; at += 1) await begin(await postMessage());
    const messageId = await postMessage();

    await expect(begin(messageId)).rejects.toMatchObject({ status: 400, code: 160_006 });

    discord.setThread(discord.messagesOf(channelId)[0]?.id ?? '', { archived: true });
    await expect(begin(messageId)).resolves.toMatchObject({ id: messageId });
  });

  it('is refused where a channel has its maximum, from that moment on', async () => {
    const messageId = await postMessage();
    discord.rules.maxThreadsIn[channelId] = 0;

    await expect(begin(messageId)).rejects.toMatchObject({ status: 400, code: 160_006 });
    delete discord.rules.maxThreadsIn[channelId];
    await expect(begin(messageId)).resolves.toMatchObject({ id: messageId });
  });

  it.each([
    { what: 'a long name', body: { name: 'x'.repeat(101) }, code: 50_035 },
    { what: 'an empty name', body: { name: ' ' }, code: 50_035 },
    { what: 'an unknown duration', body: { name: 'x', auto_archive_duration: 5 }, code: 50_035 },
  ])('is refused with $what', async ({ body, code }) => {
    await expect(begin(await postMessage(), body)).rejects.toMatchObject({ status: 400, code });
  });

  it('is refused without Create Public Threads', async () => {
    const messageId = await postMessage();
    discord.setBotPermissions(channelId, VIEW | SEND | IN_THREADS);

    await expect(begin(messageId)).rejects.toMatchObject({ status: 403, code: 50_013 });
  });
});

describe('a message in a thread', () => {
  it('needs Send Messages in Threads, and not Send Messages', async () => {
    const thread = discord.addThread(channelId, 'Talk').id;

    discord.setBotPermissions(channelId, VIEW | IN_THREADS);
    await say(thread);
    discord.setBotPermissions(channelId, VIEW | SEND);

    await expect(say(thread)).rejects.toMatchObject({ status: 403, code: 50_013 });
    expect(discord.state.channels[thread]).toMatchObject({ message_count: 1 });
  });

  it('brings an archived thread back', async () => {
    const thread = discord.addThread(channelId, 'Talk').id;
    discord.setThread(thread, { archived: true });

    await say(thread);

    expect(discord.state.channels[thread]?.thread_metadata?.archived).toBe(false);
  });

  it.each([
    { change: { locked: true }, status: 403, code: 160_005 },
    { change: { locked: true, archived: true }, status: 400, code: 50_083 },
  ])('is refused in one that is $change', async ({ change, status, code }) => {
    const thread = discord.addThread(channelId, 'Talk').id;
    discord.setThread(thread, change);

    await expect(say(thread)).rejects.toMatchObject({ status, code });
    expect(discord.messagesOf(thread)).toEqual([]);
  });

  it('is not edited while the thread is archived', async () => {
    const thread = discord.addThread(channelId, 'Talk').id;
    const messageId = await postMessage(thread);
    discord.setThread(thread, { archived: true });

    await expect(
      rest.patch(`/channels/${thread}/messages/${messageId}`, { body: { content: 'y' } }),
    ).rejects.toMatchObject({ code: 50_083 });
  });

  it('finds nothing when the thread or its channel is gone', async () => {
    const [one, other] = [discord.addThread(channelId, 'One').id, discord.addThread(channelId, 'Other').id];

    discord.deleteChannel(one);
    await expect(say(one)).rejects.toMatchObject({ status: 404, code: 10_003 });
    discord.deleteChannel(channelId);

    await expect(say(other)).rejects.toMatchObject({ status: 404, code: 10_003 });
  });
});

describe('a post of a forum', () => {
  it('has its first message under its own id, and needs only Send Messages', async () => {
    const forum = discord.addForum(guildId, 'reading', { tags: ['Vision'] });
    const tag = forum.available_tags?.[0]?.id ?? '';
    discord.setBotPermissions(forum.id, VIEW | SEND);

    const made = await post(forum.id, { applied_tags: [tag] });

    expect(made).toMatchObject({
      type: 11,
      applied_tags: [tag],
      owner_id: discord.state.bot.id,
      message_count: 0,
      message: { content: 'x' },
    });
    const [thread] = Object.values(discord.state.channels).filter(({ parent_id: id }) => id === forum.id);
    expect(discord.messagesOf(thread?.id ?? '').map(({ id }) => id)).toEqual([thread?.id]);
  });

  it('comes twice with the same nonce, which it does not know', async () => {
    const forum = discord.addForum(guildId, 'reading');
    const body = { message: { content: 'x', nonce: 'n', enforce_nonce: true } };

    await post(forum.id, body);
    await post(forum.id, body);

    expect(await rest.get(`/guilds/${guildId}/threads/active`)).toMatchObject({ threads: [{}, {}] });
  });

  it.each([
    { what: 'six tags', body: { applied_tags: ['1', '2', '3', '4', '5', '6'] }, code: 50_035 },
    { what: 'a tag of another forum', body: { applied_tags: ['1'] }, code: 10_087 },
    { what: 'a long name', body: { name: 'x'.repeat(101) }, code: 50_035 },
    { what: 'nothing in it', body: { message: {} }, code: 50_006 },
    { what: 'no tag where one is required', body: {}, code: 40_067 },
  ])('is refused with $what', async ({ body, code }) => {
    const forum = discord.addForum(guildId, 'reading', { tags: ['Vision'], requireTag: true });

    await expect(post(forum.id, body)).rejects.toMatchObject({ status: 400, code });
  });

  it('is the only thing that a forum takes', async () => {
    const forum = discord.addForum(guildId, 'reading').id;

    await expect(say(forum)).rejects.toMatchObject({ status: 400, code: 50_008 });
    expect(() => discord.act(discord.memberId, { channelId: forum })).toThrow('in the posts of a forum');
  });
});

describe('the lists of threads', () => {
  it('tell the active ones of channels that the bot sees, newest first', async () => {
    const hidden = discord.addChannel(guildId, 'hidden').id;
    const [first, second] = [discord.addThread(channelId, 'One').id, discord.addThread(channelId, 'Two').id];
    discord.addThread(hidden, 'Three');
    discord.setBotPermissions(hidden, 0n);

    const listed = await rest.get(`/guilds/${guildId}/threads/active`);

    expect(listed).toMatchObject({ threads: [{ id: second }, { id: first }] });
  });

  it('tell the archived ones of a channel, which needs Read Message History', async () => {
    const thread = discord.addThread(channelId, 'One').id;
    discord.addThread(channelId, 'Two');
    discord.setThread(thread, { archived: true });
    const list = () => rest.get(`/channels/${channelId}/threads/archived/public`);

    expect(await list()).toMatchObject({ threads: [{ id: thread }], has_more: false });
    discord.setBotPermissions(channelId, VIEW | SEND | PUBLIC_THREADS);

    await expect(list()).rejects.toMatchObject({ code: 50_013 });
    discord.setBotPermissions(channelId, VIEW | HISTORY);
    await expect(list()).resolves.toMatchObject({ threads: [{ id: thread }] });
  });

  it('are not told once the bot is thrown out', async () => {
    discord.removeBot(guildId);

    await expect(rest.get(`/guilds/${guildId}/threads/active`)).rejects.toMatchObject({ code: 10_004 });
    await expect(say(channelId)).rejects.toMatchObject({ status: 403, code: 50_001 });

    discord.addBot(guildId);
    await expect(say(channelId)).resolves.toMatchObject({ content: 'x' });
  });
});
