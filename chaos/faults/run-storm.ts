import { setTimeout } from 'node:timers/promises';
import { pickNumber } from '../random.ts';
import { beside, count, type Fault, type Storm, undoAfter } from './fault.ts';

/** One fault after the other, until the time is over; what has begun by then is brought to its end. */
export async function runStorm(options: {
  readonly storm: Omit<Storm, 'running' | 'met'>;
  readonly draw: () => Fault;
  /** With which it begins, however short it is. */
  readonly first?: Fault | undefined;
}): Promise<void> {
  const running = new Set<Promise<void>>();
  const { random, until, tally } = options.storm;
  for (let fault = options.first ?? options.draw(); Date.now() < until; fault = options.draw()) {
    const { name } = fault;
    await begin(fault, { ...options.storm, running, met: () => count(tally, name) });
    await setTimeout(pickNumber(random, 50, 400));
  }
  while (running.size > 0) await Promise.all(running);
}

async function begin(fault: Fault, storm: Storm): Promise<void> {
  const { world, random } = storm;
  const { lasts: [least, most] = [0, 0], tells } = fault;
  const settle = tells === undefined ? () => undefined : world.disturb(tells);
  const stop = await fault.start(storm);
  const end = async () => {
    await stop?.();
    settle();
  };
  if (stop === undefined) settle();
  else beside(storm, undoAfter(pickNumber(random, least, most), end));
}

/**
 * Deals faults as from a pack of cards, each as often as its weight says before any comes again more often. Runs of
 * neighbouring seeds begin at other places of the pack, so that a few of them meet every fault. Those of `first` come
 * once before all others.
 */
export function createDeck(
  faults: readonly Fault[],
  random: () => number,
  { seed, first = [] }: { readonly seed: number; readonly first?: readonly Fault[] },
): () => Fault {
  let pack = [...first];
  let shuffles = 0;
  return () => {
    if (pack.length === 0) {
      pack = shuffle(faults, random, seed + shuffles);
      shuffles += 1;
    }
    const fault = pack.shift();
    if (fault === undefined) throw new Error('There is no fault to draw');
    return fault;
  };
}

/** Multiples of it are spread evenly over the whole, however many there are. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
const JITTER = 0.05;

/** The cards of one fault lie about evenly apart. */
function shuffle(faults: readonly Fault[], random: () => number, turn: number): Fault[] {
  return faults
    .flatMap((fault, rank) => {
      const offset = (rank / faults.length + turn * GOLDEN + JITTER * random()) % 1;
      return Array.from({ length: fault.weight }, (_, index) => ({
        fault,
        place: (index + offset) / fault.weight,
      }));
    })
    .toSorted((a, b) => a.place - b.place)
    .map(({ fault }) => fault);
}
