import { Client, Events } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../playground/discord/server.ts';

let discord: DiscordStandIn;
let client: Client;
let channelId: string;
let messages: `/channels/${string}/messages`;

beforeEach(async () => {
  discord = await startDiscord();
  const guild = discord.addGuild('Lab');
  channelId = discord.addChannel(guild.id, 'papers').id;
  messages = `/channels/${channelId}/messages`;
  client = new Client({ intents: [], rest: { api: `${discord.url}/api`, retries: 0 } });
  client.rest.setToken(discord.token);
});

afterEach(async () => {
  await client.destroy();
  await discord.close();
});

async function login() {
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
}
const post = (body: unknown) => client.rest.post(messages, { body });

it('opens one direct message channel a person', async () => {
  const open = () => client.rest.post('/users/@me/channels', { body: { recipient_id: discord.memberId } });
  const first = await open();
  expect(first).toMatchObject({ type: 1, recipients: [{ id: discord.memberId }] });
  expect(await open()).toEqual(first);
});

it('lists nothing without Read Message History', async () => {
  await post({ content: 'x' });
  expect(await client.rest.get(messages)).toHaveLength(1);
  discord.setBotPermissions(channelId, (1n << 10n) | (1n << 11n));
  expect(await client.rest.get(messages)).toEqual([]);
});

it('does not find the message of an enforced nonce that was deleted', async () => {
  const body = { content: 'x', nonce: 'n', enforce_nonce: true };
  await post(body);
  await client.rest.delete(`${messages}/${discord.messagesOf(channelId)[0]?.id ?? ''}`);
  await expect(post(body)).rejects.toMatchObject({ status: 404, code: 10008 });
});

it('fails as told, once', async () => {
  discord.fail({ route: /messages$/, method: 'POST', status: 403, code: 50013 });
  await expect(post({ content: 'x' })).rejects.toMatchObject({ status: 403, code: 50013 });
  await post({ content: 'y' });
  expect(discord.messagesOf(channelId)).toMatchObject([{ content: 'y' }]);
});

it.each([
  ['drop-before' as const, 0],
  ['drop-after' as const, 1],
])('with %s leaves %i messages', async (drop, left) => {
  discord.fail({ route: /messages$/, drop });
  await expect(post({ content: 'x' })).rejects.toThrow(/closed|ECONNRESET|hang up|terminated/);
  expect(discord.messagesOf(channelId)).toHaveLength(left);
});

it('resumes a session after a lost connection without missing an event', async () => {
  await login();
  const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
  client.once(Events.InteractionCreate, (interaction) => {
    if (interaction.isRepliable()) void interaction.reply('Hi');
  });
  await client.rest.put(`/applications/${discord.state.applicationId}/commands`, {
    body: [{ name: 'help', description: 'Help' }],
  });
  discord.disconnectGateway();
  const reply = discord.act(discord.memberId, { channelId }).runCommand('help');
  expect((await reply).message?.content).toBe('Hi');
  await resumed;
});

it('closes with 4004 for a wrong token', async () => {
  const socket = new WebSocket(discord.url.replace('http', 'ws'));
  const closed = new Promise<number>((resolve) =>
    socket.addEventListener('close', ({ code }) => resolve(code)),
  );
  socket.addEventListener('open', () =>
    socket.send(JSON.stringify({ op: 2, d: { token: 'wrong', intents: 0 } })),
  );
  expect(await closed).toBe(4004);
});
