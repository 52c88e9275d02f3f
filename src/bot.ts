import type { Logger } from 'pino';
import { commands, controls, messageCommands } from '../commands/index.ts';
import type { Config } from '../config/schema.ts';
import type { Clock, Random } from './calendar/clock.ts';
import { createDailyFlow, type DailyFlow } from './digest/daily-flow.ts';
import { createPosting, type Posting } from './discord/rest/create-posting.ts';
import { keepTrying } from './discord/rest/keep-trying.ts';
import { createDiscordMessenger } from './discord/transport/messenger.ts';
import { createGatewayWatch } from './discord/interactions/gateway-watch.ts';
import { startDiscordClient } from './discord/interactions/start-discord-client.ts';
import { startHealth } from './operations/start-health.ts';
import { type Collector, createCollector } from './papers/collector.ts';
import type { PaperSource } from './papers/paper-source.ts';
import { startMinuteTicks } from './scheduling/minute-ticks.ts';
import { createHttpClient } from './sources/http-client.ts';
import { createHuggingFaceSource } from './sources/hugging-face-source.ts';
import { openState, type State } from './storage/open-state.ts';
import { createSourceSearch } from './topics/source-search.ts';
import { openSqliteArchive, type SqliteArchive } from './storage/archive/sqlite-paper-archive.ts';
import { monotonicClock } from './system-clock.ts';

export const VERSION = '0.1.0';

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
  /** No send can succeed any more; the process should stop. */
  readonly onFatal?: (message: string) => void;
}

export interface Bot {
  /** Collects when that is due, and sends what is due; resolves when all of it has settled. */
  tick(): Promise<void>;
  /** Finishes the step in flight, keeps the rest for the next start. */
  stop(): Promise<void>;
}

/** Enough that sending never waits for a plan. */
const PLANS_AHEAD = { channels: 96, dms: 8 };

/**
 * Starts everything, once Discord can be reached. Raises `StorageError`, and what discord.js raises when it cannot log
 * in for another reason.
 */
export async function startBot(options: BotOptions): Promise<Bot> {
  const { config, clock, logger } = options;
  const state = await openState({ url: config.databaseUrl, log: logger, clock });
  let archive: SqliteArchive | undefined;
  try {
    archive = openSqliteArchive({ path: config.archivePath, log: logger });
    return await startOn(options, state, archive);
  } catch (error) {
    await archive?.close();
    await state.close();
    throw error;
  }
}

async function startOn(options: BotOptions, state: State, opened: SqliteArchive): Promise<Bot> {
  const { clock, random, config, logger } = options;
  const { archive, search, matchTopics, close } = opened;
  const source = createSource(options);
  const posting = createPosting({
    token: config.discordToken,
    apiUrl: config.discordApiUrl,
    clock: monotonicClock,
    log: logger,
    requestsPerSecond: options.requestsPerSecond,
  });
  const watch = createGatewayWatch(clock, logger);
  const flow = createFlow(options, { ...opened, state, posting });
  const parts = {
    token: config.discordToken,
    apiUrl: config.discordApiUrl,
    commands,
    messageCommands,
    controls,
    context: {
      ...state,
      archive,
      search,
      matchTopics,
      source,
      sourceSearch: createSourceSearch({ source, archive, answers: state.sourceAnswers, clock, log: logger }),
      topics: config.topics,
      flow,
      clock,
      random,
      defaults: { minute: config.defaultMinute, zone: config.defaultZone },
      version: VERSION,
    },
    meta: state.meta,
    clock,
    commandsPerMinute: options.commandsPerMinute,
    log: logger,
    random,
    watch,
    signal: options.signal,
    makeRequest: posting.makeRequest,
    onFatal: fatalHandler(options),
  };
  const patience = { clock, random, log: logger, signal: options.signal };
  const health = await startHealth(config.health, {
    ...state,
    version: VERSION,
    clock,
    archive,
    gateway: watch.status,
  });
  const client = await keepTrying(() => startDiscordClient(parts), patience).catch(async (error: unknown) => {
    await health?.close();
    throw error;
  });
  logger.info({ version: VERSION }, 'ready');
  const collector = createCollector({ source, archive, clock, log: logger });
  const run = startRunning(options, state, flow, collector);
  return {
    tick: run.tick,
    async stop() {
      run.stop();
      await health?.close();
      await Promise.all([flow.drain(), collector.stop()]);
      await client.stop();
      await close();
      await state.close();
      logger.info({}, 'stopped');
    },
  };
}

function fatalHandler({ onFatal, logger }: BotOptions): (message: string) => void {
  return onFatal ?? ((message) => logger.fatal({}, message));
}

function createSource({ config, clock, random }: BotOptions): PaperSource {
  return createHuggingFaceSource({
    endpoint: config.hfEndpoint.href,
    ...(config.hfToken === undefined ? {} : { token: config.hfToken }),
    http: createHttpClient({ source: 'Hugging Face', clock, random }),
    clock,
  });
}

interface FlowParts extends Pick<SqliteArchive, 'archive' | 'matchTopics'> {
  readonly state: State;
  readonly posting: Posting;
}

function createFlow(options: BotOptions, { state, archive, matchTopics, posting }: FlowParts): DailyFlow {
  const { clock, random, logger } = options;
  return createDailyFlow({
    ...state,
    clock,
    random,
    archive,
    matchTopics,
    messenger: createDiscordMessenger({ rest: posting.rest, clock }),
    plansAhead: PLANS_AHEAD,
    inTurn: posting.inTurn,
    log: logger,
    onFatal: fatalHandler(options),
  });
}

function startRunning(
  { startTicks = startMinuteTicks, logger }: BotOptions,
  state: Pick<State, 'tidyIfDue'>,
  flow: DailyFlow,
  collector: Collector,
): { tick(): Promise<void>; stop(): void } {
  async function tick(): Promise<void> {
    const collecting = collector.collectIfDue().then((ran) => (ran ? flow.runDue() : undefined));
    await Promise.all([flow.runDue(), collecting, state.tidyIfDue()]);
  }
  const onTick = () => {
    tick().catch((error: unknown) => logger.error({ err: error }, 'a tick failed'));
  };
  onTick();
  return { tick, stop: startTicks(onTick) };
}
