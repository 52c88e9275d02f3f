const LOOKED_AT = 10;

/** One over the rank of the first right paper among the first ten; 0 where there is none. */
export function reciprocalRank(found: readonly string[], right: readonly string[]): number {
  const at = found.slice(0, LOOKED_AT).findIndex((id) => right.includes(id));
  return at === -1 ? 0 : 1 / (at + 1);
}

/** Whether one of the first ten is right. */
export function isInTopTen(found: readonly string[], right: readonly string[]): boolean {
  return reciprocalRank(found, right) > 0;
}

/** The share of right ones among as many as there are, ten at most. */
export function precision(found: readonly string[], right: readonly string[]): number {
  const most = Math.min(LOOKED_AT, right.length);
  return found.slice(0, most).filter((id) => right.includes(id)).length / most;
}

/** The value that a share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
