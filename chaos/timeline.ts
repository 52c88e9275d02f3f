import type { Instant } from './audit/calendar.ts';

/** From a real instant on, the days of the run go by at `speed` times the pace of real ones. */
export interface Stretch {
  readonly real: Instant;
  readonly virtual: Instant;
  readonly speed: number;
}

/** Two clocks: the real one, by which requests and waits are measured, and that of the days that are replayed. */
export interface Timeline {
  virtualAt(real: Instant): Instant;
  /** When the replayed clock reached an instant, or leapt over it; Infinity for one that it has not reached. */
  realAt(virtual: Instant): Instant;
  now(): Instant;
  present(): Stretch;
}

/** The clock of the bot's machine may be wrong. */
export interface MachineTimeline extends Timeline {
  /** How far it runs ahead, in ms of the replayed time; behind when negative. */
  readonly aheadMs: number;
}

export interface RunningTimeline extends MachineTimeline {
  aheadMs: number;
  /** By the machine's clock. */
  ofMachine(): Stretch;
  /** Passes over `ms` of the replayed time at once, as for a machine that slept. */
  leap(ms: number): void;
}

export function virtualOn(stretch: Stretch, real: Instant): Instant {
  return Math.floor(stretch.virtual + (real - stretch.real) * stretch.speed);
}

export function createTimeline(start: Stretch, realNow: () => Instant): RunningTimeline {
  const stretches: [Stretch, ...Stretch[]] = [start];
  const present = () => stretches.at(-1) ?? start;
  const timeline: RunningTimeline = {
    aheadMs: 0,
    ofMachine: () => ({ ...present(), virtual: present().virtual + timeline.aheadMs }),
    present,
    now: () => virtualOn(present(), realNow()),
    virtualAt(real) {
      const on = stretches.findLast((stretch) => stretch.real <= real) ?? start;
      return virtualOn(on, real);
    },
    realAt(virtual) {
      for (const [index, stretch] of stretches.entries()) {
        if (virtual <= stretch.virtual) return stretch.real;
        const end = stretches[index + 1];
        const real = stretch.real + (virtual - stretch.virtual) / stretch.speed;
        if (end === undefined ? real <= realNow() : real < end.real) return real;
      }
      return Infinity;
    },
    leap(ms) {
      const real = realNow();
      stretches.push({ ...present(), real, virtual: virtualOn(present(), real) + ms });
    },
  };
  return timeline;
}
