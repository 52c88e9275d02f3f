import type { DatabaseSync } from 'node:sqlite';
import type { TextField } from '../../../topics/query/query.ts';
import { ANYWHERE, quote } from '../queries/compile-query.ts';
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

/**
 * A list comes at once rather than row by row: FTS5 gives the numbers of a common word in less than a millisecond, and
 * bm25() takes several times that for each word. Stems have no beginnings, so that those are looked up among words.
 */
export function createPaperLists(database: DatabaseSync): PaperLists {
  const select = (table: 'words' | 'stems') =>
    database.prepare(`SELECT json_group_array(rowid) AS numbers FROM ${table} WHERE ${table} MATCH ?`);
  const tables = { words: select('words'), stems: select('stems') };
  const list = (table: 'words' | 'stems', expression: string): readonly number[] =>
    NumbersRow.parse(tables[table].get(expression)).numbers;

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
