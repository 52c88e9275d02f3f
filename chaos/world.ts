import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type DiscordStandIn, startDiscord } from '../playground/discord/server.ts';
import type { History } from './audit/history.ts';
import { addChannels } from './places/add-channels.ts';
import type { Channel } from './places/channel.ts';
import { addGroups } from './groups/add-groups.ts';
import type { ReadingGroup } from './groups/reading-group.ts';
import { countOpenFiles } from './bot/count-open-files.ts';
import { listAbsences, listDowntimes } from './bot/downtimes.ts';
import { openGate, type Spoiler, type Spoilers } from './bot/gate.ts';
import { createRandom } from './random.ts';
import { readAnswers } from './readers/read-answers.ts';
import { readMessages } from './readers/read-messages.ts';
import { createRecords } from './records.ts';
import { startOnPostgres } from './replicas/start-on-postgres.ts';
import { type Source, startSource } from './source.ts';
import { type Bot, startOnSqlite } from './bot/start-bot.ts';
import { createTimeline, type MachineTimeline } from './timeline.ts';

export interface ChaosWorld extends Omit<Bot, 'close'> {
  readonly timeline: MachineTimeline;
  readonly discord: DiscordStandIn;
  readonly channels: readonly Channel[];
  readonly groups: readonly ReadingGroup[];
  /** Spoils requests to one of the two until the function that it returns is called. */
  spoil(server: keyof Spoilers, spoiler: Spoiler): () => void;
  /** The folder of the checkout whose bot is run. */
  readonly root: string;
  readonly source: Source;
  /** How many requests went wrong as they were told to. */
  readonly faults: { readonly discord: number; readonly source: number };
  /** How often Discord has refused something with that code. */
  countRefusals(code: number): number;
  /** Notes that a paper is refused, everywhere or in one place, until the function that it returns is called. */
  refusePaper(paperId: string, channelId?: string): () => void;
  /** Passes over `ms` of the days of the run, as for a machine that slept. Every process that runs is told. */
  leap(ms: number): void;
  /** Lets the clock of the bot's machine be so far ahead until the function that it returns is called. */
  setClock(aheadMs: number): () => void;
  /** Notes that something is wrong until the function that it returns is called. */
  disturb(kind: string, channelId?: string): () => void;
  /** `older file`: a copy from a while ago is left; nothing is, when absent. */
  noteArchiveLost(left?: 'older file'): void;
  /** What processes did that they must not do. */
  readonly incidents: readonly string[];
  noteIncident(what: string): void;
  /** That somebody could do, or see, what they must not. */
  noteTrespass(what: string): void;
  deleteChannel(channel: Channel): void;
  history(): History;
  close(): Promise<void>;
}

const SPEED = 60;
/**
 * Real. The bot repeats a nonce within two minutes of Discord's clock, which are two seconds here, and a request has its
 * effect 8 s later at most; by the time it may send without a nonce that is remembered, at 17 s, it is forgotten here too.
 */
const NONCE_MS = 12_000;
/** In the days before the clocks change in some zone, and a month ends; half an hour after a list day has begun. */
const STARTS = [
  Date.UTC(2025, 9, 23, 2),
  Date.UTC(2025, 9, 30, 2),
  Date.UTC(2026, 2, 5, 3),
  Date.UTC(2026, 2, 26, 2),
  Date.UTC(2026, 3, 2, 2),
] as const;

/** So often that a gateway which goes silent is noticed within a run. */
const HEARTBEAT_MS = 4_000;
/** In every other run. */
const SHARDS = 3;

