import type { DatabaseSync } from 'node:sqlite';
import type { TextField } from '../../../topics/query/query.ts';
import { ANYWHERE, quote } from '../queries/compile-query.ts';
import { SHORTEST_START, type Variant } from './query-words.ts';
import { NumbersRow, LabelKindRow } from '../schema.ts';

/** Which papers have a word, by their numbers in the archive. */
export interface PaperLists {
  /** Those with any of the word's inflections, in a field or anywhere. */
  withWord(variant: Variant, field?: TextField): readonly number[];
  withPhrase(words: readonly string[], field: TextField): readonly number[];
  /** Whose title has the words one after the other, the last one perhaps unfinished, if it is not too short to say much. */
  titledSo(words: readonly string[]): readonly number[];
}

/** Of a word that more papers have, which tells few of them apart, only the latest count: so a search stays bounded. */
const MOST_LISTED = 10_000;
/** The same of titles, and of other words than those that were typed. */
const MOST_BESIDE = 3_000;

/**
 * A list comes at once rather than row by row: FTS5 gives the numbers of a common word in less than a millisecond, and
 * bm25() takes several times that for each word. Stems have no beginnings, so that those are looked up among words.
 */
export function createPaperLists(database: DatabaseSync): PaperLists {
  const select = (table: 'words' | 'stems') =>
    database.prepare(
      `SELECT json_group_array(rowid) AS numbers FROM (
         SELECT rowid FROM ${table} WHERE ${table} MATCH ? ORDER BY rowid DESC LIMIT ?
       )`,
    );
  const tables = { words: select('words'), stems: select('stems') };
  const list = (table: 'words' | 'stems', expression: string, most = MOST_LISTED): readonly number[] =>
    NumbersRow.parse(tables[table].get(expression, most)).numbers;

  return {
    withWord({ word, open, share }, field) {
      const columns = field === undefined ? ANYWHERE : `{${field}}`;
      const most = field === 'title' || share < 1 ? MOST_BESIDE : MOST_LISTED;
      return open
        ? list('words', `(${columns} : ${quote(word)} *)`, most)
        : list('stems', `(${columns} : ${quote(word)})`, most);
    },
    withPhrase: (words, field) => list('words', `({${field}} : ${quote(words.join(' '))})`),
    titledSo(words) {
      const isOpen = (words.at(-1) ?? '').length >= SHORTEST_START;
      return list('words', `({title} : ${quote(words.join(' '))}${isOpen ? ' *' : ''})`);
    },
  };
}

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
