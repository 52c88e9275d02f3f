import { mkdtempSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc, { assert, asyncProperty, jsonValue, oneof, string } from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openState } from '../../src/storage/open-state.ts';

const ID = 'c1';
const MONTH = '2026-06';
const envelope = (value: unknown) => JSON.stringify({ value: { version: 1, value } });
const stored = oneof(
  string(),
  jsonValue().map((value) => JSON.stringify(value)),
  jsonValue().map(envelope),
  fc
    .record({ id: fc.constant(ID), state: fc.constantFrom('open', 'done', 7), steps: jsonValue() })
    .map(envelope),
  fc.array(fc.tuple(fc.integer(), string())).map(envelope),
);
const TABLES = ['destinations', 'subscriptions', 'deliveries', 'closed_deliveries', 'meta', 'searches'];

describe('whatever stands in the state', () => {
  let folder: string;
  let file: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    file = path.join(folder, 'paperboy.sqlite');
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const open = () =>
    openState({
      url: `sqlite://${file}`,
      clock: {
        now: () => Date.UTC(2026, 5, 8),
        monotonic: () => Date.UTC(2026, 5, 8),
        sleep: () => Promise.resolve(),
      },
      log: { error: () => undefined },
    });

  function put(value: string): void {
    const database = new DatabaseSync(file);
    const keys = new Map(TABLES.map((table) => [table, ID]));
    for (const [table, key] of keys.set('sent_marks', `${ID}:${MONTH}`)) {
      database
        .prepare(`INSERT OR REPLACE INTO ${table} (namespace, key, value) VALUES (?, ?, ?)`)
        .run(table, key, value);
    }
    database.close();
  }

  it('takes nothing down: it is read, or set aside', async () => {
    await (await open()).close();
    await assert(
      asyncProperty(stored, async (value) => {
        put(value);

        const state = await open();
        try {
          expect(state.destinations.list()).toEqual([]);
          expect(state.deliveries.open().length).toBeLessThan(2);
          await state.deliveries.get(ID);
          await state.deliveries.sentPapers(ID);
          await state.meta.get(ID);
          await state.tidyIfDue();
          await state.deliveries.markSent(ID, ['2606.00001'], Date.UTC(2026, 5, 8));
          expect([...(await state.deliveries.sentPapers(ID)).keys()]).toContain('2606.00001');
        } finally {
          await state.close();
        }
      }),
      { numRuns: 40 },
    );
  });
});
