import type { DatabaseSync } from 'node:sqlite';
import { foldText, splitWords } from '../../../topics/query/fold-text.ts';
import type { Suggestion } from '../../../topics/paper-search.ts';
import { quote } from '../queries/compile-query.ts';
import { PRIOR } from './rank-matches.ts';
import { LabelRow, TitleRow } from '../schema.ts';
import { findSplit } from './correct-query.ts';
import { createNames } from './names.ts';
import { buildWord, type Spelling } from './spelling.ts';

/**
 * Weights of title, abstract, summary, keyword, author, org, submitter in BM25: people type titles and names.
 * https://www.sqlite.org/fts5.html#the_bm25_function
 */
const WEIGHTS = '10, 1, 1, 4, 6, 2, 0';
const MOST_WORDS = 12;
/** Names and keywords beside titles, and those that stand before them. */
const MOST_LABELS = 8;
const MOST_FIRST = 3;
/** Titles of that name before all others. */
const MOST_NAMED = 3;
/** Names and keywords of one paper alone do not stand before titles. */
const FREQUENT = 2;
/** Either kind of label, as a pattern for LIKE, which ignores case. */
const EITHER = '%';
/** A field whose whole content is suggested: `author:yan`. */
const FIELD = /^\s*(author|keyword):(.*)$/iu;
/** So little is typed that only beginnings are looked up. */
const SHORT = 3;

export type Suggest = (typed: string, limit: number) => readonly Suggestion[];

export function createSuggest(database: DatabaseSync, spelling: Spelling): Suggest {
  const titles = database.prepare(
    `SELECT id, data ->> 'title' AS title FROM (
       SELECT rowid AS number, bm25(words, ${WEIGHTS}) AS score FROM words WHERE words MATCH ?
     ) JOIN papers USING (number) ORDER BY score * ${PRIOR}, id LIMIT ?`,
  );
  const labels = database.prepare(
    `SELECT kind, text, folded, papers FROM labels
     WHERE kind LIKE :kind AND papers > 0
       AND number IN (SELECT rowid FROM label_words WHERE label_words MATCH :words)
     ORDER BY substr(folded, 1, length(:start)) = :start DESC, papers DESC, folded, kind LIMIT ${MOST_LABELS}`,
  );
  const beginning = database.prepare(
    `SELECT kind, text, folded, papers FROM labels
     WHERE kind LIKE :kind AND folded >= :start AND folded < :end AND papers > 0
     ORDER BY papers DESC, folded, kind LIMIT ${MOST_LABELS}`,
  );

  const title = database.prepare(`SELECT id, data ->> 'title' AS title FROM papers WHERE number = ?`);
  const names = createNames(database);

  /** Titles of papers that are called so, or begin to be, however that is written. */
  function findNamed(words: readonly string[]): readonly Suggestion[] {
    const { whole, begun } = names.named(words);
    const numbers = [...whole, ...begun].slice(0, MOST_NAMED).map(({ number }) => number);
    return numbers.map((number) => toTitle(title.get(number)));
  }

  const findTitles = (expression: string, limit: number): readonly Suggestion[] =>
    titles.all(expression, limit).map(toTitle);

  function findLabels(words: readonly string[], kind: string): readonly LabelRow[] {
    const start = words.join(' ');
    const rows =
      start.length < SHORT
        ? beginning.all({ kind, start, end: `${start}\u{10FFFF}` })
        : labels.all({ kind, start, words: allOf(words) });
    return rows.map((row) => LabelRow.parse(row));
  }

  /** Titles, and those of papers whose authors or keywords were typed; names and keywords before or behind them. */
  function find(words: readonly string[], limit: number): readonly Suggestion[] {
    const start = words.join(' ');
    const isShort = start.length < SHORT;
    const titled = `({title} : (${allOf(words)})) OR ${startOfTitle(words)}`;
    const found = findTitles(isShort ? startOfTitle(words) : titled, limit);
    const others =
      isShort || found.length >= limit ? [] : findTitles(`{keyword author} : (${allOf(words)})`, limit);
    const named = findLabels(words, EITHER);
    const first = named
      .filter(({ folded, papers }) => folded.startsWith(start) && papers >= FREQUENT)
      .slice(0, MOST_FIRST);
    const last = named.filter((label) => !first.includes(label));
    const space = Math.max(0, limit - named.length);
    return [
      ...first.map(toSuggestion),
      ...found.slice(0, space),
      ...last.map(toSuggestion),
      ...found.slice(space),
      ...others,
    ];
  }

  return (typed, limit) => {
    const [, kind, label = typed] = FIELD.exec(typed) ?? [];
    const words = splitWords(label).slice(0, MOST_WORDS);
    if (words.length === 0) return [];
    if (kind !== undefined) return findLabels(words, kind).slice(0, limit).map(toSuggestion);
    const found = [...findNamed(words), ...find(words, limit)];
    if (found.length > 0) return takeFirst(found, limit);
    const corrected = correctOne(words, spelling);
    return corrected === undefined ? [] : takeFirst(find(corrected, limit), limit);
  };
}

/** One word put right that no paper has; the last one may be unfinished, so that it is the last to be tried. */
function correctOne(words: readonly string[], spelling: Spelling): readonly string[] | undefined {
  for (const [index, word] of words.entries()) {
    if (spelling.count(buildWord(word, undefined), 1) > 0) continue;
    const split = findSplit(word, undefined, spelling);
    if (split !== undefined) return words.toSpliced(index, 1, ...split.words);
    const [best] = spelling.neighboursOf(word);
    if (best !== undefined) return words.with(index, best.word);
  }
  return undefined;
}

function allOf(words: readonly string[]): string {
  return `${words.map(quote).join(' AND ')} *`;
}

/** A title that begins with all the words, the last one perhaps unfinished. */
function startOfTitle(words: readonly string[]): string {
  return `({title} : ^ ${quote(words.join(' '))} *)`;
}

function toTitle(row: unknown): Suggestion {
  const { id, title } = TitleRow.parse(row);
  return { kind: 'title', text: title, paperId: id };
}

function toSuggestion({ kind, text }: LabelRow): Suggestion {
  return { kind, text };
}

function takeFirst(found: readonly Suggestion[], limit: number): readonly Suggestion[] {
  const seen = new Set<string>();
  return found
    .filter(({ text }) => {
      const folded = foldText(text);
      if (seen.has(folded)) return false;
      seen.add(folded);
      return true;
    })
    .slice(0, limit);
}
