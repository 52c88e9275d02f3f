import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import type { Random } from '../src/calendar/clock.ts';
import { HOUR_MS, type Instant } from '../src/calendar/zoned-time.ts';
import type { Channel } from './channel.ts';
import type { TroubleKind } from './faults.ts';
import { pickOrder } from './orders.ts';
import { pickNumber, pickOne } from './random.ts';
import { NO_RIGHTS, rightsIn, VIEW_ONLY } from './rights.ts';
import type { ChaosWorld } from './world.ts';
import { breakState, startSecond } from './wrong-starts.ts';

/** How often each thing was done. */
export type Tally = Record<string, number>;

interface Storm {
  readonly world: ChaosWorld;
  readonly random: Random;
  readonly until: Instant;
  readonly tally: Tally;
  /** What goes on beside the next mischief. */
  readonly running: Set<Promise<void>>;
}

type Mischief = (storm: Storm) => Promise<void>;

const FATAL_CLOSES = new Set([4004, 4010, 4011, 4012, 4013, 4014]);
const CLOSES = [
  1000, 1001, 1006, 4000, 4001, 4002, 4003, 4004, 4005, 4007, 4008, 4009, 4010, 4011, 4012, 4013, 4014,
] as const;
const MOST_DELETED = 5;

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

/** Does something, waits, and undoes it, while the storm goes on. */
function lasting(storm: Storm, ms: number, undo: () => void): void {
  const task = setTimeout(ms).then(undo);
  const ended = task.finally(() => storm.running.delete(ended));
  storm.running.add(ended);
}

async function kill(storm: Storm): Promise<void> {
  const { world, random } = storm;
  if (random() < 0.5) await leap(storm);
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

async function leap({ world, random }: Storm): Promise<void> {
  world.timeline.leap(pickNumber(random, 1, 5) * HOUR_MS + pickNumber(random, 0, 59) * 60_000);
  world.supervisor.passTime();
}

const DISCORD_TROUBLES: readonly [TroubleKind, ...TroubleKind[]] = [
  'errors',
  'limits',
  'drops',
  'silence',
  'slow',
  'everything',
];

async function troubleDiscord(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const ms = pickNumber(random, 1_500, 8_000);
  const kind = pickOne(random, DISCORD_TROUBLES);
  const chance = kind === 'silence' ? 0.1 : 0.2 + random() * 0.7;
  const trouble = { until: Date.now() + ms, chance, kind };
  world.troubles.discord = trouble;
  // Where nothing is sent, nothing can go wrong.
  if (random() < 0.6) await leap(storm);
  lasting(storm, ms, () => {
    if (world.troubles.discord === trouble) delete world.troubles.discord;
  });
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

async function takePermissions(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const bits = random() < 0.5 ? NO_RIGHTS : VIEW_ONLY;
  for (let count = pickNumber(random, 1, 4); count > 0; count -= 1) {
    const channel = pickChannel(storm);
    if (channel === undefined) continue;
    const settle = world.disturb('permission', channel.id);
    world.discord.setBotPermissions(channel.id, bits);
    lasting(storm, pickNumber(random, 1_000, 9_000), () => {
      if (channel.deletedAt === undefined) world.discord.setBotPermissions(channel.id, rightsIn(channel));
      settle();
    });
  }
}

async function deleteOne(storm: Storm): Promise<void> {
  const { world } = storm;
  const channel = pickChannel(storm);
  const deleted = world.channels.filter(({ deletedAt }) => deletedAt !== undefined).length;
  if (channel !== undefined && deleted < MOST_DELETED) world.deleteChannel(channel);
}

async function giveOrders(storm: Storm): Promise<void> {
  for (let count = pickNumber(storm.random, 1, 6); count > 0; count -= 1) {
    const channel = pickChannel(storm);
    const order = channel && pickOrder(channel, storm.random);
    if (channel === undefined || order === undefined) continue;
    storm.tally[order.kind] = (storm.tally[order.kind] ?? 0) + 1;
    const task = channel.give(order);
    const ended = task.finally(() => storm.running.delete(ended));
    storm.running.add(ended);
  }
}

/** One that exists, and that nobody is giving an order in. */
function pickChannel({ world, random }: Storm): Channel | undefined {
  const free = world.channels.filter(({ isBusy, deletedAt }) => !isBusy && deletedAt === undefined);
  return free[Math.floor(random() * free.length)];
}

async function closeGateway(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const code = pickOne(random, CLOSES);
  // 1006 is what a broken connection looks like; nobody can send it.
  world.discord.disconnectGateway(code === 1006 ? 4000 : code);
  if (!FATAL_CLOSES.has(code)) return;
  lasting(storm, 1_000, world.disturb('gateway'));
}

async function fillDisk(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const { pid } = world.supervisor;
  if (pid === undefined) return;
  limitFiles(pid, `${pickNumber(random, 1, 64) * 1024}:unlimited`);
  const settle = world.disturb('storage');
  lasting(storm, pickNumber(random, 1_000, 4_000), () => {
    limitFiles(pid, 'unlimited:unlimited');
    settle();
  });
}

/** https://man7.org/linux/man-pages/man1/prlimit.1.html; a process that has ended meanwhile has no limits. */
function limitFiles(pid: number, limit: string): void {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${limit}`], { stdio: 'ignore' });
  } catch {
    return;
  }
}

async function lockState(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const database = new DatabaseSync(world.paths.state, { timeout: 200 });
  try {
    database.exec('BEGIN IMMEDIATE');
  } catch {
    database.close();
    return;
  }
  const settle = world.disturb('storage');
  lasting(storm, pickNumber(random, 500, 7_000), () => {
    database.exec('ROLLBACK');
    database.close();
    settle();
  });
}
