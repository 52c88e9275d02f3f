import { readFileSync } from 'node:fs';
import { Client, Routes } from 'discord.js';
import { doMeasuredWork } from './measured-work.ts';
import { PlainWork } from './schema.ts';

/** A bot whose digests and answers share one REST client, as discord.js has it. */
const { DISCORD_API_URL: api = '', DISCORD_TOKEN: token = '', WORK: file = '' } = process.env;
const { body, channelIds } = PlainWork.parse(JSON.parse(readFileSync(file, 'utf8')));
const client = new Client({ intents: [], rest: { api } });
client.on('interactionCreate', (interaction) => {
  if (!interaction.isChatInputCommand()) return;
  void interaction.deferReply().then(() => interaction.editReply('Here you are.'));
});
const ready = new Promise((resolve) => {
  client.once('clientReady', resolve);
});
await client.login(token);
await ready;
await client.application?.commands.set([{ name: 'papers', description: 'Papers' }]);
await doMeasuredWork(async () => {
  await Promise.all(channelIds.map((id) => client.rest.post(Routes.channelMessages(id), { body })));
});