/** The bot, the stand-ins on either side of it, and what goes wrong between them. */
export async function startChaosWorld(options: {
  readonly seed: number;
  readonly channels: number;
  readonly root?: string | undefined;
  readonly replicas?: number | undefined;
}): Promise<ChaosWorld> {
  const random = createRandom(options.seed, 1);
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-chaos-'));
  const start = STARTS[options.seed % STARTS.length] ?? STARTS[0];
  const timeline = createTimeline({ real: Date.now(), virtual: start, speed: SPEED }, () => Date.now());
  const records = createRecords();
  const spoilers: Spoilers = { discord: new Set(), source: new Set() };
  const source = await startSource({ random, start, timeline });
  const discord = await startDiscord({
    idClock: timeline,
    heartbeatMs: HEARTBEAT_MS,
    rules: { nonceMs: NONCE_MS },
  });
  if (options.seed % 2 === 1) discord.gateway.setLimits({ shards: SHARDS, maxConcurrency: SHARDS });
  const ways = { discordUrl: discord.url, sourceUrl: source.url, spoilers, records };
  const root = options.root ?? path.dirname(import.meta.dirname);
  const parts = {
    root,
    folder,
    seed: options.seed,
    timeline,
    openGate: (replica?: number) => openGate(ways, replica),
    env: {
      DISCORD_TOKEN: discord.token,
      // No older days: nothing is delivered of them, and the days of a run go by too fast for their pauses.
      ARCHIVE_SINCE: '2100-01-01',
    },
  };
  const { close: closeBot, ...bot } = await (options.replicas === undefined
    ? startOnSqlite(parts)
    : startOnPostgres({
        ...parts,
        count: options.replicas,
        onWrite: (one) => void records.writes.push(one),
      }));
  const { supervisor, replicas } = bot;
  const incidents: string[] = [];
  const trespasses: string[] = [];
  const channels = addChannels(discord, timeline, options.channels);
  const guildIds = new Set(channels.map(({ guildId }) => guildId).filter((id) => id !== ''));
  const groups = addGroups(discord, [...guildIds]);
  return {
    ...bot,
    timeline,
    discord,
    channels,
    groups,
    spoil(server, spoiler) {
      spoilers[server].add(spoiler);
      return () => void spoilers[server].delete(spoiler);
    },
    root,
    source,
    faults: records.faults,
    disturb: records.disturb,
    leap(ms) {
      timeline.leap(ms);
      supervisor.passTime();
    },
    setClock(aheadMs) {
      const settle = records.disturb('clock', undefined, { aheadMs });
      const show = (ms: number) => {
        timeline.aheadMs = ms;
        supervisor.passTime();
      };
      show(aheadMs);
      return () => {
        show(0);
        settle();
      };
    },
    countRefusals: records.countRefusals,
    refusePaper: records.refusePaper,
    incidents,
    noteIncident: (what) => void incidents.push(what),
    noteTrespass: (what) => void trespasses.push(what),
    noteArchiveLost: records.noteArchiveLost,
    deleteChannel(channel) {
      records.kept.push(...readMessages(discord).filter(({ channelId }) => channelId === channel.id));
      channel.deletedAt = Date.now();
      discord.deleteChannel(channel.id);
    },
    history: () => ({
      timeline,
      endedAt: Date.now(),
      destinations: channels.map((channel) => channel.history()),
      groups: groups.map((group) => group.history()),
      listings: records.listings,
      visits: records.visits,
      messages: [
        ...records.kept,
        ...groups.flatMap((group) => group.history().deleted.map(({ message }) => message)),
        ...readMessages(discord),
      ],
      disturbances: [...records.disturbances, ...listDowntimes(supervisor.lives)],
      refusals: records.refusals,
      archiveLostAt: records.archiveLostAt,
      archiveEmptiedAt: records.archiveEmptiedAt,
      absences: [...(replicas?.absences ?? []), ...listAbsences(supervisor.lives)],
      writes: records.writes,
      requests: records.requests,
      answers: readAnswers(discord),
      lives: supervisor.lives,
      openFiles: countOpenFiles(supervisor.pid),
      wrongStarts: incidents,
      trespasses,
    }),
    async close() {
      await closeBot();
      await source.close();
      await discord.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
