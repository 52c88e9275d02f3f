import type { Random } from '../src/calendar/clock.ts';

/** The same numbers for the same seed and stream: mulberry32, https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
export function createRandom(seed: number, stream: number): Random {
  let state = Math.imul(seed ^ 0x9e37_79b9, 2_654_435_761) ^ Math.imul(stream + 1, 0x85eb_ca6b);
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `from` up to and with `to`. */
export function pickNumber(random: Random, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

export function pickOne<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0];
}
