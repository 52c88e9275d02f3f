import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type ChannelVerbs, createChannelVerbs } from './channels/channel-verbs.ts';
import { createDiscordClock } from './discord-clock.ts';
import { createFaults, type Failure } from './http/faults.ts';
import { type Gateway, startGateway } from './gateway/gateway.ts';
import { createSessionStarts } from './gateway/session-limits.ts';
import { createGuildVerbs, type GuildVerbs, showGuilds } from './guilds/guild-verbs.ts';
import { createEventVerbs, type EventVerbs } from './guilds/scheduled-events.ts';
import { createApi, sendJson } from './http/http-api.ts';
import { createInteractions, type Interactions } from './interactions/interactions.ts';
import { countInvalid } from './http/invalid-requests.ts';
import { createPeopleVerbs, type PeopleVerbs } from './guilds/people-verbs.ts';
import { createLateEffects } from './http/late-effects.ts';
import { findFile } from './messages/attachments.ts';
import { createMessageVerbs, type MessageVerbs } from './messages/message-verbs.ts';
import { createRateLimits } from './http/rate-limits.ts';
import type { DiscordState, LoggedRequest, Message } from './state.ts';
import { createWorld, type Rules, type World } from './world.ts';

export type { Failure } from './http/faults.ts';

export interface DiscordOptions {
  clock?: { now(): number };
  /** What ids count from, for a world whose days go by faster than its requests; the clock when absent. */
  idClock?: { now(): number };
  /** For faults that come with a probability. */
  random?: () => number;
  port?: number;
  /** Default true: rate limits as Discord has them, by the clock given. */
  limits?: boolean;
  rules?: Partial<Rules>;
  /** How often the bot is to send heartbeats; default as Discord, 41,250. */
  heartbeatMs?: number;
  handleHttp?: (request: IncomingMessage, response: ServerResponse) => boolean;
}
export interface DiscordStandIn extends GuildVerbs, EventVerbs, ChannelVerbs, MessageVerbs, PeopleVerbs {
  readonly url: string;
  readonly token: string;
  readonly state: DiscordState;
  readonly requests: LoggedRequest[];
  /** Of every guild, unless told otherwise, are the admin, who owns it, and the member. */
  readonly adminId: string;
  readonly memberId: string;
  /** Is in no guild, and has the app installed for themselves. */
  readonly visitorId: string;
  readonly gateway: Omit<Gateway, 'close'>;
  /** Can be changed at any time. */
  readonly rules: Rules;
  /** Lets Discord's clock, its ids and its `Date` headers run ahead of the clock given; behind it when negative. */
  setClockAhead(ms: number): void;
  act: Interactions['act'];
  onChange(listener: () => void): () => void;
  /** Plans a failure of requests; the function given back ends it. */
  fail(failure: Failure): () => void;
  /** How many requests of the last ten minutes count towards Discord's ban. */
  invalidRequests(): number;
  disconnectGateway(code?: number): void;
  messagesOf(channelId: string): Message[];
  close(): Promise<void>;
}

export async function startDiscord(options: DiscordOptions = {}): Promise<DiscordStandIn> {
  const { clock = { now: () => Date.now() }, idClock = clock } = options;
  const given = { now: () => clock.now(), idNow: () => idClock.now() };
  const discordClock = createDiscordClock(given);
  const late = createLateEffects(discordClock);
  const world = createWorld({
    clock: discordClock,
    land: late.land,
    cdnUrl: () => address.url,
    rules: options.rules ?? {},
    dispatch: (event, data) => gateway.dispatch(event, data),
  });
  const people = createPeopleVerbs(world);
  const ids = addPeople(people);
  const { state } = world;
  const requests: LoggedRequest[] = [];
  const faults = createFaults({ now: given.now, random: options.random ?? Math.random });
  const interactions = createInteractions(world);
  const address = { url: '' };
  const starts = createSessionStarts(discordClock);
  const gatewayUrl = () => address.url.replace('http', 'ws');
  const api = createApi({
    context: () => ({ world, interactions, gatewayUrl: gatewayUrl(), starts }),
    requests,
    faults,
    late,
    /** By the clock that ids count from: a bot reads both together. */
    date: () => new Date(discordClock.idNow()),
    rateLimits:
      options.limits === false ? undefined : createRateLimits({ now: given.now, idNow: discordClock.idNow }),
  });
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/') === true) api(request, response);
    else if (/^\/(?:ephemeral-)?attachments\//.test(request.url ?? ''))
      void sendFile(world, request.url ?? '', response);
    else if (options.handleHttp?.(request, response) !== true)
      sendJson(response, 404, { code: 0, message: '404: Not Found' });
  });
  address.url = await listen(server, options.port ?? 0);
  const gateway = startGateway(server, {
    world,
    starts,
    url: gatewayUrl,
    guildEvents: () => showGuilds(world),
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  });
  return {
    ...people,
    ...createGuildVerbs(world, [ids.adminId, ids.memberId, state.bot.id]),
    ...createEventVerbs(world),
    ...createChannelVerbs(world),
    ...createMessageVerbs(world, ids.memberId),
    ...ids,
    url: address.url,
    token: world.token,
    state,
    requests,
    rules: world.rules,
    setClockAhead: discordClock.setAhead,
    gateway,
    act: interactions.act,
    onChange: world.onChange,
    fail: faults.add,
    invalidRequests: () => countInvalid(requests, world.now()),
    disconnectGateway: (code = 4000) => gateway.disconnect(code),
    messagesOf(channelId) {
      late.land();
      return (state.messages[channelId] ?? []).filter((one) => one.ephemeral_for === undefined);
    },
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addPeople(people: PeopleVerbs): Pick<DiscordStandIn, 'adminId' | 'memberId' | 'visitorId'> {
  const ids = {
    adminId: people.addUser('Ada').id,
    memberId: people.addUser('Max').id,
    visitorId: people.addUser('Vera').id,
  };
  people.installFor(ids.visitorId);
  return ids;
}

async function sendFile(world: World, path: string, response: ServerResponse): Promise<void> {
  const file = findFile(world, path);
  if (file === undefined) return sendJson(response, 404, { code: 0, message: '404: Not Found' });
  response.writeHead(200, { 'content-type': file.type }).end(await file.bytes());
}

async function listen(server: Server, port: number): Promise<string> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
}
