import { REST } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

let discord: DiscordStandIn;
let rest: REST;
let guildId: string;

beforeEach(async () => {
  discord = await startDiscord({ limits: false, rules: { maxNewDms: 2 } });
  guildId = discord.addGuild('Lab').id;
  rest = new REST({ api: `${discord.url}/api`, retries: 0 }).setToken(discord.token);
});
afterEach(() => discord.close());

const open = (id: string) => rest.post('/users/@me/channels', { body: { recipient_id: id } });
const say = (channelId: string) => rest.post(`/channels/${channelId}/messages`, { body: { content: 'x' } });

it('opens the channel that the person opened already', async () => {
  const channel = discord.openDmWith(discord.memberId);

  expect(await open(discord.memberId)).toMatchObject({ id: channel.id, type: 1 });
});

it('knows nobody by a wrong id', async () => {
  await expect(open('100000000000000009')).rejects.toMatchObject({ status: 404, code: 10_013 });
});

it('refuses to open new ones too fast, and still gives those that are there', async () => {
  await open(discord.adminId);
  await open(discord.memberId);

  await expect(open(discord.visitorId)).rejects.toMatchObject({ code: 40_003 });
  await expect(open(discord.adminId)).resolves.toMatchObject({ type: 1 });
});

it('refuses messages to somebody who closed their direct messages, until they open them', async () => {
  const { id } = discord.openDmWith(discord.memberId);
  discord.closeDms(discord.memberId);

  await expect(say(id)).rejects.toMatchObject({ status: 403, code: 50_007 });

  discord.openDms(discord.memberId);
  await expect(say(id)).resolves.toMatchObject({ content: 'x' });
});

it('refuses messages to somebody with neither a common guild nor the app', async () => {
  const { id } = discord.openDmWith(discord.memberId);
  discord.removeBot(guildId);

  await expect(say(id)).rejects.toMatchObject({ status: 403, code: 50_278 });

  discord.installFor(discord.memberId);
  await expect(say(id)).resolves.toMatchObject({ content: 'x' });
});

it('shows the bot no conversation of others', async () => {
  const { id } = discord.addPrivateChannel([discord.memberId, discord.visitorId]);

  await expect(say(id)).rejects.toMatchObject({ status: 403, code: 50_001 });
});
