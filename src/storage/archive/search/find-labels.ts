import type { DatabaseSync } from 'node:sqlite';
import { LabelKindRow } from '../schema.ts';

/** A whole keyword, or somebody's whole name, that stands in a query. */
export interface QueryLabel {
  readonly kind: 'author' | 'keyword';
  readonly words: readonly string[];
}

/** Words of a label; one alone is found like any other word. */
const FEWEST_WORDS = 2;
const MOST_WORDS = 5;
/** Words of a query that are looked through. */
const MOST_TYPED = 24;

/** Longer ones first; of those that overlap, only the first. */
export function findLabels(database: DatabaseSync, typed: readonly string[]): readonly QueryLabel[] {
  const select = database.prepare('SELECT kind FROM labels WHERE folded = ? AND papers > 0 ORDER BY kind');
  const words = typed.slice(0, MOST_TYPED);
  const taken = new Set<number>();
  const labels: QueryLabel[] = [];
  for (const { start, end } of rangesOf(words.length)) {
    const places = Array.from({ length: end - start }, (_, index) => start + index);
    if (places.some((place) => taken.has(place))) continue;
    const part = words.slice(start, end);
    for (const row of select.all(part.join(' '))) {
      labels.push({ kind: LabelKindRow.parse(row).kind, words: part });
      for (const place of places) taken.add(place);
    }
  }
  return labels;
}

function* rangesOf(words: number): Generator<{ readonly start: number; readonly end: number }> {
  for (let length = Math.min(MOST_WORDS, words); length >= FEWEST_WORDS; length -= 1) {
    for (let start = 0; start + length <= words; start += 1) yield { start, end: start + length };
  }
}
