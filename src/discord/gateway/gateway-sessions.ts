import {
  GatewayCloseCodes,
  type IShardingStrategy,
  SimpleIdentifyThrottler,
  SimpleShardingStrategy,
  type WebSocketOptions,
} from 'discord.js';
import type { Clock, Random } from '../../calendar/clock.ts';
import { HOUR_MS, MINUTE_MS } from '../../calendar/zoned-time.ts';
import { retryDelay } from '../../delivery/retry.ts';
import { PORTAL, REFUSED_TOKEN } from '../rest/classify-error.ts';
import { AskedToWaitError, RefusedTokenError } from '../rest/request-errors.ts';
import type { GatewayWatch } from './gateway-watch.ts';

/**
 * Discord does not take this bot again as it is, and what to do then.
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
 */
const FATAL: ReadonlyMap<number, string> = new Map([
  [4004, REFUSED_TOKEN],
  [4010, 'Discord does not know the shard. Start the bot again: it asks Discord how many shards to use.'],
  [
    4011,
    'The bot is in too many servers for its shards. Start it again: it asks Discord how many shards to use.',
  ],
  [4012, 'Discord no longer speaks this version of the gateway. Install a newer version of the bot.'],
  [4013, 'Discord does not know the intents asked for. Install a newer version of the bot.'],
  [4014, `Discord does not grant the intents asked for. Look at the page of the bot at ${PORTAL}.`],
]);

/** What to do about a close code after which no session can begin; undefined for all others. */
export function describeFatalClose(code: number): string | undefined {
  const advice = FATAL.get(code);
  return advice === undefined ? undefined : `${advice} (The gateway closed with ${code}.)`;
}

/** Discord's codes begin at 4000; 1000 and 4200 are what the bot itself sends when it gives up waiting. */
function describeClose(code: number): string {
  if (code === 1000 || code === 4200) return 'the gateway did not answer in time';
  if (code === 1006) return 'the connection to the gateway broke';
  return `the gateway closed the connection: ${code} ${GatewayCloseCodes[code] ?? ''}`.trim();
}

type Manager = Parameters<NonNullable<WebSocketOptions['buildStrategy']>>[0];

interface GatewaySessionParts {
  readonly clock: Clock;
  readonly random: Random;
  readonly watch: GatewayWatch;
  /** Ends the wait for sessions at the start. */
  readonly signal?: AbortSignal | undefined;
  /** Waits until no other process of this bot begins a session of that kind; absent where there is none. */
  readonly takeTurnToIdentify?: ((kind: number, signal: AbortSignal) => Promise<void>) | undefined;
  /** With what to do about it. */
  readonly onFatalClose: (advice: string) => void;
}

/** Of a shard, since it was ready last. */
interface Tries {
  readonly count: number;
  /** When the next one may go out, by the monotonic clock. */
  readonly notBefore: number;
}

const SHORTEST_WAIT_MS = 5_000;
/** A connection that is lost, and a session that cannot go on: both happen every day. */
const CLOSES_WHEN_WELL = 2;
/** A turn that took so long was behind another process. */
const LONG_TURN_MS = 1_000;

/**
 * Begins gateway sessions as Discord allows: none while none is left, as a bot that begins too many loses its token,
 * and further apart each time as long as they break. https://docs.discord.com/developers/events/gateway#session-start-limit-object
 */
export function createSessionOptions(parts: GatewaySessionParts): WebSocketOptions {
  const tries = new Map<number, Tries>();
  return {
    buildStrategy(manager) {
      watchShards(manager, parts, tries);
      return waitForSessions(manager, parts);
    },
    async buildIdentifyThrottler(manager) {
      const { session_start_limit: limit } = await manager.fetchGatewayInformation();
      const throttler = new SimpleIdentifyThrottler(limit.max_concurrency);
      return {
        async waitForIdentify(shardId, signal) {
          await awaitTurn(manager, { ...parts, signal, last: tries.get(shardId) });
          await throttler.waitForIdentify(shardId, signal);
          // It sleeps on when the connection closes, and discord.js would identify on the next one besides.
          signal.throwIfAborted();
          await takeTurn(manager, { ...parts, signal, kind: shardId % limit.max_concurrency });
          const count = tries.get(shardId)?.count ?? 0;
          const delay = count === 0 ? 0 : retryDelay({ failures: count, random: parts.random });
          tries.set(shardId, { count: count + 1, notBefore: parts.clock.monotonic() + delay });
          const { sessionsLeft = 1 } = parts.watch.figures();
          parts.watch.count({ sessionsLeft: Math.max(0, sessionsLeft - 1) });
        },
      };
    },
  };
}

