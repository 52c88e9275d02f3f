import { setTimeout } from 'node:timers/promises';
import type { Channel } from './channel.ts';
import { lasting, leap, type Storm } from './mischief.ts';
import { type Afterthought, orderAfter, pickAfterthought, pickOrder, pickPaperOrder } from './orders.ts';
import { pickNumber } from './random.ts';
import type { Order } from './settings.ts';
import { NO_RIGHTS, rightsIn, VIEW_ONLY } from './rights.ts';

const MOST_DELETED = 5;
/** The longest that a refusal may take to be written down, while another program locks the ledger. */
const RECORDED_WITHIN_MS = 9_000;
const BUSY_MS = 100;

export async function takePermissions(storm: Storm): Promise<void> {
  closePlaces(storm);
  // Where nothing is sent, nothing is refused.
  if (storm.random() < 0.4) await leap(storm);
}

function closePlaces(storm: Storm): void {
  const { world, random } = storm;
  const bits = random() < 0.5 ? NO_RIGHTS : VIEW_ONLY;
  for (let count = pickNumber(random, 1, 4); count > 0; count -= 1) {
    const channel = pickChannel(storm);
    if (channel === undefined) continue;
    if (channel.kind === 'dm') {
      shutOut(storm, channel);
      continue;
    }
    const settle = world.disturb('permission', channel.id);
    world.discord.setBotPermissions(channel.id, bits);
    lasting(storm, pickNumber(random, 1_000, 9_000), () => {
      if (channel.deletedAt === undefined) world.discord.setBotPermissions(channel.id, rightsIn(channel));
      settle();
    });
  }
}

/** Somebody takes no messages from the bot for a while, and presses Resume then. */
function shutOut(storm: Storm, channel: Channel): void {
  const { world, random, running } = storm;
  const settle = world.disturb('permission', channel.id);
  world.discord.closeDms(channel.userId);
  const shutMs = pickNumber(random, 1_000, 9_000);
  const reopen = async () => {
    await setTimeout(shutMs);
    world.discord.openDms(channel.userId);
    await setTimeout(RECORDED_WITHIN_MS);
    while (channel.isBusy) await setTimeout(BUSY_MS);
    if (channel.settings !== undefined) await channel.give({ kind: 'reopen' });
    settle();
  };
  const ended = reopen().finally(() => running.delete(ended));
  running.add(ended);
}

export async function deleteOne(storm: Storm): Promise<void> {
  const { world } = storm;
  const channel = pickChannel(storm);
  const deleted = world.channels.filter(({ deletedAt }) => deletedAt !== undefined).length;
  if (channel !== undefined && channel.kind !== 'dm' && deleted < MOST_DELETED) world.deleteChannel(channel);
}

/** As Discord does with posts that nobody writes in: there is a list of its own for them. */
export async function archivePosts({ world: { discord }, random }: Storm): Promise<void> {
  for (const { id, thread_metadata: thread } of Object.values(discord.state.channels)) {
    if (thread?.archived === false && random() < 0.5) discord.setThread(id, { archived: true });
  }
}

export async function giveOrders(storm: Storm): Promise<void> {
  const newest = storm.world.newestPapers();
  for (let count = pickNumber(storm.random, 1, 6); count > 0; count -= 1) {
    const channel = pickChannel(storm);
    const order =
      channel && (pickPaperOrder(channel, newest, storm.random) ?? pickOrder(channel, storm.random));
    if (channel === undefined || order === undefined) continue;
    storm.tally[order.kind] = (storm.tally[order.kind] ?? 0) + 1;
    const task = giveWithAfterthought(storm, channel, {
      order,
      afterthought: pickAfterthought(storm.random),
    });
    const ended = task.finally(() => storm.running.delete(ended));
    storm.running.add(ended);
  }
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
  tally[second.kind] = (tally[second.kind] ?? 0) + 1;
  await channel.give(second);
}

/** One that exists, and that nobody is giving an order in. */
function pickChannel({ world, random }: Storm): Channel | undefined {
  const free = world.channels.filter(({ isBusy, deletedAt }) => !isBusy && deletedAt === undefined);
  return free[Math.floor(random() * free.length)];
}
