import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StorageError } from '../../../src/errors.ts';
import { createGroupCommit } from '../../../src/storage/group-commit.ts';
import { type KeyvNamespace, openKeyvNamespace } from '../../../src/storage/keyv-namespace.ts';

describe('removing keys', () => {
  let folder: string;
  let namespace: KeyvNamespace;
  let isDeaf: boolean;

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    isDeaf = false;
    const { driver } = createGroupCommit();
    namespace = openKeyvNamespace(path.join(folder, 'state.sqlite'), 'things', {
      ...driver,
      async connect(options) {
        const connection = await driver.connect(options);
        const query: typeof connection.query = async (sql, ...values) =>
          isDeaf && sql.startsWith('DELETE') ? [] : connection.query(sql, ...values);
        return { ...connection, query };
      },
    });
    await namespace.set('a', 1);
    await namespace.set('b', 2);
    await namespace.set('c', 3);
  });

  afterEach(async () => {
    await namespace.close();
    rmSync(folder, { recursive: true });
  });

  it('removes those that are there, and takes no offence at the others', async () => {
    await namespace.remove('a', 'x', 'c');

    expect(await namespace.keys()).toEqual(['b']);
  });

  it('says when one of them stays', async () => {
    isDeaf = true;

    await expect(namespace.remove('x', 'a')).rejects.toThrow(StorageError);

    expect(await namespace.get('a')).toBe(1);
  });
});
