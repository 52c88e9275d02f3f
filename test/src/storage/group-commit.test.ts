import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGroupCommit } from '../../../src/storage/group-commit.ts';

const INSERT = 'INSERT INTO records (key, value) VALUES (?, ?)';

type Connection = Awaited<ReturnType<ReturnType<typeof createGroupCommit>['driver']['connect']>>;

describe('writes that come together', () => {
  let folder: string;
  let file: string;
  let connection: Connection;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    file = path.join(folder, 'state.sqlite');
    connection = await createGroupCommit().driver.connect({ filename: file, busyTimeout: 1 });
    await connection.query('CREATE TABLE records (key TEXT UNIQUE, value TEXT CHECK (length(value) < 10))');
  });

  afterEach(async () => {
    await connection.close().catch(() => undefined);
    rmSync(folder, { recursive: true });
  });

  /** As another process sees it. */
  function read(): readonly unknown[] {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return database
        .prepare('SELECT key FROM records ORDER BY key')
        .all()
        .map(({ key }) => key);
    } finally {
      database.close();
    }
  }

  it('are on disk when they resolve, whichever resolves first', async () => {
    const writes = ['a', 'b', 'c'].map((key) => connection.query(INSERT, key, 'x'));
    expect(read()).toEqual([]);

    await Promise.race(writes);

    expect(read()).toEqual(['a', 'b', 'c']);
  });

  it('fail alone', async () => {
    const [first, tooLong, again, last] = await Promise.allSettled([
      connection.query(INSERT, 'a', 'x'),
      connection.query(INSERT, 'b', 'x'.repeat(20)),
      connection.query(INSERT, 'a', 'x'),
      connection.query(INSERT, 'c', 'x'),
    ]);

    expect([first, tooLong, again, last].map((result) => result?.status)).toEqual([
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(read()).toEqual(['a', 'c']);
  });

  it('all fail while another process holds the file, and leave nothing behind', async () => {
    const other = new DatabaseSync(file);
    other.exec('BEGIN IMMEDIATE');

    const results = await Promise.allSettled(['a', 'b'].map((key) => connection.query(INSERT, key, 'x')));
    other.exec('ROLLBACK');
    other.close();

    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await connection.query(INSERT, 'c', 'x');
    expect(read()).toEqual(['c']);
  });

  it('answer with what they return', async () => {
    await connection.query(INSERT, 'a', 'x');

    const removed = await Promise.all([
      connection.query('DELETE FROM records WHERE key = ? RETURNING key', 'a'),
      connection.query('DELETE FROM records WHERE key = ? RETURNING key', 'b'),
    ]);

    expect(removed.map((rows) => rows.length)).toEqual([1, 0]);
  });

  it('are written before the connection closes', async () => {
    const write = connection.query(INSERT, 'a', 'x');

    await connection.close();

    await write;
    expect(read()).toEqual(['a']);
  });

  it('share a connection, which the last to close it closes', async () => {
    const { driver } = createGroupCommit();
    const first = await driver.connect({ filename: file });
    const second = await driver.connect({ filename: file });

    await first.close();
    await second.query(INSERT, 'a', 'x');
    await second.close();

    await expect(second.query('SELECT 1')).rejects.toThrow(/not open/);
  });
});
