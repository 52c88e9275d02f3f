import type { DatabaseSync } from 'node:sqlite';
import { endsInKey, nameKey } from '../name-keys.ts';
import { CountRow, FoundRow, MeaningRow, TitledRow } from '../schema.ts';
import { RARE } from './spelling.ts';

/** The most upvoted first. */
export interface NamedPapers {
  /** Called so, or with that id. */
  readonly whole: readonly FoundRow[];
  /** Whose title begins so. */
  readonly begun: readonly FoundRow[];
}

export interface Names {
  /** Papers that are called what was typed, however either is written; the last word is perhaps unfinished. */
  named(words: readonly string[]): NamedPapers;
  /** What a word stands for in most papers that say so: `mixture of experts` for `moe`. */
  meaningsOf(word: string): readonly string[];
}

export const NOBODY: NamedPapers = { whole: [], begun: [] };
const MOST_NAMED = 20;
/** Titles that begin with a key and are looked at; of more, it says too little. */
const MOST_BEGUN = 40;
/** Of an unfinished name as many as a person looks through. */
const MOST_UNFINISHED = 8;
const SHORTEST_UNFINISHED = 4;
/** With one or two letters too many titles begin. */
const SHORTEST_BEGUN = 3;
/** What one paper alone says may be a slip. */
const FEWEST_SAYING = 2;
/** A second meaning counts that has this share of the papers of the first: `tts` is test-time scaling, and speech. */
const SHARE_OF_FIRST = 0.4;

export function createNames(database: DatabaseSync): Names {
  const best = (kind: 'name' | 'title', condition: string, most: number) => `
    SELECT id, number FROM names JOIN papers USING (number) WHERE kind = '${kind}' AND ${condition}
    ORDER BY upvotes DESC, number DESC LIMIT ${most}`;
  const whole = database.prepare(best('name', 'key = ?', MOST_NAMED));
  const begun = database.prepare(
    `SELECT id, number, data ->> 'title' AS title FROM (${best('title', 'key >= ? AND key < ?', MOST_BEGUN)})
     JOIN papers USING (id, number)`,
  );
  const papersWith = database.prepare('SELECT doc AS papers FROM vocabulary WHERE term = ?');
  const withId = database.prepare('SELECT id, number FROM papers WHERE id = ?');
  const meanings = database.prepare(
    `SELECT meaning, papers FROM acronyms WHERE acronym = ? AND papers >= ${FEWEST_SAYING}
     ORDER BY papers DESC, meaning LIMIT 2`,
  );

  function meaningsOf(word: string): readonly string[] {
    const rows = meanings.all(word).map((row) => MeaningRow.parse(row));
    const most = rows[0]?.papers ?? 0;
    return rows.filter(({ papers }) => papers >= most * SHARE_OF_FIRST).map(({ meaning }) => meaning);
  }

  /** `react` is a word of its own, and no beginning of `Reactive`. */
  function isFinished(words: readonly string[]): boolean {
    const row = words.length === 1 ? papersWith.get(words[0] ?? '') : undefined;
    return row !== undefined && CountRow.parse(row).papers > RARE;
  }

  function findBegun(key: string, words: readonly string[]): readonly FoundRow[] {
    if (key.length < SHORTEST_BEGUN) return [];
    const rows = begun.all(key, `${key}\u{10FFFF}`).map((row) => TitledRow.parse(row));
    const finished = rows.filter(({ title }) => endsInKey(title).has(key.length));
    if (finished.length > 0 || isFinished(words)) return finished;
    return key.length >= SHORTEST_UNFINISHED && rows.length <= MOST_UNFINISHED ? rows : [];
  }

  return {
    meaningsOf,
    named(words) {
      const id = idIn(words);
      if (id !== undefined) {
        return { begun: [], whole: withId.all(id).map((row) => FoundRow.parse(row)) };
      }
      const key = nameKey(words.join(' '));
      if (key === '') return NOBODY;
      const [word = '', ...more] = words;
      const keys = [key, ...(more.length === 0 ? meaningsOf(word).map(nameKey) : [])];
      const rows = keys.flatMap((one) => whole.all(one));
      return { whole: rows.map((row) => FoundRow.parse(row)), begun: findBegun(key, words) };
    },
  };
}

/** The arXiv id that is typed, alone or in a link, with or without its version. */
function idIn(words: readonly string[]): string | undefined {
  const text = words.join(' ');
  return /(?:^| )(\d{4}) (\d{4,5})(?:v\d+)?(?: |$)/u.exec(text)?.slice(1, 3).join('.');
}
