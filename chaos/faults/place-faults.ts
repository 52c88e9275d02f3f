import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../places/channel.ts';
import { pickNumber } from '../random.ts';
import { NO_RIGHTS, rightsIn, setRights, VIEW_ONLY } from '../places/rights.ts';
import { DAY_MS, HOUR_MS } from '../../src/calendar/zoned-time.ts';
import { awaitSending, beside, type Fault, leap, pickChannel, type Storm, undoAfter } from './fault.ts';

const MOST_DELETED = 5;
/** The longest that a refusal may take to be written down, while another program locks the ledger. */
const RECORDED_WITHIN_MS = 9_000;
const BUSY_MS = 100;
/** Real: from the day on which the bot asks again until it has its answer. */
const ASKED_WITHIN_MS = 4_000;
/** Real: before the bot looks for it. */
const PEOPLE_WRITE_AFTER_MS = 30;
const TOO_MANY_THREADS = 160_006;

/** What befalls servers, channels, threads and people who papers come to. */
export const PLACE_FAULTS: readonly Fault[] = [
  {
    name: 'rights-taken',
    says: 'The bot may not see, or not write in, a few places for seconds.',
    weight: 3,
    start(storm) {
      for (let places = pickNumber(storm.random, 1, 4); places > 0; places -= 1) closePlace(storm);
      // Where nothing is sent, nothing is refused.
      if (storm.random() < 0.4) leap(storm);
    },
  },
  {
    name: 'dms-closed',
    says: 'Somebody takes no messages from the bot for a while, and presses Resume then.',
    weight: 1,
    start(storm) {
      const channel = pickChannel(storm, ({ kind }) => kind === 'dm');
      if (channel === undefined) return;
      storm.met();
      beside(storm, shutOut(storm, channel));
      if (storm.random() < 0.4) leap(storm);
    },
  },
  {
    name: 'channel-deleted',
    says: 'A channel is deleted.',
    weight: 1,
    start(storm) {
      const { world, met } = storm;
      const channel = pickChannel(storm, ({ kind }) => kind !== 'dm');
      const deleted = world.channels.filter(({ deletedAt }) => deletedAt !== undefined).length;
      if (channel === undefined || deleted >= MOST_DELETED) return;
      met();
      world.deleteChannel(channel);
    },
  },
  {
    name: 'posts-archived',
    says: 'Discord archives posts that nobody writes in.',
    weight: 2,
    start({ world: { discord }, random, met }) {
      const open = Object.values(discord.state.channels).filter(
        ({ thread_metadata: thread }) => thread?.archived === false,
      );
      if (open.length > 0) met();
      for (const { id } of open) if (random() < 0.5) discord.setThread(id, { archived: true });
    },
  },
  {
    name: 'kicked',
    says: 'The bot is thrown out of a server, and invited again.',
    weight: 1,
    async start(storm) {
      const channel = pickChannel(storm, ({ guildId }) => guildId !== '');
      if (channel === undefined) return;
      storm.met();
      beside(storm, kickAndInvite(storm, channel.guildId));
      leap(storm);
      await awaitSending(storm);
    },
  },
  {
    name: 'no-more-threads',
    says: 'Forums have as many active posts as Discord allows.',
    weight: 2,
    lasts: [4_000, 9_000],
    start(storm) {
      const { world, met } = storm;
      const forums = world.channels.filter(
        ({ kind, deletedAt }) => kind === 'forum' && deletedAt === undefined,
      );
      const settles = forums.map(({ id }) => world.disturb('permission', id));
      const before = world.countRefusals(TOO_MANY_THREADS);
      const allow = (most: number) => {
        for (const { id } of forums) world.discord.rules.maxThreadsIn[id] = most;
      };
      allow(0);
      leap(storm);
      return () => {
        allow(Infinity);
        for (const settle of settles) settle();
        if (world.countRefusals(TOO_MANY_THREADS) > before) met();
      };
    },
  },
  {
    name: 'busy-channel',
    says: 'Hundreds of messages of people come between a message whose answer is lost and the look for it.',
    weight: 2,
    lasts: [4_000, 8_000],
    async start(storm) {
      const { world, random, met } = storm;
      const stop = world.spoil('discord', ({ method, path }) => {
        const channelId = /\/channels\/(\d+)\/messages$/.exec(path)?.[1];
        const isOne = world.channels.some(({ id, kind }) => id === channelId && kind === 'text');
        if (method !== 'POST' || channelId === undefined || !isOne || random() < 0.5) return undefined;
        beside(
          storm,
          undoAfter(PEOPLE_WRITE_AFTER_MS, () => {
            if (world.discord.state.channels[channelId] === undefined) return;
            met();
            world.discord.chatter(channelId, pickNumber(random, 120, 300));
          }),
        );
        return { kind: random() < 0.7 ? 'drop-after' : 'drop-before' };
      });
      leap(storm);
      await awaitSending(storm);
      return stop;
    },
  },
];

