import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkFile } from '../../../src/storage/check-file.ts';

describe('the check of a state file', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    file = path.join(folder, 'state.sqlite');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('takes a missing file and a sound one', () => {
    expect(() => checkFile(file, 5)).not.toThrow();
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE things (id TEXT)');
    database.close();

    expect(() => checkFile(file, 5)).not.toThrow();
  });

  it('does not call a file broken that another program holds', () => {
    const holder = new DatabaseSync(file);
    holder.exec('CREATE TABLE things (id TEXT); BEGIN EXCLUSIVE;');

    expect(() => checkFile(file, 5)).toThrow(/held by another program/);

    holder.close();
    expect(() => checkFile(file, 5)).not.toThrow();
  });

  it('does not call a file broken that cannot be opened', () => {
    mkdirSync(file);

    expect(() => checkFile(file, 5)).toThrow(/could not be opened/);
  });

  it('calls a file broken that is no database', () => {
    writeFileSync(file, 'no database at all. '.repeat(500));

    expect(() => checkFile(file, 5)).toThrow(/Put a backup in its place/);
  });
});
