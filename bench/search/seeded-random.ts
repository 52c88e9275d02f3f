/** A number from 0 up to 1. */
export type Random = () => number;

/** The same numbers for the same seed: a Lehmer generator, good enough to draw samples. */
export function createRandom(seed: number): Random {
  const modulus = 2_147_483_647;
  let state = (Math.abs(Math.trunc(seed)) % (modulus - 1)) + 1;
  return () => {
    state = (state * 48_271) % modulus;
    return (state - 1) / (modulus - 1);
  };
}

/** The items in a random order. */
export function shuffle<T>(items: readonly T[], random: Random): readonly T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Some of the items, drawn without repetition, in the order that they had. */
export function draw<T>(items: readonly T[], most: number, random: Random): readonly T[] {
  const chosen = new Set(shuffle([...items.keys()], random).slice(0, most));
  return items.filter((_, index) => chosen.has(index));
}

/** One of the items; undefined where there is none. */
export function pick<T>(items: readonly T[], random: Random): T | undefined {
  return items[Math.floor(random() * items.length)];
}
