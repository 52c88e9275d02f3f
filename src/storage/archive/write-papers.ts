import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { Instant } from '../../calendar/zoned-time.ts';
import type { Paper } from '../../papers/paper.ts';
import { buildIndexText } from './tables.ts';
import { createNameLearner } from './learn-names.ts';
import { createWordLearner } from './learn-words.ts';
import { KnownRow } from './schema.ts';

export interface PaperWriter {
  /** Before each transaction. */
  begin(): void;
  /** Returns whether the paper is listed now and was not before. */
  write(paper: Paper, seenAt: Instant): boolean;
}

/** Writes papers with their indexes, in the transaction of the caller. */
export function createPaperWriter(database: DatabaseSync): PaperWriter {
  const known = database.prepare('SELECT number, list_day, first_seen_at, data FROM papers WHERE id = ?');
  const insert = database.prepare(
    `INSERT INTO papers (list_day, first_seen_at, published_on, upvotes, comments, stars, has_code, data, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = database.prepare(
    `UPDATE papers SET list_day = ?, first_seen_at = ?, published_on = ?, upvotes = ?, comments = ?, stars = ?,
     has_code = ?, data = ? WHERE id = ?`,
  );
  const setLinks = database.prepare('UPDATE papers SET links = ?, links_asked_at = ? WHERE number = ?');
  const indexes = ['words', 'stems'].map((name) => ({
    remove: database.prepare(`DELETE FROM ${name} WHERE rowid = ?`),
    add: database.prepare(
      `INSERT INTO ${name} (rowid, title, abstract, summary, keyword, author, org, submitter)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  }));
  const words = createWordLearner(database);
  const names = createNameLearner(database);

  function index(number: number, paper: Paper, before: Paper | undefined): void {
    const texts = buildIndexText(paper);
    const textsBefore = before === undefined ? undefined : buildIndexText(before);
    if (texts.every((text, column) => text === textsBefore?.[column])) return;
    for (const { remove, add } of indexes) {
      if (before !== undefined) remove.run(number);
      add.run(number, ...texts);
    }
    words.learn(paper, before);
    names.learn(number, paper, before);
  }

  return {
    begin: words.begin,
    write({ links, ...paper }, seenAt) {
      const row = known.get(paper.id);
      const before = row === undefined ? undefined : KnownRow.parse(row);
      const { listDay, firstSeenAt, isListedNow } = dateSighting(paper, seenAt, before);
      const values: SQLInputValue[] = [
        listDay,
        firstSeenAt,
        paper.publishedOn,
        paper.upvotes,
        paper.comments,
        paper.code?.stars ?? null,
        paper.code === undefined ? 0 : 1,
        JSON.stringify(paper),
        paper.id,
      ];
      const number = before?.number ?? Number(insert.run(...values).lastInsertRowid);
      if (before !== undefined) update.run(...values);
      if (links !== undefined) setLinks.run(JSON.stringify(links), seenAt, number);
      index(number, paper, before?.data);
      return isListedNow;
    },
  };
}

/**
 * The newest list day counts: whoever followed a topic between two of them gets the paper with the later one. A paper
 * that was known before it was listed counts as first seen when it is listed, as digests look at nothing earlier.
 */
function dateSighting(
  { listDay: given }: Paper,
  seenAt: Instant,
  before: KnownRow | undefined,
): { readonly listDay: string | null; readonly firstSeenAt: Instant; readonly isListedNow: boolean } {
  const days = [given, before?.list_day ?? undefined].filter((day) => day !== undefined);
  const listDay = days.toSorted().at(-1) ?? null;
  const wasListed = before !== undefined && before.list_day !== null;
  const isListedNow = !wasListed && listDay !== null;
  const firstSeenAt = before === undefined || isListedNow ? seenAt : before.first_seen_at;
  return { listDay, firstSeenAt, isListedNow };
}
