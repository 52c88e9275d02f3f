import { setTimeout } from 'node:timers/promises';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { slotsBetween } from '../audit/evidence/slots.ts';
import { type Channel, CLOCK_LAG_MS } from '../places/channel.ts';
import {
  type Afterthought,
  orderAfter,
  pickAfterthought,
  pickFollow,
  pickOrder,
  pickPaperOrder,
} from '../places/orders.ts';
import { giveOrder } from '../places/person.ts';
import { pickNumber } from '../random.ts';
import type { Order } from '../places/settings.ts';
import { beside, count, type Fault, pickChannel, type Storm, unlessDown } from './fault.ts';

/** What people do meanwhile. */
export const PEOPLE_FAULTS: readonly Fault[] = [
  {
    name: 'orders',
    says: 'People give orders in the middle of deliveries.',
    weight: 6,
    start(storm) {
      const newest = storm.world.source.newestPapers();
      for (let orders = pickNumber(storm.random, 1, 6); orders > 0; orders -= 1) giveOne(storm, newest);
    },
  },
  {
    name: 'undone',
    says: 'Somebody follows one topic more, and undoes it.',
    weight: 2,
    start: (storm) => unlessDown(storm, followAndUndo),
  },
  {
    name: 'pause-over-a-slot',
    says: 'Somebody pauses a channel, and resumes it a little after its slot.',
    weight: 2,
    start: (storm) => unlessDown(storm, pauseOverSlot),
  },
  {
    name: 'people-without-rights',
    says: 'Somebody who may not manage a channel gives orders in it.',
    weight: 2,
    start: (storm) => unlessDown(storm, tryForbidden),
  },
  {
    name: 'early-look-up',
    says: 'A stranger looks a paper up before it is listed.',
    weight: 2,
    start: (storm) => unlessDown(storm, lookUpEarly),
  },
  {
    name: 'hostile-query',
    says: 'Somebody types what no query is, to be searched and completed.',
    weight: 2,
    start: (storm) => unlessDown(storm, askHostile),
  },
];

const EARLY_MS = 24 * HOUR_MS;

function giveOne(storm: Storm, newest: readonly string[]): void {
  const { random, tally, met } = storm;
  const channel = pickChannel(storm);
  const order = channel && (pickPaperOrder(channel, newest, random) ?? pickOrder(channel, random));
  if (channel === undefined || order === undefined) return;
  met();
  count(tally, order.kind);
  beside(storm, giveWithAfterthought(storm, channel, { order, afterthought: pickAfterthought(random) }));
}

/** Somebody may undo what was followed, in time or too late, or choose another zone. */
async function giveWithAfterthought(
  { tally }: Storm,
  channel: Channel,
  { order, afterthought }: { readonly order: Order; readonly afterthought: Afterthought },
): Promise<void> {
  await channel.give(order);
  if (order.kind !== 'follow') return;
  await setTimeout(afterthought.afterMs);
  const second = orderAfter(channel, order, afterthought);
  if (second === undefined || channel.isBusy || channel.deletedAt !== undefined) return;
  count(tally, second.kind);
  await channel.give(second);
}

async function followAndUndo({ world, random, tally, met }: Storm): Promise<void> {
  // Where every paper comes nobody would see that a topic came back.
  const channel = pickChannel(
    { world, random },
    ({ settings }) => settings?.isPaused === false && settings.follows.every(({ query }) => query !== ''),
  );
  const order = pickFollow(random);
  if (channel === undefined || channel.settings?.follows.some(({ query }) => query === order.query)) return;
  await channel.give(order);
  const undo = orderAfter(channel, order, { undoes: true, afterMs: 0 });
  if (undo === undefined) return;
  await channel.give(undo);
  count(tally, 'undo');
  met();
}

/** Of a slot that somebody pauses over. */
const SOON_MS = 8 * HOUR_MS;
const AFTER_SLOT_MS = 10 * MINUTE_MS;

