import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setInterval } from 'node:timers';
import { type DiscordStandIn, startDiscord } from '../playground/discord/server.ts';
import { startHuggingFace } from '../playground/hugging-face/server.ts';
import type { Random } from '../src/calendar/clock.ts';
import { listDayAt } from '../src/calendar/list-day.ts';
import { addDays, DAY_MS, type Instant } from '../src/calendar/zoned-time.ts';
import type { Disturbance, History } from './audit/history.ts';
import { addChannels } from './add-channels.ts';
import type { Channel } from './channel.ts';
import { type SyncedDisk, watchDisk } from './disk/synced-disk.ts';
import { type Asked, type RequestFault, startFaultProxy } from './fault-proxy.ts';
import { listAt, loadPapers, newestAt } from './paper-days.ts';
import { createRandom, pickNumber } from './random.ts';
import { readChannel } from './read-messages.ts';
import { createRecords, type Records } from './records.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';
import { createTimeline, type RunningTimeline } from './timeline.ts';

/** What becomes of a request at present; undefined where it is let through. */
export type Spoiler = (request: Asked) => RequestFault | undefined;
type Spoilers = Readonly<Record<'discord' | 'source', Set<Spoiler>>>;

export interface ChaosWorld {
  readonly timeline: RunningTimeline;
  readonly discord: DiscordStandIn;
  readonly supervisor: Supervisor;
  readonly channels: readonly Channel[];
  /** Spoils requests to one of the two until the function that it returns is called. */
  spoil(server: keyof Spoilers, spoiler: Spoiler): () => void;
  readonly disk: SyncedDisk;
  readonly paths: { readonly state: string; readonly archive: string };
  /** Whether the papers are recorded ones. */
  readonly recorded: boolean;
  /** How many requests went wrong as they were told to. */
  readonly faults: { readonly discord: number; readonly source: number };
  /** Notes that something is wrong until the function that it returns is called. */
  disturb(kind: string, channelId?: string): () => void;
  noteArchiveLost(): void;
  /** What processes did that they must not do. */
  readonly incidents: readonly string[];
  noteIncident(what: string): void;
  deleteChannel(channel: Channel): void;
  /** Ids of the papers that were listed last, to which something may still come. */
  newestPapers(): readonly string[];
  history(): History;
  close(): Promise<void>;
}

const SPEED = 60;
/**
 * Real. The bot repeats a nonce within two minutes of Discord's clock, which are two seconds here, and a request has its
 * effect 8 s later at most; by the time it may send without a nonce that is remembered, at 17 s, it is forgotten here too.
 */
const NONCE_MS = 12_000;
/** Half an hour after its list day has begun. */
const FIRST_MONDAY = Date.UTC(2026, 3, 20, 2);
const DAYS_BEFORE = 6;
const DAYS_AFTER = 20;
/** Fewer than the bot looks up in a minute, of real time. */
const NEWEST_PAPERS = 8;
/** How often Hugging Face's lists change, in real time. */
const LISTS_CHANGE_MS = 500;

