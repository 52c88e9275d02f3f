import { DatabaseSync } from 'node:sqlite';
import type { Engine } from './engine.ts';

const SHOWN = 50;
const TOKENIZERS = { plain: 'unicode61', stems: 'porter unicode61' };

/** SQLite's full-text search as its documentation has it: any of the words, by BM25. */
export function createFts5Engine(how: keyof typeof TOKENIZERS): Engine {
  const database = new DatabaseSync(':memory:');
  database.exec(`CREATE VIRTUAL TABLE papers USING fts5 (
    id UNINDEXED, title, abstract, keywords, authors, organization, tokenize = '${TOKENIZERS[how]}'
  )`);
  const insert = database.prepare('INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?)');
  const find = database.prepare(`SELECT id FROM papers WHERE papers MATCH ? ORDER BY rank LIMIT ${SHOWN}`);
  return {
    add(papers) {
      database.exec('BEGIN');
      for (const { id, title, abstract, keywords, authors, organization } of papers) {
        const lab = organization === undefined ? '' : `${organization.slug} ${organization.name}`;
        insert.run(id, title, abstract, keywords.join(' | '), authors.join(' | '), lab);
      }
      database.exec('COMMIT');
    },
    async search(text) {
      const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
      if (words.length === 0) return [];
      return find.all(words.map((word) => `"${word}"`).join(' OR ')).map(({ id }) => String(id));
    },
    close: async () => database.close(),
  };
}
