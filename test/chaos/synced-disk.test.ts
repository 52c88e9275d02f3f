import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { watchDisk } from '../../chaos/disk/synced-disk.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'paperboy-disk-'));
  mkdirSync(path.join(folder, 'data'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const WRITER = `
  const { DatabaseSync } = require('node:sqlite');
  const database = new DatabaseSync(process.argv[1]);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = ' + process.argv[2]);
  database.exec('CREATE TABLE IF NOT EXISTS notes (text)');
  for (let count = 0; count < 50; count += 1) database.exec("INSERT INTO notes VALUES ('kept')");
  process.kill(process.pid, 'SIGKILL');
`;

/** How many of 50 notes, each told of as written, are there after the power was cut. */
function countAfterPowerCut(synchronous: string): number | undefined {
  const data = path.join(folder, 'data');
  const file = path.join(data, 'notes.sqlite');
  const disk = watchDisk(data, folder);
  if (!disk.canCut) return undefined;
  disk.begin();
  spawnSync(process.execPath, ['-e', WRITER, file, synchronous], { env: { ...process.env, ...disk.env } });
  disk.cutPower();
  const database = new DatabaseSync(file);
  try {
    return Number(database.prepare('SELECT count(*) AS notes FROM notes').get()?.['notes']);
  } catch {
    return 0;
  } finally {
    database.close();
  }
}

it.for<[string, number]>([
  ['FULL', 50],
  // The log is not synced with each of them, only the first table.
  ['NORMAL', 0],
  ['OFF', 0],
])('with synchronous = %s, %i of 50 notes outlive a power cut', ([synchronous, left], { skip }) => {
  const count = countAfterPowerCut(synchronous);
  skip(count === undefined, 'there is no C compiler here');

  expect(count).toBe(left);
});
