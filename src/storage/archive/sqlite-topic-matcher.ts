import type { DatabaseSync } from 'node:sqlite';
import type { ArchivedPaper } from '../../papers/paper.ts';
import type { MatchTopics } from '../../topics/match-topics.ts';
import type { ListDayRange } from '../../topics/paper-search.ts';
import { attemptLater } from './attempt.ts';
import { type Candidates, openCandidates } from './search/candidates.ts';
import { createTopicCompiler } from './compile-topic.ts';
import { PAPER_COLUMNS, readPaper } from './read-paper.ts';
import { NumberRow } from './schema.ts';
import { createStateReader } from './state-reader.ts';
import { createKeyedQueue } from '../keyed-queue.ts';
import { createSlices, type Slices } from '../slices.ts';

export interface SqliteTopicMatcher {
  readonly matchTopics: MatchTopics;
  close(): void;
}

/** The candidate papers as the archive had them in one state, and what was found among them so far. */
interface Snapshot extends Required<ListDayRange> {
  readonly state: string;
  readonly candidates: Candidates;
  readonly found: Map<string, readonly ArchivedPaper[]>;
}

const FIRST = '0000-00-00';
const LAST = '9999-99-99';
/** Answers that are kept; of more topics than these, some are looked up again for each destination. */
const KEPT_ANSWERS = 150_000;

/**
 * Matches topics against the papers of a range alone, in slices. What one caller asked serves the next one, until the
 * archive is written to; callers wait for one another. `now` counts milliseconds.
 */
export function createSqliteTopicMatcher(database: DatabaseSync, now: () => number): SqliteTopicMatcher {
  const slices = createSlices(now);
  const readState = createStateReader(database);
  const compile = createTopicCompiler();
  const inTurn = createKeyedQueue();
  let present: Snapshot | undefined;

  async function takeSnapshot(range: Required<ListDayRange>): Promise<Snapshot> {
    const state = readState();
    if (present?.state === state && present.after <= range.after && present.until >= range.until) {
      return present;
    }
    const candidates = await openCandidates(await readRange(database, range, slices), slices);
    present?.candidates.close();
    present = { state, ...range, candidates, found: new Map() };
    return present;
  }

  const find = ({ candidates, found }: Snapshot, query: string): readonly ArchivedPaper[] | undefined => {
    const known = found.get(query);
    if (known !== undefined) return known;
    const topic = compile(query);
    if (topic === undefined) return undefined;
    const papers = candidates.match(topic);
    if (found.size < KEPT_ANSWERS) found.set(query, papers);
    return papers;
  };

  async function matchAll(
    queries: readonly string[],
    range: Required<ListDayRange>,
  ): Promise<ReadonlyMap<string, readonly ArchivedPaper[]>> {
    const snapshot = await takeSnapshot(range);
    const matches = new Map<string, readonly ArchivedPaper[]>();
    for (const query of queries) {
      const papers = find(snapshot, query);
      if (papers !== undefined) matches.set(query, narrow(papers, range, snapshot));
      if (slices.isOver()) await slices.next();
    }
    return matches;
  }

  return {
    matchTopics: (queries, { after = FIRST, until = LAST }) =>
      inTurn('match', () => attemptLater('be searched', () => matchAll(queries, { after, until }))),
    close() {
      present?.candidates.close();
      present = undefined;
    },
  };
}

/** What was found in a wider range, without what is not in this one. */
function narrow(
  papers: readonly ArchivedPaper[],
  { after, until }: Required<ListDayRange>,
  wider: Required<ListDayRange>,
): readonly ArchivedPaper[] {
  if (papers.length === 0 || (after === wider.after && until === wider.until)) return papers;
  return papers.filter(({ listDay = FIRST }) => listDay > after && listDay <= until);
}

/** A paper that is saved meanwhile may come as it was or as it is; the snapshot is then out of date anyway. */
async function readRange(
  database: DatabaseSync,
  { after, until }: Required<ListDayRange>,
  slices: Slices,
): Promise<readonly ArchivedPaper[]> {
  const numbers = database
    .prepare(
      `SELECT number FROM papers WHERE list_day > ? AND list_day <= ?
       ORDER BY list_day DESC, upvotes DESC, id`,
    )
    .all(after, until);
  const one = database.prepare(`SELECT ${PAPER_COLUMNS} FROM papers WHERE number = ?`);
  const papers: ArchivedPaper[] = [];
  for (const row of numbers) {
    if (slices.isOver()) await slices.next();
    papers.push(readPaper(one.get(NumberRow.parse(row).number)));
  }
  return papers;
}
