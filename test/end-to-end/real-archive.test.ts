import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkMessage } from '../../playground/discord/messages/message-limits.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { openSqliteArchive, type SqliteArchive } from '../../src/storage/archive/sqlite-paper-archive.ts';
import { buildDestination } from '../support/build-destination.ts';
import { renderDigest } from '../support/render-digest.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../support/recorded-papers.ts';

const SEEN_AT = Date.UTC(2026, 5, 1);

describe.skipIf(!HAS_RECORDED_PAPERS)('every recorded paper', { timeout: 120_000 }, () => {
  let folder: string;
  let opened: SqliteArchive;
  let papers: readonly Paper[];

  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    opened = openSqliteArchive({ path: path.join(folder, 'archive.sqlite') });
    papers = readRecordedPapers();
    opened.archive.save(papers, SEEN_AT);
  }, 60_000);

  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });

  it('comes out of the archive as it went in', () => {
    expect(papers).toHaveLength(8_677);
    for (const paper of papers) {
      expect(opened.archive.paper(paper.id)).toEqual({ ...paper, firstSeenAt: SEEN_AT });
    }
  });

  it.each(['cards', 'compact'] as const)(
    'is shown once in the %s of its day, within every limit',
    (style) => {
      const destination = buildDestination({ style });
      const shown: string[] = [];

      for (const { day } of opened.archive.days(1_000)) {
        const entries = opened.archive.papersOfDay(day).map((paper) => ({
          paper: { ...paper, listDay: day },
          topics: [],
        }));
        for (const step of renderDigest({ id: 'd1', destination, entries })) {
          checkMessage(step.payload);
          checkMessage({ ...Object(step.payload), embeds: [], ...Object(step.plain) });
          shown.push(...step.papers);
        }
      }

      expect(shown.toSorted()).toEqual(papers.map(({ id }) => id).toSorted());
    },
  );
});