function closePlace(storm: Storm): void {
  const { world, random, met } = storm;
  const channel = pickChannel(storm, ({ kind }) => kind !== 'dm');
  if (channel === undefined) return;
  met();
  const settle = world.disturb('permission', channel.id);
  setRights(world, channel, random() < 0.5 ? NO_RIGHTS : VIEW_ONLY);
  const restore = () => {
    if (channel.deletedAt === undefined) setRights(world, channel, rightsIn(channel));
    settle();
  };
  beside(storm, undoAfter(pickNumber(random, 1_000, 9_000), restore));
}

/** Its settings are kept, and once a day the bot asks whether it is back. */
async function kickAndInvite(storm: Storm, guildId: string): Promise<void> {
  const { world, random } = storm;
  const { discord, timeline } = world;
  const places = world.channels.filter(
    (one) => one.deletedAt === undefined && isReachedBy(discord, one, guildId),
  );
  const settles = places.map(({ id }) => world.disturb('permission', id));
  const group = world.groups.find((one) => one.guildId === guildId);
  const settleGroup = group && world.disturb('permission', group.channelId);
  const since = discord.requests.length;
  discord.removeBot(guildId);
  await setTimeout(pickNumber(random, 3_000, 9_000));
  discord.addBot(guildId);
  const until = timeline.now() + DAY_MS + HOUR_MS;
  const wasMissed = (id: string) =>
    discord.requests
      .slice(since)
      .some(({ path, status }) => path.includes(`/channels/${id}/`) && status >= 400);
  for (const [index, { id }] of places.entries()) if (!wasMissed(id)) settles[index]?.();
  while (timeline.now() < until) {
    await setTimeout(BUSY_MS);
    if (Date.now() > storm.until) leap(storm);
  }
  await setTimeout(ASKED_WITHIN_MS);
  settleGroup?.();
  for (const [index, channel] of places.entries()) {
    if (!wasMissed(channel.id)) continue;
    if (channel.kind === 'dm') await reopen(channel);
    settles[index]?.();
  }
}

/** People in no other server with the bot cannot be written to either. */
function isReachedBy(
  { state }: Storm['world']['discord'],
  { kind, guildId, userId }: Channel,
  id: string,
): boolean {
  return kind === 'dm' ? state.guilds[id]?.members[userId] !== undefined : guildId === id;
}

async function shutOut({ world, random }: Storm, channel: Channel): Promise<void> {
  const settle = world.disturb('permission', channel.id);
  world.discord.closeDms(channel.userId);
  await setTimeout(pickNumber(random, 1_000, 9_000));
  world.discord.openDms(channel.userId);
  await setTimeout(RECORDED_WITHIN_MS);
  await reopen(channel);
  settle();
}

async function reopen(channel: Channel): Promise<void> {
  while (channel.isBusy) await setTimeout(BUSY_MS);
  if (channel.settings !== undefined) await channel.give({ kind: 'reopen' });
}
