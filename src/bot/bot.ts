import type { Logger } from 'pino';
import { commands, controls, forms, messageCommands } from '../../commands/index.ts';
import { inviteLink } from '../../config/invite-link.ts';
import type { Config } from '../../config/schema.ts';
import packageFile from '../../package.json' with { type: 'json' };
import type { Clock, Random } from '../calendar/clock.ts';
import { createPostRefresher } from '../digest/post-refresher.ts';
import { createCharts } from '../charts/create-charts.ts';
import { createGatherRoundup } from '../digest/roundups/gather-roundup.ts';
import { renderAgain } from '../discord/digests/render-step.ts';
import { createReadingTransport } from '../discord/transport/reading-transport.ts';
import { createReadingRounds } from '../reading/reading-rounds.ts';
import { createContext, createForYou } from './create-context.ts';
import { createSource } from './create-source.ts';
import { createDiscordRest } from '../discord/rest/create-rest.ts';
import { keepTrying } from '../discord/rest/keep-trying.ts';
import { createDiscordTransport } from '../discord/transport/create-transport.ts';
import { createGatewayWatch } from '../discord/gateway/gateway-watch.ts';
import { type DiscordClient, startDiscordClient } from '../discord/gateway/start-discord-client.ts';
import { createMeter, type Meter } from '../operations/meter.ts';
import { startHealth } from '../operations/start-health.ts';
import { createCollector } from '../papers/collector.ts';
import { createLinkRefresher } from '../papers/link-refresher.ts';
import { startCronTicks } from '../scheduling/cron-ticks.ts';
import type { Leadership, LeadershipStatus } from './leadership.ts';
import { type Ledger, openLedger } from '../storage/ledger/open-ledger.ts';
import { openSqliteArchive, type SqliteArchive } from '../storage/archive/sqlite-paper-archive.ts';
import { readMetrics } from './read-metrics.ts';
import { createCommandRegistration } from './register-commands.ts';
import { startMinutes } from './start-minutes.ts';
import { openLane, startScheduler } from './start-scheduler.ts';
import { waitToLead } from './wait-to-lead.ts';
import { systemClock } from '../system-clock.ts';

export const VERSION = packageFile.version;

export interface BotOptions {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  /** Calls back each minute until what it returns is called; by the system's clock when absent. */
  readonly startTicks?: (onTick: () => void) => () => void;
  /** To Discord, but for answers to interactions; as many as it takes when absent. */
  readonly requestsPerSecond?: number;
  /** Of one person; 30 when absent. */
  readonly commandsPerMinute?: number;
  /** Ends the tries to reach Discord at the start. */
  readonly signal?: AbortSignal;
  /** Nothing can go on any more; the process should stop. Called once. */
  readonly onFatal?: (message: string) => void;
}

export interface Bot {
  /** See `Minutes`. */
  tick(): Promise<void>;
  /** Undefined where no other process can share the work. */
  leadership(): LeadershipStatus | undefined;
  /** Finishes the requests under way; the rest stays for the next start. */
  stop(): Promise<void>;
}

/** In how many channels posts are edited at a time: with two seconds between edits, eight a second. */
const EDITED_AT_ONCE = 16;
/** Reading groups that go on at a time. */
const GROUPS_AT_ONCE = 16;
/** Requests a second: Discord takes 50 of all processes together, and those that stand by log in now and then. */
const BESIDE_STANDBYS = 46;

/**
 * Starts everything; resolves once Discord can be reached, while papers are collected and sent from the beginning. Raises
 * `StorageError`, and what discord.js raises when it cannot log in for another reason.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { config, clock, logger } = options;
  const meter = config.health?.metrics === true ? await createMeter() : undefined;
  const ledger = await openLedger({ url: config.databaseUrl, log: logger, clock, onWrite: meter?.onWrite });
  let archive: SqliteArchive | undefined;
  try {
    archive = openSqliteArchive({ path: config.archivePath, log: logger });
    return await startOn(options, { ledger, opened: archive, meter });
  } catch (error) {
    await archive?.close();
    await ledger.close();
    throw error;
  }
}

interface Opened {
  readonly ledger: Ledger;
  readonly opened: SqliteArchive;
  /** Undefined where nobody asks for metrics. */
  readonly meter: Meter | undefined;
}

