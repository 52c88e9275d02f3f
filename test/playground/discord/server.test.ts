import { Client, MessageFlags } from 'discord.js';
import { afterEach, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../playground/discord/server.ts';

let discord: DiscordStandIn;
let client: Client;

async function start() {
  discord = await startDiscord();
  const guild = discord.addGuild('Lab');
  const channel = discord.addChannel(guild.id, 'papers');
  client = new Client({ intents: [], rest: { api: `${discord.url}/api`, retries: 0 } });
  const ready = new Promise((resolve) => client.once('clientReady', resolve));
  await client.login(discord.token);
  await ready;
  return { guild, channel };
}

afterEach(async () => {
  await client.destroy();
  await discord.close();
});

it('lets discord.js log in, register a command and answer it after deferring', async () => {
  const { guild, channel } = await start();
  await client.rest.put(`/applications/${discord.state.applicationId}/commands`, {
    body: [{ name: 'help', description: 'Help' }],
  });
  client.on('interactionCreate', (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    void interaction.deferReply({ flags: MessageFlags.Ephemeral }).then(() => interaction.editReply('Here'));
  });

  const reply = await discord
    .act(discord.memberId, { guildId: guild.id, channelId: channel.id })
    .runCommand('help');

  expect(reply.message?.content).toBe('Here');
  expect(reply.ephemeral).toBe(true);
});

it('gives the old message for a repeated nonce, and refuses without permission', async () => {
  const { channel } = await start();
  const post = () =>
    client.rest.post(`/channels/${channel.id}/messages`, {
      body: { content: 'x', nonce: 'a-1', enforce_nonce: true },
    });
  await post();
  await post();
  expect(discord.messagesOf(channel.id)).toHaveLength(1);

  discord.setBotPermissions(channel.id, 1n << 10n);

  await expect(post()).rejects.toMatchObject({ status: 403, code: 50013 });
  await expect(
    client.rest.post(`/channels/${channel.id}/messages`, { body: { content: 'x'.repeat(2001) } }),
  ).rejects.toMatchObject({ code: 50035 });
});
