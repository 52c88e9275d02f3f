import type { DiscordClock } from './discord-clock.ts';
import type { Upload } from './messages/attachments.ts';
import { type ContentFilter, createContentFilter } from './messages/content-filter.ts';
import type { DiscordState, User } from './state.ts';

/** What Discord allows that tests want smaller, also from one moment to the next. */
export interface Rules {
  /** Active threads of a guild. https://support.discord.com/hc/en-us/articles/4403205878423 */
  maxActiveThreads: number;
  /** Active threads of a channel, by its id. */
  readonly maxThreadsIn: Record<string, number>;
  /** Direct message channels that are opened for the first time, in ten minutes. Discord publishes no number. */
  maxNewDms: number;
  /** How long an enforced nonce is remembered, in ms: "a few minutes", says Discord. */
  nonceMs: number;
  /** How long after its end the votes of a poll are counted, in ms: https://github.com/discord/discord-api-docs/issues/6872 */
  pollsCountedAfterMs: number;
}
export interface World {
  readonly state: DiscordState;
  readonly token: string;
  readonly rules: Rules;
  /** Messages sent with an enforced nonce, also those deleted since. */
  readonly nonces: Map<string, { messageId: string; time: number }>;
  /** When direct message channels were opened for the first time. */
  readonly dmOpenings: number[];
  readonly content: ContentFilter;
  /** Files that were sent, by the ids of their attachments. */
  readonly uploads: Map<string, Upload>;
  /** Where files are served. */
  cdnUrl(): string;
  /** Discord's clock. */
  now(): number;
  /** The time that people see: what ids count from, and when polls and events begin and end. */
  shownTime(): number;
  /** Carries out requests that nobody answered, and that are late; called before messages are added or looked at. */
  land(): void;
  nextId(): string;
  dispatch(event: string, data: unknown): void;
  changed(): void;
  onChange(listener: () => void): () => void;
}

const EPOCH_MS = 1_420_070_400_000;

/** https://discord.com/developers/docs/reference#snowflakes */
function createIds(now: () => number): () => string {
  let serial = 0n;
  return () => {
    serial += 1n;
    return String((BigInt(now() - EPOCH_MS) << 22n) + (serial & 0x3fffffn));
  };
}

/** When an id was made, by the clock that ids count from. */
export function timeOfId(id: string): number {
  return Number(BigInt(id) >> 22n) + EPOCH_MS;
}

export function createWorld(edge: {
  readonly clock: DiscordClock;
  land(): void;
  cdnUrl(): string;
  dispatch(event: string, data: unknown): void;
  rules: Partial<Rules>;
}): World {
  const nextId = createIds(() => edge.clock.idNow());
  const bot = createUser(nextId(), 'Paperboy', true);
  const listeners = new Set<() => void>();
  return {
    state: {
      applicationId: bot.id,
      bot,
      guilds: {},
      channels: {},
      users: { [bot.id]: bot },
      messages: {},
      events: {},
      pollVotes: {},
      commands: [],
      userInstalls: [],
      closedDms: [],
    },
    token: 'playground-token',
    rules: {
      maxActiveThreads: 1000,
      maxThreadsIn: {},
      maxNewDms: Infinity,
      nonceMs: 120_000,
      pollsCountedAfterMs: 0,
      ...edge.rules,
    },
    nonces: new Map(),
    dmOpenings: [],
    content: createContentFilter(),
    uploads: new Map(),
    cdnUrl: () => edge.cdnUrl(),
    now: () => edge.clock.now(),
    shownTime: () => edge.clock.idNow(),
    land: edge.land,
    nextId,
    dispatch: edge.dispatch,
    changed() {
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

export function createUser(id: string, name: string, bot = false): User {
  return { id, username: name.toLowerCase(), global_name: name, discriminator: '0', avatar: null, bot };
}
