import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from './api-error.ts';
import { startGateway } from './gateway.ts';
import { createInteractions, EVERYONE_PERMISSIONS, type Interactions } from './interactions.ts';
import { answerRoute } from './routes.ts';
import { createRateLimits } from './rate-limits.ts';
import { ALL_PERMISSIONS } from './permissions.ts';
import {
  type Channel,
  createUser,
  type DiscordState,
  type Guild,
  type LoggedRequest,
  type Message,
  type World,
} from './state.ts';

export interface Failure {
  route: RegExp;
  method?: string;
  status?: number;
  code?: number;
  drop?: 'drop-before' | 'drop-after';
  delayMs?: number;
  /** Default 1. */
  times?: number;
}
export interface DiscordOptions {
  clock?: { now(): number };
  /** What ids count from, for a world whose days go by faster than its requests; the clock when absent. */
  idClock?: { now(): number };
  port?: number;
  /** Default true: rate limits as Discord has them, by the clock given. */
  limits?: boolean;
  handleHttp?: (request: IncomingMessage, response: ServerResponse) => boolean;
}
export interface DiscordStandIn {
  readonly url: string;
  readonly token: string;
  readonly state: DiscordState;
  readonly requests: LoggedRequest[];
  readonly adminId: string;
  readonly memberId: string;
  act: Interactions['act'];
  onChange(listener: () => void): () => void;
  addGuild(name: string): Guild;
  addChannel(guildId: string, name: string, type?: number): Channel;
  deleteChannel(channelId: string): void;
  setBotPermissions(channelId: string, bits: bigint): void;
  fail(failure: Failure): void;
  disconnectGateway(code?: number): void;
  messagesOf(channelId: string): Message[];
  close(): Promise<void>;
}

