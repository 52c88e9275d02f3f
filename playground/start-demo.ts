import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadConfig } from '../config/load-config.ts';
import { startBot } from '../src/bot.ts';
import { isWeekend, type ListDay, listDayAt } from '../src/calendar/list-day.ts';
import { addDays } from '../src/calendar/zoned-time.ts';
import { createLogger } from '../src/logger.ts';
import { systemClock } from '../src/system-clock.ts';
import { controlsOf, menuValuesOf } from './discord/messages/controls.ts';
import { type DiscordStandIn, startDiscord } from './discord/server.ts';
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

const HUGGING_FACE = 'https://huggingface.co';
const REACH_MS = 3_000;

/**
 * Starts the stand-ins and the real bot, subscribes a channel as its admin would, and has one digest sent.
 * Raises Node's `EADDRINUSE` when something listens at that port.
 */
export async function startDemo(options: { readonly port?: number } = {}): Promise<Demo> {
  let page: ReturnType<typeof createPage> = () => false;
  const discord = await startDiscord({
    ...(options.port === undefined ? {} : { port: options.port }),
    handleHttp: (request, response) => page(request, response),
  });
  page = createPage(discord);
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-demo-'));
  const papers = await findPapers();
  const guild = discord.addGuild('Paper club');
  const channel = discord.addChannel(guild.id, 'papers');
  discord.addChannel(guild.id, 'general');
  discord.addForum(guild.id, 'reading-room', { tags: ['Vision', 'Language', 'Robotics'] });
  const other = discord.addGuild('Elsewhere', { members: [discord.visitorId, discord.memberId] });
  discord.addChannel(other.id, 'lounge');

  const bot = await startBot({
    config: loadConfig(
      {
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: `${discord.url}/api`,
        HF_ENDPOINT: papers.url,
        DATABASE_URL: `sqlite://${path.join(folder, 'paperboy.sqlite')}`,
        ARCHIVE_PATH: path.join(folder, 'archive.sqlite'),
        LOG_LEVEL: 'warn',
      },
      { discord: true },
    ),
    clock: systemClock,
    random: Math.random,
    logger: createLogger('warn'),
  });
  await bot.tick();
  const delivered = await deliver(discord, channel.id);

  return {
    url: discord.url,
    source: papers.source,
    ...delivered,
    async stop() {
      await bot.stop();
      await discord.close();
      await papers.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function findPapers(): Promise<{ url: string; source: Demo['source']; close(): Promise<void> }> {
  try {
    const answer = await fetch(`${HUGGING_FACE}/api/daily_papers?limit=1`, {
      signal: AbortSignal.timeout(REACH_MS),
    });
    if (answer.ok) return { url: HUGGING_FACE, source: 'huggingface', close: async () => undefined };
  } catch {
    // Not reachable: the sample day stands in.
  }
  const day = latestWeekday();
  const server = await startHuggingFace({ days: new Map([[day, buildSampleDay(day)]]) });
  return { url: server.url, source: 'sample', close: () => server.close() };
}

/** The latest list day that is no weekend and that the stand-in, which counts in UTC, has open. */
function latestWeekday(): ListDay {
  const now = Date.now();
  const today = new Date(now).toISOString().slice(0, 10);
  let day = listDayAt(now);
  if (day > today) day = addDays(day, -1);
  while (isWeekend(day)) day = addDays(day, -1);
  return day;
}

/** What an admin does: `/subscribe`, then "Send one now". */
async function deliver(
  discord: DiscordStandIn,
  channelId: string,
): Promise<{ readonly messages: number; readonly papers: number }> {
  const admin = discord.act(discord.adminId, { channelId });
  const { message } = await admin.runCommand('subscribe', {});
  const button = controlsOf(message ?? { components: [] }).find(
    (control) => 'label' in control && control.label === 'Send one now',
  );
  if (message === undefined || button === undefined || !('custom_id' in button)) {
    throw new Error('The answer to /subscribe offers no digest.');
  }
  await admin.press(message.id, button.custom_id);
  const messages = discord.messagesOf(channelId);
  return { messages: messages.length, papers: messages.flatMap(menuValuesOf).length };
}
