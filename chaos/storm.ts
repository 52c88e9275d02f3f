import { rmSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Random } from '../src/calendar/clock.ts';
import { HOUR_MS } from '../src/calendar/zoned-time.ts';
import type { TroubleKind } from './faults.ts';
import { awaitSending, lasting, leap, type Mischief, type Storm } from './mischief.ts';
import { pickNumber, pickOne } from './random.ts';
import { archivePosts, deleteOne, giveOrders, takePermissions } from './trouble-channels.ts';
import { fillDisk, lockState } from './trouble-disk.ts';
import { breakState, startSecond } from './wrong-starts.ts';

const FATAL_CLOSES = new Set([4004, 4010, 4011, 4012, 4013, 4014]);
const CLOSES = [
  1000, 1001, 1006, 4000, 4001, 4002, 4003, 4004, 4005, 4007, 4008, 4009, 4010, 4011, 4012, 4013, 4014,
] as const;

/** Chances are in proportion to the number. */
type Chance = readonly [number, string, Mischief];

const KILL: Chance = [14, 'SIGKILL', kill];
const MISCHIEF: readonly Chance[] = [
  KILL,
  [2, 'SIGTERM', terminate],
  [4, 'leap', leap],
  [5, 'discord', troubleDiscord],
  [3, 'source', troubleSource],
  [3, 'permission', takePermissions],
  [1, 'deleted', deleteOne],
  [2, 'archived', archivePosts],
  [12, 'orders', giveOrders],
  [2, 'gateway', closeGateway],
  [1, 'disk full', fillDisk],
  [1, 'locked', lockState],
  [1, 'second process', ({ world }) => startSecond(world)],
  [1, 'broken state', spoilState],
];

/** One thing after the other goes wrong, until the time is over; what has begun by then is brought to its end. */
export async function runStorm(options: Omit<Storm, 'running'>): Promise<void> {
  const storm: Storm = { ...options, running: new Set() };
  const { random, until, tally } = storm;
  // Every storm has a kill, however short it is.
  for (let next = KILL; Date.now() < until; next = pickMischief(random)) {
    const [, name, mischief] = next;
    tally[name] = (tally[name] ?? 0) + 1;
    await mischief(storm);
    await setTimeout(pickNumber(random, 50, 400));
  }
  await Promise.all(storm.running);
}

function pickMischief(random: Random): Chance {
  const total = MISCHIEF.reduce((sum, [weight]) => sum + weight, 0);
  let left = random() * total;
  for (const entry of MISCHIEF) {
    left -= entry[0];
    if (left < 0) return entry;
  }
  return KILL;
}

async function kill(storm: Storm): Promise<void> {
  const { world, random } = storm;
  if (random() < 0.5) {
    await leap(storm);
    if (random() < 0.7) await awaitSending(storm);
  }
  await setTimeout(pickNumber(random, 0, 900));
  await world.supervisor.end('SIGKILL');
  await spendDowntime(storm);
  await world.supervisor.start();
}

async function terminate(storm: Storm): Promise<void> {
  const { world, random } = storm;
  await setTimeout(pickNumber(random, 0, 1_500));
  await world.supervisor.end('SIGTERM');
  await spendDowntime(storm);
  await world.supervisor.start();
}

async function spoilState({ world, random, running }: Storm): Promise<void> {
  // Another program must not hold the file while it is moved.
  await Promise.all(running);
  await breakState(world, random);
}

async function spendDowntime({ world, random }: Storm): Promise<void> {
  if (random() < 0.2) {
    world.noteArchiveLost();
    for (const suffix of ['', '-wal', '-shm']) rmSync(world.paths.archive + suffix, { force: true });
  }
  if (random() < 0.3) world.timeline.leap(pickNumber(random, 1, 8) * HOUR_MS);
  await setTimeout(pickNumber(random, 0, 700));
}

const DISCORD_TROUBLES: readonly [TroubleKind, ...TroubleKind[]] = [
  'errors',
  'limits',
  'drops',
  'late',
  'silence',
  'slow',
  'everything',
];

async function troubleDiscord(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const ms = pickNumber(random, 4_000, 14_000);
  const kind = pickOne(random, DISCORD_TROUBLES);
  const chance = kind === 'silence' ? 0.1 : 0.2 + random() * 0.7;
  const trouble = { until: Date.now() + ms, chance, kind };
  world.troubles.discord = trouble;
  lasting(storm, ms, () => {
    if (world.troubles.discord === trouble) delete world.troubles.discord;
  });
  // Where nothing is sent, nothing can go wrong.
  if (random() < 0.8) {
    await leap(storm);
    await awaitSending(storm);
    await setTimeout(pickNumber(random, 0, 3_000));
  }
}

async function troubleSource(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const ms = pickNumber(random, 2_000, 10_000);
  const kind = pickOne<TroubleKind>(random, ['errors', 'limits', 'drops', 'slow', 'nonsense', 'everything']);
  const trouble = { until: Date.now() + ms, chance: 0.3 + random() * 0.7, kind };
  world.troubles.source = trouble;
  const settle = world.disturb('source');
  lasting(storm, ms, () => {
    settle();
    if (world.troubles.source === trouble) delete world.troubles.source;
  });
}

async function closeGateway(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const code = pickOne(random, CLOSES);
  // 1006 is what a broken connection looks like; nobody can send it.
  world.discord.disconnectGateway(code === 1006 ? 4000 : code);
  if (!FATAL_CLOSES.has(code)) return;
  lasting(storm, 1_000, world.disturb('gateway'));
}
