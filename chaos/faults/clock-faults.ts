import { setTimeout } from 'node:timers/promises';
import { MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { pickNumber } from '../random.ts';
import { type Fault, leap, type Storm } from './fault.ts';

const FURTHEST_MINUTES = 55;

/** What befalls the clock of the machine that the bot runs on. Discord's and Hugging Face's go right. */
export const CLOCK_FAULTS: readonly Fault[] = [
  {
    name: 'clock-fast',
    says: "The machine's clock is up to an hour fast.",
    weight: 2,
    lasts: [5_000, 15_000],
    start: (storm) => showWrongTime(storm, pickNumber(storm.random, 1, FURTHEST_MINUTES)),
  },
  {
    name: 'clock-slow',
    says: "The machine's clock is up to an hour slow.",
    weight: 2,
    lasts: [5_000, 15_000],
    start: (storm) => showWrongTime(storm, -pickNumber(storm.random, 1, FURTHEST_MINUTES)),
  },
  {
    name: 'clock-steps',
    says: "The machine's clock is set forward and back, again and again.",
    weight: 1,
    async start({ world, random, met }) {
      met();
      for (let steps = pickNumber(random, 3, 6); steps > 0; steps -= 1) {
        const right = world.setClock(pickNumber(random, -FURTHEST_MINUTES, FURTHEST_MINUTES) * MINUTE_MS);
        await setTimeout(pickNumber(random, 500, 2_000));
        right();
      }
    },
  },
];

function showWrongTime(storm: Storm, minutes: number): () => void {
  const right = storm.world.setClock(minutes * MINUTE_MS);
  storm.met();
  if (storm.random() < 0.5) leap(storm);
  return right;
}
