import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../channel.ts';
import { pickNumber } from '../random.ts';
import { NO_RIGHTS, rightsIn, VIEW_ONLY } from '../rights.ts';
import { beside, type Fault, leap, pickChannel, type Storm, undoAfter } from './fault.ts';

const MOST_DELETED = 5;
/** The longest that a refusal may take to be written down, while another program locks the ledger. */
const RECORDED_WITHIN_MS = 9_000;
const BUSY_MS = 100;

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
];

function closePlace(storm: Storm): void {
  const { world, random, met } = storm;
  const channel = pickChannel(storm, ({ kind }) => kind !== 'dm');
  if (channel === undefined) return;
  met();
  const settle = world.disturb('permission', channel.id);
  world.discord.setBotPermissions(channel.id, random() < 0.5 ? NO_RIGHTS : VIEW_ONLY);
  const restore = () => {
    if (channel.deletedAt === undefined) world.discord.setBotPermissions(channel.id, rightsIn(channel));
    settle();
  };
  beside(storm, undoAfter(pickNumber(random, 1_000, 9_000), restore));
}

async function shutOut({ world, random }: Storm, channel: Channel): Promise<void> {
  const settle = world.disturb('permission', channel.id);
  world.discord.closeDms(channel.userId);
  await setTimeout(pickNumber(random, 1_000, 9_000));
  world.discord.openDms(channel.userId);
  await setTimeout(RECORDED_WITHIN_MS);
  while (channel.isBusy) await setTimeout(BUSY_MS);
  if (channel.settings !== undefined) await channel.give({ kind: 'reopen' });
  settle();
}