function watchShards(manager: Manager, parts: GatewaySessionParts, tries: Map<number, Tries>): void {
  const { watch } = parts;
  const ready = new Set<number>();
  /** Those that broke, and are not back yet. */
  const away = new Set<number>();
  const closes = new Map<number, number>();
  let isFatal = false;
  const onReady = ({ shardId }: { readonly shardId: number }) => {
    ready.add(shardId);
    closes.set(shardId, 0);
    tries.set(shardId, { count: 0, notBefore: 0 });
    away.delete(shardId);
    watch.count({ shardsReady: ready.size });
    // Those that have not begun yet may take minutes: Discord lets few begin at a time.
    if (away.size === 0) watch.connected();
  };
  manager.on('ready', onReady);
  manager.on('resumed', onReady);
  manager.on('closed', ({ code, shardId }) => {
    const advice = describeFatalClose(code);
    isFatal ||= advice !== undefined;
    const broken = (closes.get(shardId) ?? CLOSES_WHEN_WELL) + 1;
    closes.set(shardId, broken);
    ready.delete(shardId);
    away.add(shardId);
    watch.count({ shardsReady: ready.size });
    const isFailing = broken > CLOSES_WHEN_WELL || (tries.get(shardId)?.count ?? 0) > 0;
    if (isFailing && !isFatal) watch.failed(describeClose(code));
    else watch.lost(advice ?? describeClose(code));
    if (advice !== undefined) parts.onFatalClose(advice);
  });
  manager.on('error', ({ error }) => {
    if (!isFatal) watch.failed(error.message);
  });
}

/** discord.js refuses to connect with fewer sessions left than shards. */
function waitForSessions(manager: Manager, parts: GatewaySessionParts): IShardingStrategy {
  const strategy = new SimpleShardingStrategy(manager);
  return {
    async spawn(shardIds) {
      while (!(await isSessionLeft(manager, parts))) parts.signal?.throwIfAborted();
      await strategy.spawn(shardIds);
    },
    connect: () => strategy.connect(),
    destroy: (options) => strategy.destroy(options),
    send: (shardId, payload) => strategy.send(shardId, payload),
    fetchStatus: () => strategy.fetchStatus(),
  };
}

/** Raises when the connection, which `signal` is of, has closed meanwhile, and nothing else: discord.js goes on then. */
async function awaitTurn(
  manager: Manager,
  parts: GatewaySessionParts & { readonly signal: AbortSignal; readonly last: Tries | undefined },
): Promise<void> {
  const { clock, signal, last } = parts;
  if (last === undefined) return;
  await clock.sleep(Math.max(0, last.notBefore - clock.monotonic()), signal);
  do signal.throwIfAborted();
  while (!(await mayBegin(manager, parts)));
}

/** Other processes may use up what sessions are left while this one waits for its turn. Raises as `awaitTurn` does. */
async function takeTurn(
  manager: Manager,
  parts: GatewaySessionParts & { readonly signal: AbortSignal; readonly kind: number },
): Promise<void> {
  const { clock, takeTurnToIdentify, signal, kind } = parts;
  if (takeTurnToIdentify === undefined) return;
  for (;;) {
    const since = clock.monotonic();
    // Without the database each process goes by itself: a bot that can be asked is worth more.
    await takeTurnToIdentify(kind, signal).catch(() => undefined);
    signal.throwIfAborted();
    // Discord lets nobody ask often, and shards of one process wait for each other before this.
    if (clock.monotonic() - since < LONG_TURN_MS || (await mayBegin(manager, parts, 1))) return;
  }
}

/** Waits before it says no. */
function mayBegin(
  manager: Manager,
  parts: GatewaySessionParts & { readonly signal: AbortSignal },
  needed?: number,
): Promise<boolean> {
  const { clock, watch, signal } = parts;
  return isSessionLeft(manager, parts, needed).catch(async (error: unknown) => {
    // The process is about to stop.
    if (error instanceof RefusedTokenError) return true;
    watch.failed('Discord cannot be asked how many sessions are left');
    const asked = error instanceof AskedToWaitError ? error.retryAfter : 0;
    await clock.sleep(Math.min(Math.max(asked, SHORTEST_WAIT_MS), MINUTE_MS), signal);
    return false;
  });
}

/** One for each shard, since all may need one, unless told otherwise. Waits before it says no. */
async function isSessionLeft(
  manager: Manager,
  { clock, watch, signal }: Pick<GatewaySessionParts, 'clock' | 'watch' | 'signal'>,
  needed = manager.options.shardCount ?? 1,
): Promise<boolean> {
  const { session_start_limit: limit } = await manager.fetchGatewayInformation(true);
  watch.count({
    shards: manager.options.shardCount ?? 1,
    sessionsLeft: limit.remaining,
    renewal:
      limit.reset_after > 0 ? { at: clock.now() + limit.reset_after, sessions: limit.total } : undefined,
  });
  if (limit.remaining >= needed) return true;
  const resetsAt = new Date(clock.now() + limit.reset_after).toISOString();
  watch.failed(`Discord allows no gateway session until ${resetsAt}`);
  await clock.sleep(Math.min(Math.max(limit.reset_after, SHORTEST_WAIT_MS), HOUR_MS), signal);
  return false;
}
