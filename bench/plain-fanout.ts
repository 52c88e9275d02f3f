import { readFileSync } from 'node:fs';
import { REST, Routes } from 'discord.js';
import pLimit from 'p-limit';
import { doMeasuredWork } from './measured-work.ts';
import { PlainWork } from './schema.ts';

/** The least that any bot on discord.js does: the same messages by `rest.post`, and nothing written down. */
const { DISCORD_API_URL: api = '', DISCORD_TOKEN: token = '', WORK: file = '' } = process.env;
const { body, channelIds, atOnce } = PlainWork.parse(JSON.parse(readFileSync(file, 'utf8')));
const rest = new REST({ api, retries: 0, globalRequestsPerSecond: 1e6 }).setToken(token);
const limit = pLimit(atOnce);
await doMeasuredWork(async () => {
  await Promise.all(channelIds.map((id) => limit(() => rest.post(Routes.channelMessages(id), { body }))));
});