/** The bot, the stand-ins on either side of it, and what goes wrong between them. */
export async function startChaosWorld(options: {
  readonly seed: number;
  readonly channels: number;
  readonly root?: string | undefined;
}): Promise<ChaosWorld> {
  const random = createRandom(options.seed, 1);
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-chaos-'));
  const start = FIRST_MONDAY + pickNumber(random, 0, 3) * 7 * DAY_MS;
  const timeline = createTimeline({ real: Date.now(), virtual: start, speed: SPEED }, () => Date.now());
  const records = createRecords();
  const spoilers: Spoilers = { discord: new Set(), source: new Set() };
  const source = await startSource({ random, start, timeline, spoilers: spoilers.source, records });
  const discord = await startDiscord({ idClock: timeline, rules: { nonceMs: NONCE_MS } });
  const proxy = await startFaultProxy({
    target: discord.url,
    decide: (request) => firstFault(spoilers.discord, request),
    onExchange: records.onDiscord,
  });
  const data = path.join(folder, 'data');
  mkdirSync(data);
  const disk = watchDisk(data, folder);
  const paths = { state: path.join(data, 'paperboy.sqlite'), archive: path.join(data, 'archive.sqlite') };
  const supervisor = createSupervisor({
    root: options.root ?? path.dirname(import.meta.dirname),
    folder,
    disk,
    seed: options.seed,
    timeline,
    env: {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: `${proxy.url}/api`,
      HF_ENDPOINT: source.url,
      DATABASE_URL: `sqlite://${paths.state}`,
      ARCHIVE_PATH: paths.archive,
      // No older days: nothing is delivered of them, and the days of a run go by too fast for their pauses.
      ARCHIVE_SINCE: '2100-01-01',
    },
  });
  const incidents: string[] = [];
  const channels = addChannels(discord, timeline, options.channels);
  return {
    timeline,
    discord,
    supervisor,
    channels,
    spoil(server, spoiler) {
      spoilers[server].add(spoiler);
      return () => void spoilers[server].delete(spoiler);
    },
    disk,
    paths,
    recorded: source.recorded,
    faults: records.faults,
    disturb: records.disturb,
    incidents,
    noteIncident: (what) => void incidents.push(what),
    noteArchiveLost: () => void records.archiveLostAt.push(Date.now()),
    deleteChannel(channel) {
      records.kept.push(...readChannel(discord, channel));
      channel.deletedAt = Date.now();
      discord.deleteChannel(channel.id);
    },
    newestPapers: source.newestPapers,
    history: () => ({
      timeline,
      endedAt: Date.now(),
      destinations: channels.map((channel) => channel.history()),
      listings: records.listings,
      visits: records.visits,
      messages: [
        ...records.kept,
        ...channels
          .filter(({ deletedAt }) => deletedAt === undefined)
          .flatMap((channel) => readChannel(discord, channel)),
      ],
      disturbances: [...records.disturbances, ...listDowntimes(supervisor)],
      archiveLostAt: records.archiveLostAt,
      lives: supervisor.lives,
      wrongStarts: incidents,
    }),
    async close() {
      await supervisor.retire();
      await Promise.all([proxy.close(), source.close()]);
      await discord.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function startSource(options: {
  readonly random: Random;
  readonly start: Instant;
  readonly timeline: RunningTimeline;
  readonly spoilers: ReadonlySet<Spoiler>;
  readonly records: Records;
}): Promise<{
  readonly url: string;
  newestPapers(): readonly string[];
  readonly recorded: boolean;
  close(): Promise<void>;
}> {
  const { random, start, timeline, spoilers, records } = options;
  const today = listDayAt(start);
  const { papers, recorded } = loadPapers({
    first: addDays(today, -DAYS_BEFORE),
    last: addDays(today, DAYS_AFTER),
    random,
  });
  const huggingFace = await startHuggingFace({ days: new Map(), now: timeline.now });
  let newest: readonly string[] = [];
  const publish = () => {
    const now = timeline.now();
    for (const [day, items] of listAt(papers, now)) huggingFace.setDay(day, items);
    newest = newestAt(papers, now, NEWEST_PAPERS);
  };
  publish();
  const timer = setInterval(publish, LISTS_CHANGE_MS);
  const proxy = await startFaultProxy({
    target: huggingFace.url,
    decide: (request) => firstFault(spoilers, request),
    onExchange: records.onSource,
  });
  return {
    url: proxy.url,
    newestPapers: () => newest,
    recorded,
    async close() {
      clearInterval(timer);
      await proxy.close();
      await huggingFace.close();
    },
  };
}

function firstFault(spoilers: ReadonlySet<Spoiler>, request: Asked): RequestFault | undefined {
  for (const spoiler of spoilers) {
    const fault = spoiler(request);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** From the end of each process until the next one is ready. */
function listDowntimes({ lives }: Supervisor): readonly Disturbance[] {
  return lives.map((life, index) => {
    const before = lives[index - 1];
    const from = before === undefined ? 0 : (before.signalledAt ?? before.endedAt ?? life.startedAt);
    return { from, to: life.readyAt ?? life.endedAt ?? Date.now(), kind: 'down' };
  });
}
