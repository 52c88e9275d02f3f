import type { DatabaseSync } from 'node:sqlite';
import type { PaperSearch } from '../topics/paper-search.ts';
import { attempt } from './archive/attempt.ts';
import { PAPER_COLUMNS, readPaper } from './archive/read-paper.ts';
import { SuggestionRow } from './archive/schema.ts';

const FIRST = '0000-00-00';
const LAST = '9999-99-99';
const TERMS = 12;
/** Weights of title, abstract, summary, keyword, author, org, submitter: people type titles and names. */
const WEIGHTS = '10, 1, 1, 4, 6, 2, 1';

export function createSqlitePaperSearch(database: DatabaseSync): PaperSearch {
  const listed = database.prepare(
    `SELECT ${PAPER_COLUMNS} FROM papers WHERE list_day > ? AND list_day <= ?
     ORDER BY list_day DESC, upvotes DESC, id`,
  );
  const suggest = database.prepare(
    `SELECT papers.id, papers.data FROM words JOIN papers ON papers.number = words.rowid
     WHERE words MATCH ? ORDER BY bm25(words, ${WEIGHTS}) LIMIT ?`,
  );
  return {
    listed: ({ after = FIRST, until = LAST }) =>
      attempt('be searched', () => listed.all(after, until).map(readPaper)),
    suggest(typed, limit) {
      const expression = buildExpression(typed);
      if (expression === undefined) return [];
      return attempt('be searched', () =>
        suggest.all(expression, limit).map((row) => {
          const { id, data } = SuggestionRow.parse(row);
          return { title: data.title, paperId: id };
        }),
      );
    },
  };
}

/** Every word is quoted, so that nothing typed is syntax. https://www.sqlite.org/fts5.html#fts5_strings */
function buildExpression(typed: string): string | undefined {
  const words = typed.match(/[\p{L}\p{N}]+/gu)?.slice(0, TERMS) ?? [];
  if (words.length === 0) return undefined;
  return `{title keyword author} : (${words.map((word) => `"${word}"`).join(' AND ')} *)`;
}
