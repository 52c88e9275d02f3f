import type { ArchivedPaper } from '../../papers/paper.ts';
import type { PaperArchive } from '../../papers/paper-archive.ts';
import type { MatchTopics, PaperSearch } from '../../topics/paper-search.ts';
import { type ArchiveFile, openArchiveFile } from './archive-file.ts';
import type { ArchiveLog } from './open-database.ts';
import {
  createDigestCounts,
  createDigestPicks,
  createMatchTopics,
  createPaperSearch,
} from './queries/paper-search.ts';
import { createQueryWorker } from './queries/query-worker.ts';

export interface SqliteArchive {
  readonly archive: PaperArchive;
  readonly search: PaperSearch;
  readonly matchTopics: MatchTopics;
  /** As `PaperSearch.pick`, before what people type. */
  readonly pickForDigests: PaperSearch['pick'];
  /** As `PaperSearch.countByDay`, likewise. */
  readonly countForDigests: PaperSearch['countByDay'];
  paperCount(): number;
  close(): Promise<void>;
}

const NO_LOG: ArchiveLog = { warn: () => undefined, error: () => undefined };

/**
 * Opens the archive's file, making it and its folder where they are missing. It is derived: one that is broken is set
 * aside, also while it is open; one of another version is rebuilt from its papers. People's queries are answered by a
 * thread of their own, which starts with the first. Raises `StorageError`.
 */
export function openSqliteArchive(options: {
  readonly path: string;
  readonly log?: ArchiveLog;
}): SqliteArchive {
  const { path: file, log = NO_LOG } = options;
  const collections = { areOfThisFile: true };
  const opened = openArchiveFile({
    file,
    log,
    onReplaced() {
      collections.areOfThisFile = false;
      forget();
      worker.restart();
    },
  });
  const worker = createQueryWorker({ file, onDamage: opened.repair });
  const matches = rememberAnswers(createMatchTopics(worker));
  const counts = rememberAnswers(createDigestCounts(worker));
  const archive = createArchive(opened, collections);
  const papers = rememberPapers(archive);
  function forget(): void {
    matches.forget();
    counts.forget();
    papers.forget();
  }
  return {
    archive: {
      ...archive,
      paper: papers.paper,
      save(found, seenAt) {
        forget();
        return archive.save(found, seenAt);
      },
      recordCollectedDay(day, startedAt) {
        matches.forget();
        archive.recordCollectedDay(day, startedAt);
      },
    },
    search: createPaperSearch(worker),
    matchTopics: matches.ask,
    countForDigests: counts.ask,
    pickForDigests: createDigestPicks(worker),
    paperCount: () => opened.use('be read', (store) => store.count()),
    async close() {
      await worker.close();
      opened.close();
    },
  };
}

/**
 * A collection that was planned on a file which broke meanwhile has not got all that its successor misses: neither it
 * nor its days count, of which the earlier file may have some papers.
 */
function createArchive({ use }: ArchiveFile, collections: { areOfThisFile: boolean }): PaperArchive {
  return {
    save: (papers, seenAt) => use('be written', (store) => store.save(papers, seenAt)),
    paper: (id) => use('be read', (store) => store.paper(id)),
    papersOfDay: (day) => use('be read', (store) => store.papersOfDay(day)),
    withStaleLinks: (wanted) => use('be read', (store) => store.withStaleLinks(wanted)),
    days: (limit) => use('be read', (store) => store.days(limit)),
    collectedDays(since, now) {
      const days = use('be read', (store) => store.collectedDays(since, now));
      collections.areOfThisFile = true;
      return days;
    },
    recordCollectedDay(day, startedAt) {
      if (collections.areOfThisFile) use('be written', (store) => store.recordCollectedDay(day, startedAt));
    },
    lastCollection: (now) => use('be read', (store) => store.lastCollection(now)),
    recordCollection(startedAt) {
      if (collections.areOfThisFile) use('be written', (store) => store.recordCollection(startedAt));
    },
  };
}

const PAPERS_KEPT = 500;

/** Remembers papers until the archive is written to: a morning's messages show the same, and what is rendered of each is kept with it. */
function rememberPapers({ paper: read }: PaperArchive): Pick<PaperArchive, 'paper'> & { forget(): void } {
  const known = new Map<string, ArchivedPaper>();
  return {
    paper(id) {
      const paper = known.get(id) ?? read(id);
      if (known.size >= PAPERS_KEPT) known.clear();
      if (paper !== undefined) known.set(id, paper);
      return paper;
    },
    forget: () => known.clear(),
  };
}

const ANSWERS_KEPT = 8;

/**
 * Remembers what the same topics brought until the archive is written to. The digests of a morning have few different
 * ones: they share their papers, and what is rendered of each.
 */
function rememberAnswers<Asked extends readonly unknown[], Answer>(
  ask: (...asked: Asked) => Promise<Answer>,
): { readonly ask: (...asked: Asked) => Promise<Answer>; forget(): void } {
  const known = new Map<string, Promise<Answer>>();
  return {
    ask(...asked) {
      const key = JSON.stringify(asked);
      const before = known.get(key);
      if (before !== undefined) return before;
      const answer = ask(...asked);
      known.set(key, answer);
      answer.catch(() => known.delete(key));
      const [oldest = key] = known.keys();
      if (known.size > ANSWERS_KEPT) known.delete(oldest);
      return answer;
    },
    forget: () => known.clear(),
  };
}
