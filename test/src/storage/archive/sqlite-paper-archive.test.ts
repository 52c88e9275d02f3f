import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../../../src/errors.ts';
import type { PaperArchive } from '../../../../src/papers/paper-archive.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { parseQuery } from '../../../../src/topics/query/parse-query.ts';
import { ARCHIVE_VERSION } from '../../../../src/storage/archive/tables.ts';
import {
  openSqliteArchive,
  type SqliteArchive,
} from '../../../../src/storage/archive/sqlite-paper-archive.ts';
import { buildPaper } from '../../../support/build-paper.ts';

const MONDAY = Date.UTC(2026, 5, 8, 9);

describe('the archive', () => {
  let folder: string;
  let file: string;
  let opened: SqliteArchive;
  let archive: PaperArchive;
  let warnings: object[];
  const log = {
    warn: (fields: object) => void warnings.push(fields),
    error: (fields: object) => void warnings.push(fields),
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    file = path.join(folder, 'new', 'archive.sqlite');
    warnings = [];
    open();
  });

  afterEach(async () => {
    await opened.close();
    rmSync(folder, { recursive: true });
  });

  function open(): void {
    opened = openSqliteArchive({ path: file, log });
    archive = opened.archive;
  }

  async function reopen(): Promise<void> {
    await opened.close();
    open();
  }

  /** Changes the file behind its back. */
  async function tamper(sql: string): Promise<void> {
    await opened.close();
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }

  it('gives a paper as one object until something is written, so that what is rendered of it can be kept', () => {
    archive.save([buildPaper({ id: '2606.00001', upvotes: 1 })], MONDAY);
    const before = archive.paper('2606.00001');

    expect(archive.paper('2606.00001')).toBe(before);
    archive.save([buildPaper({ id: '2606.00001', upvotes: 2 })], MONDAY);

    expect(archive.paper('2606.00001')?.upvotes).toBe(2);
    expect(archive.paper('2606.00002')).toBeUndefined();
  });

  it('gives back what was saved, after a restart', async () => {
    const full: Paper = buildPaper({
      id: '2606.00001',
      summary: 'In short.',
      keywords: ['agents'],
      organization: { slug: 'nvidia', name: 'NVIDIA' },
      submitter: { slug: 'taesiri', name: 'taesiri' },
      code: { url: 'https://github.com/a/b', stars: 7 },
      projectUrl: 'https://example.org/',
      listDay: '2026-06-08',
    });
    archive.save([full], MONDAY);

    await reopen();

    expect(archive.paper('2606.00001')).toEqual({ ...full, firstSeenAt: MONDAY });
  });

  it('lets go of a file that it cannot use', () => {
    const unusable = path.join(folder, 'unusable.sqlite');
    const database = new DatabaseSync(unusable);
    database.exec(`CREATE TABLE papers (id TEXT); PRAGMA user_version = ${ARCHIVE_VERSION};`);
    database.close();

    expect(() => openSqliteArchive({ path: unusable })).toThrow(StorageError);

    expect(existsSync(`${unusable}-wal`), 'a connection is left open').toBe(false);
  });

  it('says which file cannot be opened, and what it needs, where a folder has its name', async () => {
    await opened.close();
    rmSync(file);
    mkdirSync(file);

    expect(() => openSqliteArchive({ path: file })).toThrow(
      new StorageError(
        `The archive ${file} could not be opened. The bot needs a file there that it can read and write, and that no other program holds.`,
      ),
    );
    rmdirSync(file);
    open();
  });

  it('does not know a paper that it never saw', () => {
    expect(archive.paper('2606.99999')).toBeUndefined();
  });

  it('moves a paper that is listed again to its newest list day, and never back', () => {
    archive.save([buildPaper({ id: '2606.00001', listDay: '2026-06-08', upvotes: 3 })], MONDAY);

    const added = archive.save(
      [buildPaper({ id: '2606.00001', listDay: '2026-06-14', upvotes: 40 })],
      MONDAY + 1_000,
    );
    archive.save([buildPaper({ id: '2606.00001', listDay: '2026-06-08', upvotes: 41 })], MONDAY + 2_000);

    expect(added).toEqual([]);
    expect(archive.paper('2606.00001')).toMatchObject({
      listDay: '2026-06-14',
      upvotes: 41,
      firstSeenAt: MONDAY,
    });
    expect(archive.papersOfDay('2026-06-08')).toEqual([]);
  });

  it('keeps the list day of a paper that a look-up gives without one', () => {
    archive.save([buildPaper({ id: '2606.00001', listDay: '2026-06-08' })], MONDAY);

    archive.save([buildPaper({ id: '2606.00001' })], MONDAY + 1_000);

    expect(archive.paper('2606.00001')).toMatchObject({ listDay: '2026-06-08', firstSeenAt: MONDAY });
  });

  it('sees a paper for the first time when it is listed, though a search had found it before', () => {
    expect(archive.save([buildPaper({ id: '2606.00001' })], MONDAY)).toEqual([]);
    expect(archive.paper('2606.00001')).toMatchObject({ firstSeenAt: MONDAY });
    expect(archive.papersOfDay('2026-06-08')).toEqual([]);

    const added = archive.save([buildPaper({ id: '2606.00001', listDay: '2026-06-08' })], MONDAY + 1_000);

    expect(added).toEqual(['2606.00001']);
    expect(archive.papersOfDay('2026-06-08')).toMatchObject([
      { id: '2606.00001', firstSeenAt: MONDAY + 1_000 },
    ]);
  });

  it('lists a day by votes, then by id, and counts days from the newest', () => {
    archive.save(
      [
        buildPaper({ id: '2606.00003', listDay: '2026-06-08', upvotes: 5 }),
        buildPaper({ id: '2606.00002', listDay: '2026-06-08', upvotes: 5 }),
        buildPaper({ id: '2606.00001', listDay: '2026-06-08', upvotes: 1 }),
        buildPaper({ id: '2606.00004', listDay: '2026-06-09' }),
      ],
      MONDAY,
    );

    expect(archive.papersOfDay('2026-06-08').map(({ id }) => id)).toEqual([
      '2606.00002',
      '2606.00003',
      '2606.00001',
    ]);
    expect(archive.days(5)).toEqual([
      { day: '2026-06-09', papers: 1 },
      { day: '2026-06-08', papers: 3 },
    ]);
    expect(archive.days(1)).toHaveLength(1);
  });

  it('dates a paper by when it was seen, where the day that it had lies after the next list', () => {
    const papers = [
      buildPaper({ id: '2606.00001', listDay: '2099-01-01' }),
      buildPaper({ id: '2606.00002', listDay: '2026-06-09' }),
    ];
    archive.save(papers, MONDAY);

    archive.recordCollectedDay('2026-06-08', MONDAY);

    expect(archive.days(5).map(({ day }) => day)).toEqual(['2026-06-09', '2026-06-08']);
    expect(archive.paper('2606.00001')).toMatchObject({ listDay: '2026-06-08' });
  });

  it('remembers what was collected', async () => {
    expect(archive.lastCollection(MONDAY)).toBeUndefined();
    archive.recordCollectedDay('2026-06-08', MONDAY);
    archive.recordCollectedDay('2026-06-01', MONDAY);
    archive.recordCollection(MONDAY);

    await reopen();

    expect(archive.collectedDays('2026-06-05', MONDAY)).toEqual(new Map([['2026-06-08', MONDAY]]));
    expect(archive.lastCollection(MONDAY)).toBe(MONDAY);
  });

  it('does not believe that something was collected in the future, and forgets it with the next collection', () => {
    archive.recordCollectedDay('2026-06-08', MONDAY + 1);
    archive.recordCollection(MONDAY + 1);

    expect(archive.collectedDays('2026-06-05', MONDAY)).toEqual(new Map());
    expect(archive.lastCollection(MONDAY)).toBeUndefined();

    archive.recordCollectedDay('2026-06-08', MONDAY);
    archive.recordCollection(MONDAY);

    expect(archive.collectedDays('2026-06-05', MONDAY + 2)).toEqual(new Map([['2026-06-08', MONDAY]]));
    expect(archive.lastCollection(MONDAY + 2)).toBe(MONDAY);
  });

  it('saves all papers of a list or none', () => {
    const broken = { ...buildPaper({ id: '2606.00002' }), upvotes: Number.NaN };

    expect(() => archive.save([buildPaper({ id: '2606.00001' }), broken], MONDAY)).toThrow(StorageError);

    expect(archive.paper('2606.00001')).toBeUndefined();
  });

  it('starts anew beside a file that is no database, which it sets aside', async () => {
    const bad = path.join(folder, 'bad.sqlite');
    const text = 'not a database, and long enough to be looked at as one'.repeat(20);
    writeFileSync(bad, text);

    const other = openSqliteArchive({ path: bad, log });
    await other.close();

    expect(readFileSync(`${bad}.broken`, 'utf8')).toBe(text);
    expect(warnings).toEqual([{ setAside: `${bad}.broken` }]);
  });

  it('starts anew when a page of its file is damaged', async () => {
    archive.save(
      Array.from({ length: 200 }, (_, at) =>
        buildPaper({ id: `2606.00${100 + at}`, abstract: 'x'.repeat(500) }),
      ),
      MONDAY,
    );
    await opened.close();
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0xff, bytes.length / 2, bytes.length / 2 + 8192));

    open();

    expect(archive.days(1)).toEqual([]);
    expect(existsSync(`${file}.broken`)).toBe(true);
  });

  it('migrates its papers from another version, with what was collected', async () => {
    archive.save([buildPaper({ id: '2606.00001', listDay: '2026-06-08' })], MONDAY);
    archive.save([buildPaper({ id: '2606.00002' })], MONDAY + 1);
    archive.save([buildPaper({ id: '2606.00001', listDay: '2026-06-09', upvotes: 17 })], MONDAY + 2);
    archive.recordCollectedDay('2026-06-09', MONDAY);
    archive.recordCollection(MONDAY);
    await tamper(`UPDATE papers SET data = 'damaged{' WHERE id = '2606.00002'; PRAGMA user_version = 999`);

    open();

    expect(archive.paper('2606.00001')).toMatchObject({
      listDay: '2026-06-09',
      firstSeenAt: MONDAY,
      upvotes: 17,
    });
    expect(await opened.search.suggest('paper', 5)).toHaveLength(1);
    expect(archive.collectedDays('2026-06-01', MONDAY)).toEqual(new Map([['2026-06-09', MONDAY]]));
    expect(archive.lastCollection(MONDAY)).toBe(MONDAY);
    expect(await opened.search.count(parseQuery('rising:yes'), {})).toBe(1);
    expect(warnings).toEqual([{ papers: 1 }]);
    expect(existsSync(`${file}.before`)).toBe(false);
  });

  it('goes on with a migration that a crash interrupted', async () => {
    archive.save([buildPaper({ id: '2606.00001', listDay: '2026-06-08' })], MONDAY);
    await opened.close();
    renameSync(file, `${file}.before`);
    writeFileSync(file, '');

    open();

    expect(archive.paper('2606.00001')).toMatchObject({ listDay: '2026-06-08' });
  });

  it('is collected again when an archive of another version cannot be read', async () => {
    await tamper('ALTER TABLE papers RENAME COLUMN data TO contents; PRAGMA user_version = 999');

    open();

    expect(archive.days(1)).toEqual([]);
    expect(warnings).toHaveLength(1);
  });

  it('does not touch a database that is no archive', () => {
    const other = path.join(folder, 'other.sqlite');
    const database = new DatabaseSync(other);
    database.exec('CREATE TABLE things (id TEXT)');
    database.close();
    const bytes = readFileSync(other);

    expect(() => openSqliteArchive({ path: other })).toThrow(/no archive of papers/);

    expect(readFileSync(other)).toEqual(bytes);
  });
});
