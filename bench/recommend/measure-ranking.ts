export interface Ranked {
  readonly score: number;
  readonly isRight: boolean;
}

const TOP = 10;

/** How often a right one stands before another; ties count half. Undefined where there are not both. */
export function measureAuc(ranked: readonly Ranked[]): number | undefined {
  const right = ranked.filter(({ isRight }) => isRight);
  const others = ranked.filter(({ isRight }) => !isRight);
  if (right.length === 0 || others.length === 0) return undefined;
  let won = 0;
  for (const { score } of right) {
    for (const other of others) won += score > other.score ? 1 : score === other.score ? 0.5 : 0;
  }
  return won / (right.length * others.length);
}

/** The gain of the right ones among the first ten, over that of the best order. */
export function measureNdcg(ranked: readonly Ranked[]): number | undefined {
  const right = ranked.filter(({ isRight }) => isRight).length;
  if (right === 0 || right === ranked.length) return undefined;
  const inOrder = ranked.toSorted((a, b) => b.score - a.score).slice(0, TOP);
  const gained = inOrder.map(({ isRight }, at) => (isRight ? gainAt(at) : 0));
  const best = Array.from({ length: Math.min(TOP, right) }, (_, at) => gainAt(at));
  return sum(gained) / sum(best);
}

function gainAt(place: number): number {
  return 1 / Math.log2(place + 2);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
