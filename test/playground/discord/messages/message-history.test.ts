import { REST } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Message } from '../../../../playground/discord/state.ts';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

let discord: DiscordStandIn;
let rest: REST;
let channelId: string;

beforeEach(async () => {
  discord = await startDiscord({ limits: false });
  channelId = discord.addChannel(discord.addGuild('Lab').id, 'papers').id;
  rest = new REST({ api: `${discord.url}/api`, retries: 0 }).setToken(discord.token);
});
afterEach(() => discord.close());

async function list(query: Record<string, string>): Promise<number[]> {
  const ids = discord.messagesOf(channelId).map(({ id }) => id);
  const answer = await rest.get(`/channels/${channelId}/messages`, { query: new URLSearchParams(query) });
  if (!Array.isArray(answer)) throw new Error('That is no list');
  return answer.map((message: Message) => ids.indexOf(message.id));
}
const idAt = (index: number) => discord.messagesOf(channelId)[index]?.id ?? '';

it('gives the newest first, fifty at most unless asked for up to a hundred', async () => {
  discord.chatter(channelId, 350);

  expect(await list({})).toEqual(Array.from({ length: 50 }, (_, at) => 349 - at));
  expect(await list({ limit: '100' })).toHaveLength(100);
  await expect(list({ limit: '101' })).rejects.toMatchObject({ code: 50_035 });
});

it('gives what is next to a message: before it, after it, or around it', async () => {
  discord.chatter(channelId, 10);

  expect(await list({ before: idAt(6), limit: '3' })).toEqual([5, 4, 3]);
  expect(await list({ after: idAt(2), limit: '3' })).toEqual([5, 4, 3]);
  expect(await list({ around: idAt(5), limit: '3' })).toEqual([6, 5, 4]);
  expect(await list({ around: idAt(5), limit: '4' })).toEqual([6, 5, 4, 3]);
});

it('takes one of before, after and around', async () => {
  await expect(list({ before: '1', after: '1' })).rejects.toMatchObject({ code: 50_035 });
});

it('hides from the bot what others wrote, but not that they did', async () => {
  discord.say(channelId, 'A secret');

  expect(await rest.get(`/channels/${channelId}/messages`)).toMatchObject([{ content: '' }]);
  expect(discord.messagesOf(channelId)).toMatchObject([{ content: 'A secret' }]);
});

it('shows the starter of a forum post, which has the id of the post, with its menus', async () => {
  const guildId = Object.keys(discord.state.guilds)[0] ?? '';
  const forum = discord.addForum(guildId, 'forum');
  const row = { type: 1, components: [{ type: 2, style: 1, label: 'Save', custom_id: 'save:1' }] };
  await rest.post(`/channels/${forum.id}/threads`, {
    body: { name: 'A paper', message: { content: 'x', components: [row] } },
  });
  const post = Object.values(discord.state.channels).find(({ parent_id: parent }) => parent === forum.id);

  expect(await rest.get(`/channels/${post?.id}/messages/${post?.id}`)).toMatchObject({ components: [row] });
});

it('gives no single message without Read Message History', async () => {
  const { id } = discord.say(channelId, 'x');
  discord.setBotPermissions(channelId, (1n << 10n) | (1n << 11n));

  await expect(rest.get(`/channels/${channelId}/messages/${id}`)).rejects.toMatchObject({ status: 403 });
});
