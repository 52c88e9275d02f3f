import { UserError } from '../../src/errors.ts';
import { openSqliteArchive } from '../../src/storage/archive/sqlite-paper-archive.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import type { Engine } from './engine.ts';

/** What `/search` shows: strict matches by relevance, then close ones; nothing for a query that is refused. */
export function openArchiveEngine(file: string): Engine {
  const { archive, search, close } = openSqliteArchive({ path: file });
  return {
    add: (papers) => void archive.save(papers, Date.now()),
    async search(text) {
      try {
        const found = await search.search({ query: parseQuery(text), sort: 'relevance' });
        return [...found.strict, ...found.close];
      } catch (error) {
        if (error instanceof UserError) return [];
        throw error;
      }
    },
    close,
  };
}