export async function startDiscord(options: DiscordOptions = {}): Promise<DiscordStandIn> {
  const clock = options.clock ?? { now: () => Date.now() };
  const idClock = options.idClock ?? clock;
  let serial = 0n;
  const nextId = () => String((BigInt(idClock.now() - 1_420_070_400_000) << 22n) + (serial++ & 0x3fffffn));
  const [bot, admin, member] = [
    createUser(nextId(), 'Paperboy', true),
    createUser(nextId(), 'Ada'),
    createUser(nextId(), 'Max'),
  ];
  const state: DiscordState = {
    applicationId: bot.id,
    bot,
    guilds: {},
    channels: {},
    users: Object.fromEntries([bot, admin, member].map((user) => [user.id, user])),
    messages: {},
    commands: [],
  };
  const listeners = new Set<() => void>();
  const failures: Failure[] = [];
  const requests: LoggedRequest[] = [];
  let url = '';
  const world: World = {
    state,
    token: 'playground-token',
    nonces: new Map(),
    now: () => clock.now(),
    nextId,
    dispatch: (event, data) => gateway.dispatch(event, data),
    changed: () => {
      for (const listener of listeners) listener();
    },
  };
  const interactions = createInteractions(world);
  const rateLimits = options.limits === false ? undefined : createRateLimits(clock);
  const send = (response: ServerResponse, status: number, body?: unknown) => {
    response.writeHead(status, body === undefined ? {} : { 'content-type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) send(response, 500, { code: 0, message: String(error) });
    });
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? '/', url);
    if (!target.pathname.startsWith('/api/')) {
      if (options.handleHttp?.(request, response) !== true)
        send(response, 404, { code: 0, message: '404: Not Found' });
      return;
    }
    const path = decodeURIComponent(target.pathname.replace(/^\/api\/v10/, ''));
    const method = request.method ?? 'GET';
    let text = '';
    for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const log = { method, path, body, status: 0, time: clock.now() };
    requests.push(log);
    const authorized = request.headers.authorization === `Bot ${world.token}`;
    const verdict = rateLimits?.take({ method, path, authorized });
    for (const [name, value] of Object.entries(verdict?.headers ?? {})) response.setHeader(name, value);
    if (verdict?.refusal) {
      log.status = 429;
      return send(response, 429, verdict.refusal);
    }
    const failure = failures.find(
      (one) => (one.times ?? 1) > 0 && one.route.test(path) && (one.method ?? method) === method,
    );
    if (failure) failure.times = (failure.times ?? 1) - 1;
    if (failure?.delayMs) await sleep(failure.delayMs);
    if (failure?.drop === 'drop-before') return void request.socket.destroy();
    try {
      if (failure?.status && failure.drop === undefined)
        throw new ApiError(failure.status, failure.code ?? 0, 'Failure as told');
      const result = answerRoute(
        { world, interactions, gatewayUrl: url.replace('http', 'ws') },
        { method, path, body, query: target.searchParams, authorized },
      );
      log.status = result === undefined ? 204 : 200;
      if (failure?.drop === 'drop-after') return void request.socket.destroy();
      send(response, log.status, result);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      log.status = error.status;
      send(response, error.status, {
        code: error.code,
        message: error.message,
        ...(error.errors ? { errors: error.errors } : {}),
      });
    }
  }
  const wireGuild = (guild: Guild) => ({
    ...guild,
    channels: Object.values(state.channels).filter((one) => one.guild_id === guild.id && one.type !== 11),
    threads: Object.values(state.channels).filter((one) => one.guild_id === guild.id && one.type === 11),
    members: [
      { user: bot, roles: [], joined_at: '2026-01-01T00:00:00.000Z', deaf: false, mute: false, flags: 0 },
    ],
    emojis: [],
    features: [],
    preferred_locale: 'en-US',
    member_count: 3,
  });
  const gateway = startGateway(server, {
    world,
    url: () => url.replace('http', 'ws'),
    guildEvents: () => Object.values(state.guilds).map(wireGuild),
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    url,
    token: world.token,
    state,
    requests,
    adminId: admin.id,
    memberId: member.id,
    act: (userId, place) => interactions.act(userId, place),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    addGuild(name) {
      const id = nextId();
      const role = {
        id,
        name: '@everyone',
        permissions: EVERYONE_PERMISSIONS,
        mentionable: false,
        position: 0,
        color: 0,
        hoist: false,
        managed: false,
      };
      const moderator = { ...role, id: nextId(), name: 'Admin', permissions: '8', position: 1 };
      const guild: Guild = {
        id,
        name,
        owner_id: admin.id,
        roles: [role, moderator],
        members: { [admin.id]: [moderator.id], [member.id]: [], [bot.id]: [] },
      };
      state.guilds[id] = guild;
      gateway.dispatch('GUILD_CREATE', wireGuild(guild));
      world.changed();
      return guild;
    },
    addChannel(guildId, name, type = 0) {
      const channel: Channel = {
        id: nextId(),
        type,
        name,
        guild_id: guildId,
        parent_id: null,
        position: 0,
        permission_overwrites: [],
      };
      state.channels[channel.id] = channel;
      gateway.dispatch('CHANNEL_CREATE', channel);
      world.changed();
      return channel;
    },
    deleteChannel(channelId) {
      const channel = state.channels[channelId];
      delete state.channels[channelId];
      gateway.dispatch('CHANNEL_DELETE', channel);
      world.changed();
    },
    setBotPermissions(channelId, bits) {
      const channel = state.channels[channelId];
      if (!channel) throw new Error(`There is no channel ${channelId}`);
      channel.permission_overwrites = [
        { id: bot.id, type: 1, allow: String(bits), deny: String(ALL_PERMISSIONS & ~bits) },
      ];
      gateway.dispatch('CHANNEL_UPDATE', channel);
      world.changed();
    },
    fail: (failure) => void failures.push({ ...failure }),
    disconnectGateway: (code = 4000) => gateway.disconnect(code),
    messagesOf: (channelId) =>
      (state.messages[channelId] ?? []).filter((one) => one.ephemeral_for === undefined),
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
