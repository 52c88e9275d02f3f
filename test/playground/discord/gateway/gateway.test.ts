import { Client, Events, GatewayIntentBits } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

let discord: DiscordStandIn;
let client: Client;

async function start(heartbeatMs?: number) {
  discord = await startDiscord({ limits: false, ...(heartbeatMs === undefined ? {} : { heartbeatMs }) });
  const guild = discord.addGuild('Lab');
  const channel = discord.addChannel(guild.id, 'papers');
  client = new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { api: `${discord.url}/api`, retries: 0 },
  });
  client.on('error', () => undefined);
  const ready = once(Events.ClientReady);
  await client.login(discord.token);
  await ready;
  await client.rest.put(`/applications/${discord.state.applicationId}/commands`, {
    body: [{ name: 'help', description: 'Help' }],
  });
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isRepliable()) void interaction.reply('Hi');
  });
  return {
    guild,
    channel,
    ask: () => discord.act(discord.memberId, { channelId: channel.id }).runCommand('help'),
  };
}
const once = (event: string) => new Promise<unknown>((resolve) => client.once(event, resolve));

afterEach(async () => {
  await client.destroy();
  await discord.close();
});

describe('a client', () => {
  it.each([
    { what: 'is asked to come again', act: () => discord.gateway.reconnect() },
    { what: 'is told that its session can go on', act: () => discord.gateway.invalidate(true) },
    { what: 'loses the connection', act: () => discord.disconnectGateway(1006) },
    { what: 'is closed with 4000', act: () => discord.disconnectGateway(4000) },
  ])('resumes when it $what, and misses nothing', async ({ act }) => {
    const { ask } = await start();
    const resumed = once(Events.ShardResume);

    act();
    const reply = ask();

    await resumed;
    expect((await reply).message?.content).toBe('Hi');
  });

  it('begins anew when its session is over', async () => {
    const { ask } = await start();
    const ready = once(Events.ShardReady);

    discord.disconnectGateway(4009);
    await ready;

    expect((await ask()).message?.content).toBe('Hi');
  });

  it('begins anew when Discord knows nothing of the session that it resumes', async () => {
    const { ask } = await start();
    const ready = once(Events.ShardReady);

    discord.gateway.forgetSessions();
    discord.disconnectGateway(4000);
    await ready;

    expect((await ask()).message?.content).toBe('Hi');
  });

  it('leaves a connection on which nothing is heard', async () => {
    const { ask } = await start(200);
    const resumed = once(Events.ShardResume);

    discord.gateway.goSilent();
    const reply = ask();

    await resumed;
    expect((await reply).message?.content).toBe('Hi');
  });

  it.each([4004, 4010, 4013, 4014])('gives up when it is closed with %i', async (code) => {
    await start();
    const ended = once(Events.ShardDisconnect);

    discord.disconnectGateway(code);

    expect(await ended).toMatchObject({ code });
  });
});

it('tells of what happens to a guild until the bot is thrown out', async () => {
  const { guild } = await start();
  const seen: string[] = [];
  client.on(Events.Raw, ({ t }: { t: string | null }) => {
    if (t !== null) seen.push(t);
  });
  const role = discord.addRole(guild.id, 'Readers');
  const thread = discord.addThread(discord.addChannel(guild.id, 'talk').id, 'One');
  discord.setThread(thread.id, { archived: true });
  discord.deleteChannel(thread.id);
  discord.giveRole(guild.id, discord.memberId, role.id);
  const gone = once(Events.GuildDelete);

  discord.removeBot(guild.id);
  discord.addChannel(guild.id, 'unheard');
  await gone;

  expect(seen).toEqual([
    'GUILD_ROLE_CREATE',
    'CHANNEL_CREATE',
    'THREAD_CREATE',
    'THREAD_UPDATE',
    'THREAD_DELETE',
    'GUILD_DELETE',
  ]);
});
