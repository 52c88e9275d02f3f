import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { loadConfig } from '../../config/load-config.ts';
import { readPapers } from '../../playground/discord/messages/read-papers.ts';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import { type HuggingFaceStandIn, startHuggingFace } from '../../playground/hugging-face/server.ts';
import { type Bot, startBot } from '../../src/bot/bot.ts';
import type { Clock } from '../../src/calendar/clock.ts';

export interface World {
  readonly discord: DiscordStandIn;
  readonly huggingFace: HuggingFaceStandIn;
  /** The channel that the tests are about, and its server. */
  readonly channelId: string;
  readonly guildId: string;
  /** Moves the clock to an instant such as `2026-06-09T07:00Z`, and lets the bot do what is due then. */
  at(instant: string): Promise<void>;
  now(): number;
  /** Sets the wall clock alone; no time passes. */
  setWall(instant: string): void;
  /** From now on time passes while the bot waits. */
  letWaitsPass(): void;
  /** `meanwhile` runs while no bot does. */
  restart(meanwhile?: () => void): Promise<void>;
  readonly archiveFile: string;
  readonly ledgerFile: string;
  /** What stands in the channel: the papers that each message links to, oldest message first. */
  delivered(): readonly (readonly string[])[];
  /** What the bot logged as a warning or worse, each as JSON. */
  readonly warnings: string[];
  stop(): Promise<void>;
}

/** What Hugging Face lists, by list day. */
export type Days = ReadonlyMap<string, readonly ReturnType<typeof buildItem>[]>;

/** The real bot between the stand-ins, on a clock that the test moves. */
export async function startWorld(
  startsAt: string,
  days: Days = new Map(),
  commandsPerMinute = Infinity,
  archiveSince = startsAt.slice(0, 10),
): Promise<World> {
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
  let now = Date.parse(startsAt);
  let elapsed = 0;
  let doWaitsPass = false;
  const clock: Clock = {
    now: () => now,
    monotonic: () => elapsed,
    sleep: (ms, signal) => {
      if (doWaitsPass) {
        elapsed += ms;
        now += ms;
      }
      return new Promise((resolve) => {
        setTimeout(resolve, signal?.aborted === true ? 0 : 1);
      });
    },
  };
  const discord = await startDiscord({ clock, limits: false });
  const huggingFace = await startHuggingFace({ days, now: clock.now });
  const guild = discord.addGuild('Paper club');
  const channel = discord.addChannel(guild.id, 'papers');
  const ledgerFile = path.join(folder, 'paperboy.sqlite');
  const config = loadConfig(
    {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: `${discord.url}/api`,
      HF_ENDPOINT: huggingFace.url,
      DATABASE_URL: `sqlite://${ledgerFile}`,
      ARCHIVE_PATH: path.join(folder, 'archive.sqlite'),
      ARCHIVE_SINCE: archiveSince,
    },
    { discord: true },
  );
  const warnings: string[] = [];
  const logger = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
  const start = (): Promise<Bot> =>
    startBot({
      config,
      clock,
      random: Math.random,
      commandsPerMinute,
      logger,
      startTicks: () => () => undefined,
    });
  let bot = await start();
  await bot.tick();

  return {
    discord,
    huggingFace,
    channelId: channel.id,
    guildId: guild.id,
    async at(instant) {
      elapsed += Math.max(0, Date.parse(instant) - now);
      now = Date.parse(instant);
      await bot.tick();
    },
    now: () => now,
    setWall(instant) {
      now = Date.parse(instant);
    },
    letWaitsPass() {
      doWaitsPass = true;
    },
    warnings,
    archiveFile: config.archivePath,
    ledgerFile,
    async restart(meanwhile) {
      await bot.stop();
      meanwhile?.();
      bot = await start();
      await bot.tick();
    },
    delivered: () =>
      discord
        .messagesOf(channel.id)
        .map((message) => readPapers(message).map(({ id }) => id))
        .filter((papers) => papers.length > 0),
    async stop() {
      await bot.stop();
      await discord.close();
      await huggingFace.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A paper as Hugging Face lists it, with what every item has. */
export function buildItem(id: string, upvotes: number, day: string) {
  const paper = {
    id,
    title: `Paper ${id}`,
    summary: `What ${id} is about.`,
    upvotes,
    authors: [{ name: 'Ada Lovelace', hidden: false }],
    publishedAt: `${day}T00:00:00.000Z`,
    submittedOnDailyAt: `${day}T00:00:00.000Z`,
  };
  return { paper, numComments: 0 };
}
