import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { ArchivedPaper } from '../../../papers/paper.ts';
import type { Slices } from '../../slices.ts';
import type { CompiledTopic } from '../compile-topic.ts';
import { buildIndexText } from '../index-text.ts';
import { TermRow } from '../schema.ts';
import { WORDS_TABLE } from '../tables.ts';

/** A few papers in an index of their own, in which a topic is looked up without the rest of the archive. */
export interface Candidates {
  /** The papers that a topic strictly matches, in the order in which they were given. */
  match(topic: CompiledTopic): readonly ArchivedPaper[];
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

/** Of other shapes of queries than these the statements are prepared anew. */
const KEPT_STATEMENTS = 200;
const NONE: readonly ArchivedPaper[] = [];

export async function openCandidates(papers: readonly ArchivedPaper[], slices: Slices): Promise<Candidates> {
  const database = new DatabaseSync(':memory:');
  try {
    await fillTables(database, papers, slices);
    const vocabulary = await readVocabulary(database, slices);
    const prepare = createPreparer(database);
    return {
      match({ sql, parameters, needed }) {
        const isPossible = needed.every((words) => words.some((word) => vocabulary.has(word)));
        if (!isPossible) return NONE;
        const rows = prepare(sql).all(...parameters);
        return rows.length === 0 ? NONE : rows.flatMap(({ number }) => papers[Number(number)] ?? []);
      },
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

async function fillTables(
  database: DatabaseSync,
  papers: readonly ArchivedPaper[],
  slices: Slices,
): Promise<void> {
  database.exec(`${TABLES} BEGIN`);
  const add = database.prepare('INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?)');
  const index = database.prepare(
    `INSERT INTO words (rowid, title, abstract, summary, keyword, author, org, submitter)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  for (const [number, paper] of papers.entries()) {
    if (slices.isOver()) await slices.next();
    const { listDay, publishedOn, upvotes, comments, code } = paper;
    const hasCode = code === undefined ? 0 : 1;
    add.run(number, listDay ?? null, publishedOn, upvotes, comments, code?.stars ?? null, hasCode);
    index.run(number, ...buildIndexText(paper));
  }
  await slices.next();
  database.exec('COMMIT');
}

async function readVocabulary(database: DatabaseSync, slices: Slices): Promise<ReadonlySet<string>> {
  const vocabulary = new Set<string>();
  for (const row of database.prepare('SELECT term FROM vocabulary').iterate()) {
    vocabulary.add(TermRow.parse(row).term);
    if (slices.isOver()) await slices.next();
  }
  return vocabulary;
}

function createPreparer(database: DatabaseSync): (condition: string) => StatementSync {
  const kept = new Map<string, StatementSync>();
  return (condition) => {
    const known = kept.get(condition);
    if (known !== undefined) return known;
    const statement = database.prepare(`SELECT number FROM papers WHERE ${condition} ORDER BY number`);
    if (kept.size < KEPT_STATEMENTS) kept.set(condition, statement);
    return statement;
  };
}
