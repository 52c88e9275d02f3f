import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../../../src/errors.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import {
  openSqliteArchive,
  type SqliteArchive,
} from '../../../../src/storage/archive/sqlite-paper-archive.ts';
import { parseQuery } from '../../../../src/topics/query/parse-query.ts';
import { buildPaper } from '../../../support/build-paper.ts';

const NOW = Date.UTC(2026, 5, 8, 9);
const DAY = '2026-06-08';
const PAGE = 4096;

describe('an archive that breaks while it is open', () => {
  let folder: string;
  let file: string;
  let opened: SqliteArchive;
  let errors: object[];
  const papers: readonly Paper[] = Array.from({ length: 300 }, (_, at) =>
    buildPaper({ id: `2606.0${1000 + at}`, abstract: `Paper ${at} ${'x'.repeat(500)}`, listDay: DAY }),
  );

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    file = path.join(folder, 'archive.sqlite');
    errors = [];
    const first = openSqliteArchive({ path: file });
    first.archive.save(papers, NOW);
    first.archive.recordCollectedDay(DAY, NOW);
    first.archive.recordCollection(NOW);
    await first.close();
    opened = openSqliteArchive({
      path: file,
      log: { warn: () => undefined, error: (fields) => void errors.push(fields) },
    });
  });
  afterEach(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });

  /** Every page but the first, so that the file still looks like a database. */
  function overwrite(): void {
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, PAGE));
  }

  function collect(): void {
    opened.archive.collectedDays('2026-06-01', NOW);
    opened.archive.save(papers, NOW);
    opened.archive.recordCollectedDay(DAY, NOW);
    opened.archive.recordCollection(NOW);
  }

  function expectFresh(): void {
    expect(existsSync(`${file}.broken`)).toBe(true);
    expect(errors).toMatchObject([{ setAside: `${file}.broken` }]);
    expect(opened.archive.lastCollection(NOW)).toBeUndefined();
    expect(opened.archive.collectedDays('2026-06-01', NOW)).toEqual(new Map());
  }

  it.each([
    ['read', () => opened.archive.papersOfDay(DAY)],
    ['written', () => opened.archive.save(papers, NOW)],
  ])('is set aside when it is %s, and collected again', async (_how, use) => {
    overwrite();

    expect(use).toThrow(StorageError);

    expectFresh();
    collect();
    expect(opened.archive.papersOfDay(DAY)).toHaveLength(300);
    expect(await opened.search.match(parseQuery('paper'), {})).toHaveLength(300);
    expect((await opened.matchTopics(['paper'], {})).get('paper')).toHaveLength(300);
    expect(errors).toHaveLength(1);
  });

  it.each([
    ['a query', () => opened.search.match(parseQuery('paper'), {})],
    ['the topics of a digest', () => opened.matchTopics(['paper'], {})],
  ])('is set aside when %s finds it broken, and nothing is taken for absent', async (_what, ask) => {
    overwrite();

    await expect(ask()).rejects.toThrow(StorageError);

    expectFresh();
    collect();
    expect(await opened.search.match(parseQuery('paper'), {})).toHaveLength(300);
  });

  it('is set aside when it is cut short', () => {
    truncateSync(file, 3 * PAGE);

    expect(() => opened.archive.papersOfDay(DAY)).toThrow(StorageError);

    expectFresh();
  });

  it('is set aside when a query finds it emptied, though what is read otherwise is still remembered', async () => {
    expect(opened.archive.papersOfDay(DAY)).toHaveLength(300);
    truncateSync(file, 0);

    await expect(opened.search.match(parseQuery('paper'), {})).rejects.toThrow(StorageError);

    expectFresh();
    collect();
    expect(await opened.search.match(parseQuery('paper'), {})).toHaveLength(300);
  });

  it('does not count a collection that was planned before it broke', () => {
    opened.archive.collectedDays('2026-06-01', NOW);
    overwrite();
    expect(() => opened.archive.papersOfDay(DAY)).toThrow(StorageError);

    opened.archive.save(papers.slice(0, 1), NOW);
    opened.archive.recordCollectedDay(DAY, NOW);
    opened.archive.recordCollection(NOW);

    expect(opened.archive.lastCollection(NOW)).toBeUndefined();
    expect(opened.archive.collectedDays('2026-06-01', NOW)).toEqual(new Map());
  });
});
