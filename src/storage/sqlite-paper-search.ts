import type { DatabaseSync } from 'node:sqlite';
import type { Explanation, ListDayRange, PaperSearch } from '../topics/paper-search.ts';
import { leavesOf, type Query } from '../topics/query.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import { attempt } from './archive/attempt.ts';
import { PAPER_COLUMNS, readPaper } from './archive/read-paper.ts';
import { compileQuery } from './archive/compile-query.ts';
import { MatchRow, SuggestionRow } from './archive/schema.ts';
import { wordForms } from './archive/word-forms.ts';

const FIRST = '0000-00-00';
const LAST = '9999-99-99';
const EVERY: Query = { kind: 'every' };
const TERMS = 12;
/** Weights of title, abstract, summary, keyword, author, org, submitter: people type titles and names. */
const WEIGHTS = '10, 1, 1, 4, 6, 2, 1';

export function createSqlitePaperSearch(database: DatabaseSync): PaperSearch {
  const suggest = database.prepare(
    `SELECT papers.id, papers.data FROM words JOIN papers ON papers.number = words.rowid
     WHERE words MATCH ? ORDER BY bm25(words, ${WEIGHTS}) LIMIT ?`,
  );
  return {
    listed: (range) => selectMatches(database, EVERY, range),
    match: (query, range) => selectMatches(database, query, range),
    explain: (query, paperId) => explain(database, query, paperId),
    formsOf: wordForms,
    search: ({ query }) => ({ strict: selectMatches(database, query, {}).map(({ id }) => id), close: [] }),
    similar: () => [],
    suggest(typed, limit) {
      const expression = buildExpression(typed);
      if (expression === undefined) return [];
      return attempt('be searched', () =>
        suggest.all(expression, limit).map((row) => {
          const { id, data } = SuggestionRow.parse(row);
          return { kind: 'title' as const, text: data.title, paperId: id };
        }),
      );
    },
  };
}

function selectMatches(
  database: DatabaseSync,
  query: Query,
  { after = FIRST, until = LAST }: ListDayRange,
): readonly ArchivedPaper[] {
  return attempt('be searched', () => {
    const { sql, parameters } = compileQuery(query);
    return database
      .prepare(
        `SELECT ${PAPER_COLUMNS} FROM papers WHERE list_day > ? AND list_day <= ? AND (${sql})
         ORDER BY list_day DESC, upvotes DESC, id`,
      )
      .all(after, until, ...parameters)
      .map(readPaper);
  });
}

function explain(database: DatabaseSync, query: Query, paperId: string): Explanation | undefined {
  return attempt('be searched', () => {
    const matches = (part: Query): boolean | undefined => {
      const { sql, parameters } = compileQuery(part);
      const row = database
        .prepare(`SELECT (${sql}) AS matches FROM papers WHERE id = ?`)
        .get(...parameters, paperId);
      return row === undefined ? undefined : MatchRow.parse(row).matches === 1;
    };
    const whole = matches(query);
    if (whole === undefined) return undefined;
    return {
      matches: whole,
      parts: leavesOf(query).map((part) => ({ part, matches: matches(part) ?? false })),
    };
  });
}

/** Every word is quoted, so that nothing typed is syntax. https://www.sqlite.org/fts5.html#fts5_strings */
function buildExpression(typed: string): string | undefined {
  const words = typed.match(/[\p{L}\p{N}]+/gu)?.slice(0, TERMS) ?? [];
  if (words.length === 0) return undefined;
  return `{title keyword author} : (${words.map((word) => `"${word}"`).join(' AND ')} *)`;
}
