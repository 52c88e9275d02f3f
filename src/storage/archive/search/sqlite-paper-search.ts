import type { DatabaseSync } from 'node:sqlite';
import type { Explanation, ListDayRange, PaperSearch } from '../../../topics/paper-search.ts';
import { leavesOf, type Query } from '../../../topics/query/query.ts';
import type { ArchivedPaper } from '../../../papers/paper.ts';
import { attempt } from '../attempt.ts';
import { PAPER_COLUMNS, readPaper } from '../read-paper.ts';
import { compileQuery } from '../compile-query.ts';
import { MatchRow } from '../schema.ts';
import { createSearch } from './search-papers.ts';
import { findSimilar } from './similar.ts';
import { createSpelling } from './spelling.ts';
import { createSuggest } from './suggest.ts';
import { wordForms } from '../word-forms.ts';

const FIRST = '0000-00-00';
const LAST = '9999-99-99';
const EVERY: Query = { kind: 'every' };

export function createSqlitePaperSearch(database: DatabaseSync): PaperSearch {
  const spelling = createSpelling(database);
  const suggest = createSuggest(database, spelling);
  const one = database.prepare(`SELECT ${PAPER_COLUMNS} FROM papers WHERE id = ?`);
  const search = createSearch(database, spelling);
  return {
    listed: (range) => selectMatches(database, EVERY, range),
    match: (query, range) => selectMatches(database, query, range),
    explain: (query, paperId) => explain(database, query, paperId),
    formsOf: wordForms,
    search: (request) => attempt('be searched', () => search(request)),
    similar: (paperId, limit) =>
      attempt('be searched', () => {
        const row = one.get(paperId);
        return row === undefined ? [] : findSimilar(database, readPaper(row), limit);
      }),
    suggest: (typed, limit) => attempt('be searched', () => suggest(typed, limit)),
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
