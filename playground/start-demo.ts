import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { startBot, VERSION } from '../src/bot/bot.ts';
import { FIRST_LIST_DAY, isWeekend, type ListDay, listDayAt } from '../src/calendar/list-day.ts';
import type { Clock } from '../src/calendar/clock.ts';
import { addDays, type Instant } from '../src/calendar/zoned-time.ts';
import { createLogger } from '../src/logger.ts';
import { collectDays } from '../src/papers/collect.ts';
import { createHttpClient } from '../src/sources/http-client.ts';
import { createHuggingFaceSource } from '../src/sources/hugging-face-source.ts';
import { openSqliteArchive } from '../src/storage/archive/sqlite-paper-archive.ts';
import { systemClock } from '../src/system-clock.ts';
import { controlsOf } from './discord/messages/controls.ts';
import { readPapers } from './discord/messages/read-papers.ts';
import { type DiscordStandIn, startDiscord } from './discord/server.ts';
import { buildKnownPapers } from './hugging-face/known-papers.ts';
import { buildSampleDay } from './hugging-face/sample-day.ts';
import { startHuggingFace } from './hugging-face/server.ts';
import { createPage } from './web/page.ts';

export interface Demo {
  /** Where the page is. */
  readonly url: string;
  readonly source: 'huggingface' | 'sample';
  /** What arrived in the channel. */
  readonly messages: number;
  readonly papers: number;
  stop(): Promise<void>;
}

export interface DemoOptions {
  readonly port?: number;
  readonly clock?: Clock;
}

const HUGGING_FACE = 'https://huggingface.co';
const REACH_MS = 3_000;

/**
 * Starts the stand-ins and the real bot, subscribes a channel and a forum as an admin would, and has a digest sent to
 * each.
 * Raises Node's `EADDRINUSE` when something listens at that port.
 */
export async function startDemo({ port, clock = systemClock }: DemoOptions = {}): Promise<Demo> {
  let page: ReturnType<typeof createPage> = () => false;
  const discord = await startDiscord({
    clock,
    ...(port === undefined ? {} : { port }),
    handleHttp: (request, response) => page(request, response),
  });
  page = createPage(discord);
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-demo-'));
  const archivePath = path.join(folder, 'archive.sqlite');
  const papers = await findPapers(clock);
  await collectAhead(archivePath, papers, clock);
  const guild = discord.addGuild('Paper club');
  const channel = discord.addChannel(guild.id, 'papers');
  const general = discord.addChannel(guild.id, 'general');
  const forum = discord.addForum(guild.id, 'reading-room', { tags: ['Vision', 'Language', 'Robotics'] });
  const other = discord.addGuild('Elsewhere', { members: [discord.visitorId, discord.memberId] });
  discord.addChannel(other.id, 'lounge');

  const bot = await startBot({
    config: loadConfig(
      {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: `${discord.url}/api`,
        HF_ENDPOINT: papers.url,
        DATABASE_URL: `sqlite://${path.join(folder, 'paperboy.sqlite')}`,
        ARCHIVE_PATH: archivePath,
        ARCHIVE_SINCE: papers.archiveSince,
        LOG_LEVEL: 'warn',
      },
      { discord: true },
    ),
    clock,
    random: Math.random,
    logger: createLogger('warn'),
  });
  await bot.tick();
  await subscribe(discord, channel.id, {});
  await subscribe(discord, general.id, { channel: forum.id, topic: 'video OR image' });
  discord.say(general.id, 'Has anybody tried this one? https://arxiv.org/abs/2605.30263');
  const messages = discord.messagesOf(channel.id);

  return {
    url: discord.url,
    source: papers.source,
    messages: messages.length,
    papers: messages.flatMap(readPapers).length,
    async stop() {
      await bot.stop();
      await discord.close();
      await papers.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Papers {
  readonly url: string;
  readonly source: Demo['source'];
  /** Days to collect before the bot starts, which else would take it a while. */
  readonly ahead: readonly ListDay[];
  readonly archiveSince: ListDay;
  close(): Promise<void>;
}

async function findPapers(clock: Clock): Promise<Papers> {
  try {
    const answer = await fetch(`${HUGGING_FACE}/api/daily_papers?limit=1`, {
      signal: AbortSignal.timeout(REACH_MS),
    });
    if (answer.ok) {
      const close = async () => undefined;
      return { url: HUGGING_FACE, source: 'huggingface', ahead: [], archiveSince: FIRST_LIST_DAY, close };
    }
  } catch {
    // Not reachable: the sample day stands in.
  }
  const day = latestWeekday(clock.now());
  const { days, unlisted } = buildKnownPapers(day);
  const all = new Map([...days, [day, buildSampleDay(day)]]);
  const server = await startHuggingFace({ days: all, now: clock.now });
  server.setSearchable(unlisted);
  const close = () => server.close();
  return { url: server.url, source: 'sample', ahead: [...days.keys()], archiveSince: day, close };
}

async function collectAhead(archivePath: string, { url, ahead }: Papers, clock: Clock): Promise<void> {
  const { archive, close } = openSqliteArchive({ path: archivePath });
  const http = createHttpClient({ source: 'Hugging Face', version: VERSION, clock, random: Math.random });
  const source = createHuggingFaceSource({ endpoint: url, http, clock });
  await collectDays({ source, archive, clock }, ahead);
  await close();
}

/** The latest list day that is no weekend and that the stand-in, which counts in UTC, has open. */
function latestWeekday(now: Instant): ListDay {
  const today = new Date(now).toISOString().slice(0, 10);
  let day = listDayAt(now);
  if (day > today) day = addDays(day, -1);
  while (isWeekend(day)) day = addDays(day, -1);
  return day;
}

/** What an admin does: `/subscribe`, then "Send one now". */
async function subscribe(
  discord: DiscordStandIn,
  channelId: string,
  options: Readonly<Record<string, string>>,
): Promise<void> {
  const admin = discord.act(discord.adminId, { channelId });
  const { message } = await admin.runCommand('subscribe', options);
  const button = controlsOf(message ?? { components: [] }).find(
    (control) => 'label' in control && control.label === 'Send one now',
  );
  if (message === undefined || button === undefined || !('custom_id' in button)) {
    throw new Error('The answer to /subscribe offers no digest.');
  }
  await admin.press(message.id, button.custom_id);
}
