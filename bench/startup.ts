import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDiscord } from '../playground/discord/server.ts';
import { buildSampleDay } from '../playground/hugging-face/sample-day.ts';
import { startHuggingFace } from '../playground/hugging-face/server.ts';
import { listDayAt } from '../src/calendar/list-day.ts';
import type { Figure } from './figure.ts';
import { fillArchive } from './fill-archive.ts';
import { type Start, startProcess } from './start-process.ts';

const ROOT = path.join(import.meta.dirname, '..');

/**
 * How long the bot takes to be ready on a full archive, and the memory it holds after a first search, beside a bare
 * client.
 */
export async function measureStartup(): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-bench-'));
  const discord = await startDiscord();
  const today = listDayAt(Date.now());
  const papers = await startHuggingFace({ days: new Map([[today, buildSampleDay(today)]]) });
  try {
    const channelId = discord.addChannel(discord.addGuild('Paper club').id, 'papers').id;
    const search = () =>
      discord.act(discord.memberId, { channelId }).runCommand('search', { query: 'agents' });
    const archivePath = path.join(folder, 'archive.sqlite');
    const count = await fillArchive(archivePath);
    const login = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: `${discord.url}/api` };
    const env = {
      ...login,
      HF_ENDPOINT: papers.url,
      DATABASE_URL: `sqlite://${path.join(folder, 'paperboy.sqlite')}`,
      ARCHIVE_PATH: archivePath,
    };
    // Its thread of queries starts with the first one.
    const bot = await startTwice('src/main.ts', env, search);
    const plain = await startTwice('bench/plain-client.ts', login);
    return [{ figure: 'papers', value: count, unit: '' }, ...report('', bot), ...report('plain.', plain)];
  } finally {
    await papers.close();
    await discord.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The second start counts: by then the commands are registered and the compile cache is warm. */
export async function startTwice(...[script, ...rest]: Parameters<typeof startProcess>): Promise<Start> {
  await startProcess(path.join(ROOT, script), ...rest);
  return await startProcess(path.join(ROOT, script), ...rest);
}

export function report(prefix: string, { readySeconds, residentMb }: Start): readonly Figure[] {
  return [
    { figure: `${prefix}ready_s`, value: Number(readySeconds.toFixed(2)), unit: 's' },
    { figure: `${prefix}rss_mb`, value: Number(residentMb.toFixed(1)), unit: 'MB' },
  ];
}
