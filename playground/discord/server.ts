import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type ChannelVerbs, createChannelVerbs } from './channel-verbs.ts';
import { createFaults, type Failure } from './faults.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { createGuildVerbs, type GuildVerbs, showGuilds } from './guild-verbs.ts';
import { answerApi, sendJson } from './http-api.ts';
import { createInteractions, type Interactions } from './interactions.ts';
import { countInvalid } from './invalid-requests.ts';
import { createPeopleVerbs, type PeopleVerbs } from './people-verbs.ts';
import { createRateLimits } from './rate-limits.ts';
import type { DiscordState, LoggedRequest, Message } from './state.ts';
import { createWorld, type Rules } from './world.ts';

export type { Failure } from './faults.ts';

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
export interface DiscordStandIn extends GuildVerbs, ChannelVerbs, PeopleVerbs {
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
  const now = () => clock.now();
  const world = createWorld({
    now,
    idNow: () => idClock.now(),
    rules: options.rules ?? {},
    dispatch: (event, data) => gateway.dispatch(event, data),
  });
  const people = createPeopleVerbs(world);
  const [admin, member, visitor] = ['Ada', 'Max', 'Vera'].map((name) => people.addUser(name).id);
  const { state } = world;
  const [adminId = '', memberId = '', visitorId = ''] = [admin, member, visitor];
  people.installFor(visitorId);
  const requests: LoggedRequest[] = [];
  const faults = createFaults({ now, random: options.random ?? Math.random });
  const interactions = createInteractions(world);
  let url = '';
  const gatewayUrl = () => url.replace('http', 'ws');
  const parts = {
    context: () => ({ world, interactions, gatewayUrl: gatewayUrl() }),
    requests,
    faults,
    rateLimits: options.limits === false ? undefined : createRateLimits({ now }),
  };
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/api/') === true)
      answerApi(parts, request, response).catch((error: unknown) => {
        console.error(error);
        if (!response.headersSent) sendJson(response, 500, { code: 0, message: String(error) });
      });
    else if (options.handleHttp?.(request, response) !== true)
      sendJson(response, 404, { code: 0, message: '404: Not Found' });
  });
  const gateway = startGateway(server, {
    world,
    url: gatewayUrl,
    guildEvents: () => showGuilds(world),
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return {
    ...people,
    ...createGuildVerbs(world, [adminId, memberId, state.bot.id]),
    ...createChannelVerbs(world),
    url,
    token: world.token,
    state,
    requests,
    adminId,
    memberId,
    visitorId,
    gateway,
    act: interactions.act,
    onChange: world.onChange,
    fail: faults.add,
    invalidRequests: () => countInvalid(requests, now()),
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
