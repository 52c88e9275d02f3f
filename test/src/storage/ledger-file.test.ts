import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFile } from '../../../src/storage/ledger-file.ts';

describe('the check of the file of a ledger', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    file = path.join(folder, 'ledger.sqlite');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes a missing file and a sound one', async () => {
    await checkFile(file, 5);
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE things (id TEXT)');
    database.close();

    await expect(checkFile(file, 5)).resolves.toBeUndefined();
  });

  it('does not call a file broken that another program holds', async () => {
    const holder = new DatabaseSync(file);
    holder.exec('CREATE TABLE things (id TEXT); BEGIN EXCLUSIVE;');

    await expect(checkFile(file, 5)).rejects.toThrow(/held by another program/);

    holder.close();
    await checkFile(file, 5);
  });

  it('does not call a file broken that cannot be opened', async () => {
    mkdirSync(file);

    await expect(checkFile(file, 5)).rejects.toThrow(/could not be opened/);
  });

  it('calls a file broken that is no database', async () => {
    writeFileSync(file, 'no database at all. '.repeat(500));

    await expect(checkFile(file, 5)).rejects.toThrow(/Put a backup in its place/);
  });
});
