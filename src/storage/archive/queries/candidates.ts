import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { ArchivedPaper } from '../../../papers/paper.ts';
import { buildIndexText } from '../index-text.ts';
import { WORDS_TABLE } from '../tables.ts';
import type { CompiledQuery } from './compile-query.ts';

/** A few papers in an index of their own, in which a topic is looked up without the rest of the archive. */
export interface Candidates {
  /** The papers that a query strictly matches, in the order in which they were given. */
  match(query: CompiledQuery): readonly ArchivedPaper[];
  close(): void;
}

/** What `compileQuery` asks of a row of `papers`; their order is that of their numbers. */
const TABLES = `
  CREATE TABLE papers (
    number INTEGER PRIMARY KEY,
    list_day TEXT,
    published_on TEXT NOT NULL,
    upvotes INTEGER NOT NULL,
    comments INTEGER NOT NULL,
    stars INTEGER,
    has_code INTEGER NOT NULL
  );
  ${WORDS_TABLE}
`;

/** Statements that are kept, by the shape of the query; preparing one takes longer than most look-ups. */
const MOST_STATEMENTS = 200;

export function openCandidates(papers: readonly ArchivedPaper[]): Candidates {
  const database = new DatabaseSync(':memory:');
  fillTables(database, papers);
  const statements = new Map<string, StatementSync>();
  const prepare = (condition: string): StatementSync => {
    const known = statements.get(condition);
    if (known !== undefined) return known;
    const statement = database.prepare(`SELECT number FROM papers WHERE ${condition} ORDER BY number`);
    if (statements.size < MOST_STATEMENTS) statements.set(condition, statement);
    return statement;
  };
  return {
    match: ({ sql, parameters }) =>
      prepare(sql)
        .all(...parameters)
        .flatMap(({ number }) => papers[Number(number)] ?? []),
    close: () => database.close(),
  };
}

function fillTables(database: DatabaseSync, papers: readonly ArchivedPaper[]): void {
  database.exec(`${TABLES} BEGIN`);
  const add = database.prepare('INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?)');
  const index = database.prepare(
    `INSERT INTO words (rowid, title, abstract, summary, keyword, author, org, submitter)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [number, paper] of papers.entries()) {
    const { listDay, publishedOn, upvotes, comments, code } = paper;
    const hasCode = code === undefined ? 0 : 1;
    add.run(number, listDay ?? null, publishedOn, upvotes, comments, code?.stars ?? null, hasCode);
    index.run(number, ...buildIndexText(paper));
  }
  database.exec('COMMIT');
}
