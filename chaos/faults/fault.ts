import { setTimeout } from 'node:timers/promises';
import type { Random } from '../../src/calendar/clock.ts';
import { HOUR_MS, type Instant } from '../../src/calendar/zoned-time.ts';
import type { Channel } from '../places/channel.ts';
import { pickNumber } from '../random.ts';
import type { ChaosWorld } from '../world.ts';

/** One thing that can go wrong: an entry of the table. */
export interface Fault {
  readonly name: string;
  /** What goes wrong, in a sentence. */
  readonly says: string;
  /** How often it is drawn, in proportion to the others. */
  readonly weight: number;
  /** What has to be there; absent where it can be met whatever the bot runs on. */
  readonly needs?: Needs;
  /** Real, in ms: how long it lasts, at least and at most; absent for what is over at once. */
  readonly lasts?: readonly [least: number, most: number];
  /** The kind of disturbance that the auditor is told of meanwhile; absent where it excuses nothing by itself. */
  readonly tells?: string;
  /** Begins it; what it gives back ends it. The next fault may begin when it resolves. */
  start(storm: Storm): Stop | void | Promise<Stop | void>;
}

/** One process with a ledger that is a file, processes on PostgreSQL, or several of these. */
export type Needs = 'sqlite' | 'postgres' | 'replicas';

/** Whether it can be met by so many processes on PostgreSQL, or where there are none by one on SQLite. */
export function canBeMet({ needs }: Pick<Fault, 'needs'>, replicas: number | undefined): boolean {
  if (needs === undefined) return true;
  if (needs === 'sqlite') return replicas === undefined;
  return replicas !== undefined && (needs === 'postgres' || replicas > 1);
}

/** What is so for a whole run, with how often it is met: one that went from `from` to `to` on the replayed clock. */
export interface Condition extends Pick<Fault, 'name' | 'says'> {
  count(world: ChaosWorld, span: { readonly from: Instant; readonly to: Instant }): number;
}

export type Stop = () => void | Promise<void>;

/** How often each fault was met, and each order given, by name. */
export type Tally = Record<string, number>;

export interface Storm {
  readonly world: ChaosWorld;
  readonly random: Random;
  readonly until: Instant;
  readonly tally: Tally;
  /** What goes on beside the next fault. */
  readonly running: Set<Promise<void>>;
  /** Counts that the fault which was started has really hit something. */
  met(): void;
}

/** Of a slot that comes with a leap: a tick, a collection and a plan. */
export const LONGEST_WAIT_MS = 4_000;
export const LOOK_EVERY_MS = 50;
/** The paths by which something is posted. */
export const SENDS = /\/channels\/\d+\/(messages|threads)$/;

export function count(tally: Tally, name: string): void {
  tally[name] = (tally[name] ?? 0) + 1;
}

/** Lets something go on while the storm does; the storm waits for its end. */
export function beside({ running }: Pick<Storm, 'running'>, task: Promise<void>): void {
  const ended = task.finally(() => running.delete(ended));
  running.add(ended);
}

/** What people do beside the storm; while the bot is down nobody answers them. */
export function unlessDown(storm: Storm, act: (storm: Storm) => Promise<void>): void {
  beside(
    storm,
    act(storm).catch(() => undefined),
  );
}

/** Does nothing, and undoes something after a while. */
export async function undoAfter(ms: number, undo: Stop): Promise<void> {
  await setTimeout(ms);
  await undo();
}

/** Until the bot sends something, or too long: before that there is nothing to spoil, or to interrupt. */
export async function awaitSending({ world }: Pick<Storm, 'world'>): Promise<void> {
  const countAttempts = () =>
    world.faults.discord +
    world.discord.requests.filter(({ method, path }) => method === 'POST' && SENDS.test(path)).length;
  const before = countAttempts();
  for (let waited = 0; waited < LONGEST_WAIT_MS && countAttempts() === before; waited += LOOK_EVERY_MS) {
    await setTimeout(LOOK_EVERY_MS);
  }
}

/** As for a machine that slept. */
export function leap({ world, random }: Pick<Storm, 'world' | 'random'>): void {
  world.leap(pickNumber(random, 1, 5) * HOUR_MS + pickNumber(random, 0, 59) * 60_000);
}

/** One that exists, and that nobody is giving an order in. */
export function pickChannel(
  { world, random }: Pick<Storm, 'world' | 'random'>,
  fits: (channel: Channel) => boolean = () => true,
): Channel | undefined {
  const free = world.channels.filter((one) => !one.isBusy && one.deletedAt === undefined && fits(one));
  return free[Math.floor(random() * free.length)];
}
