import { setTimeout } from 'node:timers/promises';
import type { Random } from '../src/calendar/clock.ts';
import { HOUR_MS, type Instant } from '../src/calendar/zoned-time.ts';
import { pickNumber } from './random.ts';
import type { ChaosWorld } from './world.ts';

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

/** As for a machine that slept. */
export async function leap({ world, random }: Storm): Promise<void> {
  world.timeline.leap(pickNumber(random, 1, 5) * HOUR_MS + pickNumber(random, 0, 59) * 60_000);
  world.supervisor.passTime();
}