export async function pauseOverSlot({ world, random, tally, met }: Storm): Promise<void> {
  const { timeline } = world;
  const now = timeline.now();
  const nextSlot = ({ settings }: Channel): Instant | undefined =>
    settings === undefined || settings.isPaused || settings.instantSince !== undefined
      ? undefined
      : slotsBetween(settings, now, now + SOON_MS)[0];
  const channel = pickChannel({ world, random }, (one) => nextSlot(one) !== undefined);
  const slot = channel && nextSlot(channel);
  if (channel === undefined || slot === undefined) return;
  await channel.give({ kind: 'pause' });
  world.leap(Math.max(0, slot + AFTER_SLOT_MS - timeline.now()));
  // Sooner nobody can tell on which side of the slot the bot believed it to be.
  await setTimeout(CLOCK_LAG_MS + 1);
  await channel.give({ kind: 'resume' });
  count(tally, 'pause');
  met();
}

/** Orders that would show: on what is followed there, and not paused. */
const FORBIDDEN: readonly Order['kind'][] = ['follow', 'schedule', 'unfollow', 'pause', 'remove', 'send-now'];

/** Somebody who may not manage the channel gives an order there as its admins do. */
async function tryForbidden({ world, random, met }: Storm): Promise<void> {
  const { discord } = world;
  const channel = pickChannel(
    { world, random },
    ({ guildId, settings }) => guildId !== '' && settings?.isPaused === false,
  );
  const [followed] = channel?.settings?.follows ?? [];
  if (channel === undefined || followed === undefined) return;
  const kind = FORBIDDEN[pickNumber(random, 0, FORBIDDEN.length - 1)];
  const order =
    kind === 'schedule'
      ? ({ kind, minute: pickNumber(random, 0, 1439) } as const)
      : kind === 'pause' || kind === 'remove'
        ? ({ kind } as const)
        : ({ kind: kind === 'unfollow' || kind === 'send-now' ? kind : 'follow', ...followed } as const);
  // In the channel itself whoever may not manage it follows by direct messages instead.
  const elsewhere = world.channels.find(
    (one) =>
      one.guildId === channel.guildId &&
      one.kind === 'text' &&
      one.id !== channel.id &&
      one.deletedAt === undefined,
  );
  if (elsewhere === undefined) return;
  const spot = { ...channel, typedIn: elsewhere.id, userId: discord.memberId };
  const answer = await giveOrder({ discord, spot, order, onSample: () => () => undefined });
  met();
  if (answer.kind === 'done') world.noteTrespass(`somebody without rights could ${order.kind}`);
}

/** Somebody asks for a paper that Hugging Face does not list yet. */
async function lookUpEarly({ world, random, met }: Storm): Promise<void> {
  const { discord, source } = world;
  const ids = source.upcomingPapers(EARLY_MS);
  const id = ids[pickNumber(random, 0, ids.length - 1)];
  if (id === undefined) return;
  const stranger = discord.act(discord.visitorId, { channelId: discord.openDmWith(discord.visitorId).id });
  const { message } = await stranger.runCommand('paper', { paper: id });
  if (message !== undefined) met();
}

/** What people type who mean harm, or who have a cat on the keyboard. */
const HOSTILE: readonly string[] = [
  '"'.repeat(99),
  '('.repeat(500),
  'a*'.repeat(200),
  '@everyone <@&1> <@1> `x` ||y||',
  "'; DROP TABLE papers; --",
  'NEAR(a b, 999999999)',
  'title:title:title:',
  `${'NOT '.repeat(100)}x`,
  `${'x OR '.repeat(300)}x`,
  '\u202e\u0000\u200b\ud800',
  'upvotes>=99999999999999999999',
  '   ',
  '多模态推理'.repeat(100),
];

async function askHostile({ world, random, met }: Storm): Promise<void> {
  const { discord } = world;
  const query = HOSTILE[pickNumber(random, 0, HOSTILE.length - 1)] ?? '';
  const stranger = discord.act(discord.visitorId, { channelId: discord.openDmWith(discord.visitorId).id });
  await stranger.autocomplete('search', { query }, 'query');
  await stranger.autocomplete('paper', { paper: query }, 'paper');
  await stranger.autocomplete('subscribe', { topic: query }, 'topic');
  const { message } = await stranger.runCommand('search', { query });
  met();
  if (message !== undefined && (message.mention_everyone || message.mention_roles.length > 0))
    world.noteTrespass(`an answer to ${JSON.stringify(query)} pings`);
}
