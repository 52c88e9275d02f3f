import type { DatabaseSync } from 'node:sqlite';
import type { TextField } from '../../../topics/query/query.ts';
import { ANYWHERE, quote } from '../compile-query.ts';
import { SHORTEST_START, type Variant } from './query-words.ts';
import { NumbersRow } from '../schema.ts';

/** Which papers have a word, by their numbers in the archive. */
export interface PaperLists {
  /** Those with any of the word's inflections, in a field or anywhere. */
  withWord(variant: Variant, field?: TextField): readonly number[];
  withPhrase(words: readonly string[], field: TextField): readonly number[];
  /** Whose title has the words one after the other, the last one perhaps unfinished, if it is not too short to say much. */
  titledSo(words: readonly string[]): readonly number[];
}

/** Lists of fewer papers are read as fast as they are kept. */
const WORTH_KEEPING = 100;
/** Numbers of papers that are kept, all in all. */
const MOST_KEPT = 400_000;

/**
 * A list comes at once rather than row by row: FTS5 gives the numbers of a common word in less than a millisecond, and
 * bm25() takes several times that for each word. Stems have no beginnings, so that those are looked up among words.
 * Lists of common words are kept: they are right until the archive is written to.
 */
export function createPaperLists(database: DatabaseSync): PaperLists {
  const select = (table: 'words' | 'stems') =>
    database.prepare(`SELECT json_group_array(rowid) AS numbers FROM ${table} WHERE ${table} MATCH ?`);
  const tables = { words: select('words'), stems: select('stems') };
  const kept = new Map<string, readonly number[]>();
  let size = 0;

  function list(table: 'words' | 'stems', expression: string): readonly number[] {
    const key = `${table} ${expression}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const { numbers } = NumbersRow.parse(tables[table].get(expression));
    if (numbers.length < WORTH_KEEPING) return numbers;
    if (size + numbers.length > MOST_KEPT) {
      kept.clear();
      size = 0;
    }
    kept.set(key, numbers);
    size += numbers.length;
    return numbers;
  }

  return {
    withWord({ word, open }, field) {
      const columns = field === undefined ? ANYWHERE : `{${field}}`;
      return open
        ? list('words', `(${columns} : ${quote(word)} *)`)
        : list('stems', `(${columns} : ${quote(word)})`);
    },
    withPhrase: (words, field) => list('words', `({${field}} : ${quote(words.join(' '))})`),
    titledSo(words) {
      const isOpen = (words.at(-1) ?? '').length >= SHORTEST_START;
      return list('words', `({title} : ${quote(words.join(' '))}${isOpen ? ' *' : ''})`);
    },
  };
}