async function startOn(options: BotOptions, { ledger, opened, meter }: Opened): Promise<Bot> {
  const { clock, random, config, logger } = options;
  const { archive } = opened;
  const { shared } = ledger;
  let leadership: Leadership | undefined;
  const mayAct = () => shared === undefined || leadership?.holds() === true;
  const isAnswering = () => shared === undefined || leadership?.leads() === true;
  let othersUntil = -Infinity;
  const source = createSource({ ...options, version: VERSION });
  const onFatal = tellOnce(options.onFatal ?? ((message) => logger.fatal({}, message)));
  const discord = createDiscordRest({
    token: config.discordToken,
    apiUrl: config.discordApiUrl,
    pace: systemClock,
    readings: clock,
    log: logger,
    mayAct,
    requestsPerSecond: options.requestsPerSecond ?? (shared && BESIDE_STANDBYS),
    onRequest: meter?.onRequest,
    mayRefuse: isAnswering,
    onRefusedToken: onFatal,
  });
  const charts = createCharts(logger);
  const transport = createDiscordTransport({ ...discord, onSend: meter?.onSend }, charts);
  const matchForYou = createForYou(opened.pickForDigests, { ledger, opened });
  const gatherRoundup = createGatherRoundup({
    matchTopics: opened.matchTopics,
    matchForYou,
    ledger: ledger.deliveries,
    choices: ledger.forYouChoices,
    countByDay: opened.countForDigests,
    topics: config.topics,
    log: logger,
  });
  const scheduler = startScheduler({
    clock,
    random,
    logger,
    ledger,
    opened,
    transport,
    matchForYou,
    gatherRoundup,
    onFatal,
    othersUntil: () => othersUntil,
  });
  const reading = createReadingTransport(discord.rest);
  const readingRounds = createReadingRounds({
    clock,
    random,
    store: ledger.readingGroups,
    choices: ledger.forYouChoices,
    transport: reading,
    sendOpen: scheduler.sendOpen,
    lane: openLane(GROUPS_AT_ONCE),
    log: logger,
  });
  const watch = createGatewayWatch(clock, logger);
  const patience = { clock, random, log: logger, signal: options.signal };
  const registration = createCommandRegistration(patience);
  const health = await startHealth(config.health, {
    version: VERSION,
    clock,
    pace: systemClock,
    archive,
    destinations: ledger.destinations,
    deliveries: ledger.deliveries,
    isInPlace: ledger.isInPlace,
    gateway: watch.status,
    commands: registration.status,
    obstacle: discord.discordClock.silence,
    metrics: meter && {
      contentType: meter.contentType,
      read: async () => {
        const parts = { version: VERSION, clock, pace: systemClock, ledger, opened, discord, watch };
        return meter.read(await readMetrics({ ...parts, leads: mayAct(), leadership: leadership?.status() }));
      },
    },
  });
  const logIn = () =>
    startDiscordClient({
      token: config.discordToken,
      apiUrl: config.discordApiUrl,
      commands,
      messageCommands,
      controls,
      forms,
      context: createContext({
        ...options,
        version: VERSION,
        ledger,
        opened,
        source,
        scheduler,
        transport,
        charts,
        gatherRoundup,
        readingRounds,
        reading,
      }),
      meta: ledger.meta,
      drafts: ledger.formDrafts,
      clock,
      commandsPerMinute: options.commandsPerMinute,
      onInteraction: meter?.onInteraction,
      log: logger,
      random,
      watch,
      // While its lease is in doubt it writes nothing, but takes commands: its answers wait until the lease is sure.
      isAnswering,
      takeTurnToIdentify: shared?.takeTurnToIdentify,
      signal: options.signal,
      makeRequest: discord.makeRequest,
      onFatal,
    });
  const loggingIn = keepTrying(logIn, { ...patience, message: 'Discord cannot be reached, trying again' });
  // It may fail before somebody waits for it, which would end the process at once.
  loggingIn.catch(() => undefined);
  const register = () => loggingIn.then(registration.register, () => undefined);
  // Sending needs no gateway.
  const minutes = startMinutes({
    ledger,
    scheduler,
    collector: createCollector({ source, archive, clock, archiveSince: config.archiveSince, log: logger }),
    linkRefresher: createLinkRefresher({
      source,
      archive,
      followed: ledger.follows.papers,
      clock,
      log: logger,
    }),
    postRefresher: createPostRefresher({
      clock,
      posts: ledger.posts,
      transport,
      renderAgain: (view) => renderAgain(view, archive.paper),
      lane: openLane(EDITED_AT_ONCE),
      log: logger,
      onFatal,
    }),
    readingRounds,
    startTicks: options.startTicks ?? startCronTicks,
    log: logger,
  });
  let client: DiscordClient | undefined;

  async function stopWork(): Promise<void> {
    minutes.stop();
    await health?.close();
    discord.limiter.stop();
    const underWay = Promise.all([minutes.drain(), client?.drain()]);
    await Promise.all([leadership?.handOver(underWay), underWay, client?.stop()]);
  }

  try {
    if (shared === undefined) {
      minutes.lead();
    } else {
      leadership = await waitToLead({
        shared,
        ledger,
        opened,
        watch,
        minutes,
        log: logger,
        onTaken: (othersMs) => void (othersUntil = clock.monotonic() + othersMs),
        register: () => void register(),
        onOver: onFatal,
      });
    }
    client = await loggingIn;
    if (shared === undefined) await register();
    const { name, servers, applicationId } = client;
    const { shards = 1 } = watch.figures();
    logger.info({ version: VERSION, bot: name, servers, shards, invite: inviteLink(applicationId) }, 'ready');
  } catch (error) {
    await stopWork();
    throw error;
  }
  const { tick } = minutes;
  return {
    tick,
    leadership: () => leadership?.status(),
    async stop() {
      await stopWork();
      await opened.close();
      await ledger.close();
      logger.info({}, 'stopped');
    },
  };
}

/** Much that is under way may fail of one cause. */
function tellOnce(tell: (message: string) => void): (message: string) => void {
  let isTold = false;
  return (message) => {
    if (isTold) return;
    isTold = true;
    tell(message);
  };
}
