import { UserError } from '../../src/errors.ts';
import { openSqliteArchive } from '../../src/storage/archive/sqlite-paper-archive.ts';
import { dropLittleWords } from '../../src/topics/languages/glossary.ts';
import { listFound } from '../../src/topics/paper-search.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import type { Engine } from './engine.ts';

/** What `/search` shows: papers of that name, strict matches by relevance, then close ones; nothing for a query that is refused. */
export function openArchiveEngine(file: string): Engine {
  const { archive, search, close } = openSqliteArchive({ path: file });
  return {
    add: (papers) => void archive.save(papers, Date.now()),
    async search(text) {
      try {
        return listFound(
          await search.search({ query: parseQuery(dropLittleWords(text)), sort: 'relevance' }),
        );
      } catch (error) {
        if (error instanceof UserError) return [];
        throw error;
      }
    },
    close,
  };
}
