import { setTimeout } from 'node:timers/promises';
import type { Random } from '../src/calendar/clock.ts';
import { HOUR_MS, type Instant } from '../src/calendar/zoned-time.ts';
import { pickNumber } from './random.ts';
import type { ChaosWorld } from './world.ts';

/** Of a slot that comes with a leap: a tick, a collection and a plan. */
const LONGEST_WAIT_MS = 6_000;
const LOOK_EVERY_MS = 50;
const SENDS = /^\/channels\/\d+\/(messages|threads)$/;

/** How often each thing was done. */
export type Tally = Record<string, number>;

export interface Storm {
  readonly world: ChaosWorld;
  readonly random: Random;
  readonly until: Instant;
  readonly tally: Tally;
  /** What goes on beside the next mischief. */
  readonly running: Set<Promise<void>>;
}

/** One thing that goes wrong; resolves when the next may. */
export type Mischief = (storm: Storm) => Promise<void>;

/** Does something, waits, and undoes it, while the storm goes on. */
export function lasting(storm: Storm, ms: number, undo: () => void): void {
  const task = setTimeout(ms).then(undo);
  const ended = task.finally(() => storm.running.delete(ended));
  storm.running.add(ended);
}

/** Until the bot sends something, or too long: before that there is nothing to spoil, or to interrupt. */
export async function awaitSending({ world }: Storm): Promise<void> {
  const countAttempts = () =>
    world.faults.discord +
    world.discord.requests.filter(({ method, path }) => method === 'POST' && SENDS.test(path)).length;
  const before = countAttempts();
  for (let waited = 0; waited < LONGEST_WAIT_MS && countAttempts() === before; waited += LOOK_EVERY_MS) {
    await setTimeout(LOOK_EVERY_MS);
  }
}

/** As for a machine that slept. */
export async function leap({ world, random }: Storm): Promise<void> {
  world.timeline.leap(pickNumber(random, 1, 5) * HOUR_MS + pickNumber(random, 0, 59) * 60_000);
  world.supervisor.passTime();
}
