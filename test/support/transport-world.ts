import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { DeliveryTransport, SendRequest } from '../../src/delivery/delivery-transport.ts';
import { type Delivery, planStep, type Step, stepOf } from '../../src/delivery/delivery.ts';
import type { Digest } from '../../src/digest/choose.ts';
import type { PostTransport } from '../../src/digest/post.ts';
import { layOutDigest } from '../../src/discord/digests/lay-out-digest.ts';
import { renderStep } from '../../src/discord/digests/render-step.ts';
import type { DiscordRest } from '../../src/discord/rest/create-rest.ts';
import { createDiscordTransport } from '../../src/discord/transport/create-transport.ts';
import type { ArchivedPaper } from '../../src/papers/paper.ts';
import type { Destination, OpenPlace } from '../../src/subscriptions/destination.ts';
import { systemClock } from '../../src/system-clock.ts';
import { buildDestination } from './build-destination.ts';
import { buildPaper } from './build-paper.ts';
import { openRest } from './scripted-discord.ts';

export const VIEW_AND_SEND = (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 38n);
export const READ_HISTORY = 1n << 16n;

export interface TransportWorld extends DiscordRest {
  readonly discord: DiscordStandIn;
  readonly transport: DeliveryTransport & PostTransport;
  readonly guildId: string;
  /** A place in a channel of the server. */
  placeIn(channelId: string, channelKind?: 'text' | 'forum'): OpenPlace;
  send(delivery: Delivery, n: number, about?: Partial<SendRequest>): ReturnType<DeliveryTransport['send']>;
  lookUp(delivery: Delivery, n: number): ReturnType<DeliveryTransport['lookUp']>;
  /** Lets time pass on the monotonic clock. */
  passTime(ms: number): void;
  /** The paths of requests with that method. */
  asked(method: string, path: RegExp): readonly string[];
}

/** The real transport at the playground's Discord. */
export async function openTransportWorld(): Promise<TransportWorld> {
  const discord = await startDiscord();
  const guildId = discord.addGuild('Lab').id;
  let passedMs = 0;
  const readings = { ...systemClock, monotonic: () => systemClock.monotonic() + passedMs };
  const parts = openRest({ url: `${discord.url}/api`, token: discord.token }, { readings });
  const transport = createDiscordTransport(parts);
  return {
    ...parts,
    discord,
    transport,
    guildId,
    placeIn: (channelId, channelKind = 'text') => ({ kind: 'channel', channelId, guildId, channelKind }),
    send(delivery, n, about = {}) {
      const step = stepOf(delivery, n);
      const payload = renderStep(step, (id) => papers.get(id))?.payload ?? null;
      return transport.send({ delivery, step, payload, mayLeave: () => true, ...about });
    },
    passTime: (ms) => {
      passedMs += ms;
    },
    lookUp: (delivery, n) => transport.lookUp({ delivery, step: stepOf(delivery, n) }),
    asked: (method, path) =>
      discord.requests
        .filter((request) => request.method === method && path.test(request.path))
        .map((request) => request.path),
  };
}

/** Those of the newest plan. */
let papers: ReadonlyMap<string, ArchivedPaper> = new Map();

/** The delivery of a digest of papers with these titles, whose steps were first attempted now. */
export function planDelivery(
  place: OpenPlace,
  titles: readonly string[],
  about: Partial<Destination> & { readonly topics?: readonly string[]; readonly attemptedAt?: Instant } = {},
): Delivery {
  const { topics = [], attemptedAt: firstAttemptAt = Date.now(), ...destination } = about;
  const entries: Digest['entries'] = titles.map((title, index) => ({
    paper: {
      ...buildPaper({ id: `2606.0000${index}`, title, keywords: ['computer vision'] }),
      listDay: '2026-06-09',
      firstSeenAt: 0,
    },
    topics,
  }));
  const digest = {
    id: 'abcdefgh12345678',
    destination: buildDestination({ ...destination, place }),
    entries,
  };
  papers = new Map(entries.map(({ paper }) => [paper.id, paper]));
  const steps = layOutDigest(digest);
  return {
    id: digest.id,
    destinationId: digest.destination.id,
    place,
    kind: 'digest',
    slot: firstAttemptAt,
    state: 'open',
    mention: 'none',
    hidden: [],
    plannedAt: firstAttemptAt,
    steps: steps.map((step, position) => ({ ...planStep(step, position), firstAttemptAt })),
  };
}

export function changeStep(delivery: Delivery, n: number, change: Partial<Step>): Delivery {
  return { ...delivery, steps: delivery.steps.map((step) => (step.n === n ? { ...step, ...change } : step)) };
}
