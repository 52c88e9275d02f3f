import { Client, Events } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';
import { isRecord, type JsonRecord } from '../../../../playground/discord/state.ts';

const USE_EXTERNAL_APPS = 1n << 50n;
let discord: DiscordStandIn;
let client: Client;
let guildId: string;
let channelId: string;
let packets: JsonRecord[] = [];

beforeEach(async () => {
  packets = [];
  discord = await startDiscord({ limits: false });
  guildId = discord.addGuild('Lab').id;
  channelId = discord.addChannel(guildId, 'papers').id;
  client = new Client({ intents: [], rest: { api: `${discord.url}/api`, retries: 0 } });
  client.on(Events.Raw, ({ t, d }: { t: string; d: JsonRecord }) => {
    if (t === 'INTERACTION_CREATE') packets.push(d);
  });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  await register({});
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isRepliable()) void interaction.reply('Hello');
  });
});
afterEach(async () => {
  await client.destroy();
  await discord.close();
});

const register = (rest: JsonRecord) =>
  client.rest.put(`/applications/${discord.state.applicationId}/commands`, {
    body: [
      {
        name: 'hello',
        description: 'Hello',
        options: [{ type: 7, name: 'channel', description: 'Where', channel_types: [0, 11, 15] }],
        ...rest,
      },
    ],
  });
const hello = (userId: string, place: string, options = {}) =>
  discord.act(userId, { channelId: place }).runCommand('hello', options);
const elsewhere = () => {
  const guild = discord.addGuild('Elsewhere', { members: [discord.memberId, discord.visitorId] });
  return { guildId: guild.id, channelId: discord.addChannel(guild.id, 'lounge').id };
};

it('tells which installations a command in a guild goes by', async () => {
  await hello(discord.memberId, channelId);
  discord.installFor(discord.memberId);
  await hello(discord.memberId, channelId);

  expect(packets).toMatchObject([
    { context: 0, authorizing_integration_owners: { 0: guildId } },
    { context: 0, authorizing_integration_owners: { 0: guildId, 1: discord.memberId } },
  ]);
});

it('lets somebody use their own app in a guild without the bot, where it may not post', async () => {
  const place = elsewhere();

  const reply = await hello(discord.visitorId, place.channelId);

  expect(reply).toMatchObject({ ephemeral: false, message: { content: 'Hello' } });
  expect(packets).toMatchObject([
    {
      context: 0,
      guild_id: place.guildId,
      authorizing_integration_owners: { 1: discord.visitorId },
      member: { user: { id: discord.visitorId } },
    },
  ]);
  await expect(
    client.rest.post(`/channels/${place.channelId}/messages`, { body: { content: 'x' } }),
  ).rejects.toMatchObject({ status: 403, code: 50_001 });
});

it('shows the answers to that person alone where apps from elsewhere are not welcome', async () => {
  const place = elsewhere();
  discord.setPermissions(place.channelId, { id: discord.visitorId, bits: 3n << 10n });

  const quiet = await hello(discord.visitorId, place.channelId);
  discord.setPermissions(place.channelId, {
    id: discord.visitorId,
    bits: (3n << 10n) | USE_EXTERNAL_APPS,
  });

  expect(quiet.ephemeral).toBe(true);
  expect((await hello(discord.visitorId, place.channelId)).ephemeral).toBe(false);
});

it('takes five follow-ups to a command of a personal app, and no more', async () => {
  const place = elsewhere();
  await hello(discord.visitorId, place.channelId);
  const [packet] = packets;
  const follow = () =>
    client.rest.post(`/webhooks/${discord.state.applicationId}/${String(packet?.['token'])}`, {
      body: { content: 'More' },
      auth: false,
    });
  for (let at = 0; at < 5; at += 1) await follow();

  await expect(follow()).rejects.toMatchObject({ status: 400, code: 40_094 });
});

it('is of no use to somebody for whom nobody installed it', async () => {
  const place = elsewhere();
  const alone = discord.addPrivateChannel([discord.memberId, discord.visitorId]).id;

  await expect(hello(discord.memberId, place.channelId)).rejects.toThrow('not installed');
  await expect(hello(discord.memberId, alone)).rejects.toThrow('not installed');
});

it('runs in the conversation with the bot, and in those of others by personal installation', async () => {
  const [mine, theirs] = [discord.memberId, discord.visitorId].map((id) => discord.openDmWith(id).id);
  const between = discord.addPrivateChannel([discord.memberId, discord.visitorId]).id;

  await hello(discord.memberId, mine ?? '');
  await hello(discord.visitorId, theirs ?? '');
  await hello(discord.visitorId, between);

  expect(packets).toMatchObject([
    { context: 1, authorizing_integration_owners: { 0: '0' }, user: { id: discord.memberId } },
    { context: 1, authorizing_integration_owners: { 1: discord.visitorId } },
    { context: 2, authorizing_integration_owners: { 1: discord.visitorId } },
  ]);
  expect(packets.every((one) => !('guild_id' in one))).toBe(true);
});

it('takes a command only where it says that it can be used', async () => {
  await register({ contexts: [0], integration_types: [0] });
  const dm = discord.openDmWith(discord.memberId).id;

  await expect(hello(discord.memberId, dm)).rejects.toThrow('cannot be used there');
  await expect(hello(discord.visitorId, elsewhere().channelId)).rejects.toThrow('cannot be used there');
  await expect(hello(discord.memberId, channelId)).resolves.toMatchObject({ ephemeral: false });
});

it('tells of a thread where it is, and of a chosen one what it needs to know', async () => {
  const thread = discord.addThread(channelId, 'Talk').id;
  const forum = discord.addForum(guildId, 'reading').id;

  await hello(discord.memberId, thread, { channel: thread });
  await hello(discord.memberId, thread, { channel: forum });

  const about = { id: thread, type: 11, parent_id: channelId, thread_metadata: { locked: false } };
  expect(packets).toMatchObject([
    { channel: about, data: { resolved: { channels: { [thread]: about } } } },
    { data: { resolved: { channels: { [forum]: { type: 15, app_permissions: expect.any(String) } } } } },
  ]);
  expect(JSON.stringify(packets)).not.toContain('permission_overwrites');
});

it('takes no channel of a type that the option does not name', async () => {
  const news = discord.addChannel(guildId, 'news', 5).id;

  await expect(hello(discord.memberId, channelId, { channel: news })).rejects.toThrow('no channel of type 5');
});

it('tells an app in a guild what the bot may do, and in a conversation only what apps may', async () => {
  discord.setBotPermissions(channelId, 3n << 10n);

  await hello(discord.memberId, channelId);
  await hello(discord.memberId, discord.openDmWith(discord.memberId).id);

  const bits = packets.map((packet) => (isRecord(packet) ? packet['app_permissions'] : ''));
  expect(bits).toEqual(['3072', String((1n << 14n) | (1n << 15n) | (1n << 17n) | (1n << 18n))]);
});
