import { Client, Events } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

let discord: DiscordStandIn;
let client: Client;
let now = 0;

beforeEach(async () => {
  now = Date.parse('2026-07-01T08:00:00Z');
  discord = await startDiscord({ limits: false, clock: { now: () => now } });
  client = new Client({ intents: [], shards: 'auto', rest: { api: `${discord.url}/api`, retries: 0 } });
  client.rest.setToken(discord.token);
  client.on('error', () => undefined);
});
afterEach(async () => {
  await client.destroy();
  await discord.close();
});

async function login(): Promise<void> {
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
}
const ask = () => client.rest.get('/gateway/bot');

it('parts the guilds among the shards that it recommends, and tells each of its own', async () => {
  discord.gateway.setLimits({ shards: 3, maxConcurrency: 3 });
  const channels = Array.from({ length: 6 }, (_, at) => {
    now += 1;
    return discord.addChannel(discord.addGuild(`Lab ${at}`).id, 'papers');
  });
  await login();
  await client.rest.put(`/applications/${discord.state.applicationId}/commands`, {
    body: [{ name: 'help', description: 'Help' }],
  });
  const shards: (number | undefined)[] = [];
  client.on(Events.InteractionCreate, (interaction) => {
    shards.push(interaction.guild?.shardId);
    if (interaction.isRepliable()) void interaction.reply('Hi');
  });

  for (const { id } of channels) await discord.act(discord.memberId, { channelId: id }).runCommand('help');
  const dm = discord.openDmWith(discord.memberId).id;
  await discord.act(discord.memberId, { channelId: dm }).runCommand('help');

  const expected = channels.map(({ guild_id: id }) => Number((BigInt(id ?? 0) >> 22n) % 3n));
  expect(new Set(expected)).toEqual(new Set([0, 1, 2]));
  expect(shards).toEqual([...expected, undefined]);
});

it('counts the sessions that are begun, until all are there again', async () => {
  discord.gateway.setLimits({ total: 10, remaining: 1, resetsAt: now + 60_000 });
  await login();

  expect(await ask()).toMatchObject({ session_start_limit: { total: 10, remaining: 0 } });
  now += 60_000;
  expect(await ask()).toMatchObject({ session_start_limit: { remaining: 10, reset_after: 0 } });
});

const identify = async (shard?: unknown) => {
  const socket = new WebSocket(discord.url.replace('http', 'ws'));
  const d = { token: discord.token, intents: 0, ...(shard === undefined ? {} : { shard }) };
  socket.addEventListener('open', () => socket.send(JSON.stringify({ op: 2, d })));
  return new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code)));
};

it('closes with 4010 for a shard that cannot be, and with 4011 for one with too many guilds', async () => {
  for (let at = 0; at <= 2500; at += 1) discord.addGuild(`Lab ${at}`);

  expect(await identify([3, 3])).toBe(4010);
  expect(await identify([0, 1])).toBe(4011);
});

it('refuses sessions as told, with a code or without', async () => {
  discord.gateway.refuseIdentify({ code: 4009, times: 1 });
  expect(await identify()).toBe(4009);

  const end = discord.gateway.refuseIdentify();
  expect(await identify()).toBe(1006);

  end();
  await login();
  expect(client.isReady()).toBe(true);
});
