import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/calendar/clock.ts';
import { DAY_MS } from '../../../src/calendar/zoned-time.ts';
import type { Delivery } from '../../../src/digest/delivery.ts';
import { openState, type State } from '../../../src/storage/open-state.ts';

const DESTINATIONS = 3;
const PAPERS_A_DAY = 50;
const KILOBYTE = 1024;
/** A folder in memory where the system has one: thousands of writes then wait for no disk. */
const FOLDER = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
const FIRST_DAY = Date.UTC(2026, 5, 8, 9);

/** A year of daily digests of every paper, in the state of a bot whose clock a test moves. */
describe('a year of the state', { timeout: 60_000 }, () => {
  let folder: string;
  let file: string;
  let now: number;
  let state: State;
  const clock: Clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };

  beforeEach(async () => {
    folder = mkdtempSync(path.join(FOLDER, 'paperboy-'));
    file = path.join(folder, 'paperboy.sqlite');
    now = FIRST_DAY;
    state = await openState({ url: `sqlite://${file}`, clock, log: { error: () => undefined } });
  });

  afterEach(async () => {
    await state.close();
    rmSync(folder, { recursive: true });
  });

  function buildDelivery(destinationId: string, day: number): Delivery {
    const [year, month, date] = new Date(now).toISOString().slice(2, 10).split('-');
    const paperIds = Array.from({ length: PAPERS_A_DAY }, (_, at) => `${year}${month}.${date}${100 + at}`);
    return {
      id: `${destinationId}d${day}`,
      destinationId,
      kind: 'digest',
      slot: now,
      plannedAt: now,
      steps: [{ kind: 'message', payload: { content: 'x'.repeat(9 * KILOBYTE) }, paperIds }],
      state: 'open',
    };
  }

  async function deliver(destinationId: string, day: number): Promise<void> {
    const planned = buildDelivery(destinationId, day);
    await state.deliveries.save(planned);
    const steps = planned.steps.map((step) => ({
      ...step,
      attemptedAt: now,
      outcome: { kind: 'sent', messageId: '1' } as const,
    }));
    await state.deliveries.markSent(destinationId, steps[0]?.paperIds ?? [], now);
    await state.deliveries.save({ ...planned, steps, state: 'done', closedAt: now });
  }

  async function pass(days: number, from = 0): Promise<void> {
    for (let day = from; day < from + days; day++) {
      now = FIRST_DAY + day * DAY_MS;
      await Promise.all(Array.from({ length: DESTINATIONS }, (_, index) => deliver(`c${100 + index}`, day)));
      await state.tidyIfDue();
    }
  }

  function rowsOf(table: string): unknown {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      return database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.['count'];
    } finally {
      database.close();
    }
  }

  /** What is written is in the file itself, whenever it would have got there. */
  function settle(): void {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA wal_checkpoint(PASSIVE)');
    database.close();
  }

  const sizeOf = (suffix = '') => (existsSync(file + suffix) ? statSync(file + suffix).size / KILOBYTE : 0);

  it('keeps a month of deliveries and a year of marks, and its file stops growing', async () => {
    await pass(35);
    settle();
    const afterWeeks = sizeOf();
    await pass(365, 35);
    settle();
    const afterYear = sizeOf();
    await pass(60, 400);
    settle();

    expect(rowsOf('deliveries')).toBe(0);
    expect(rowsOf('closed_deliveries')).toBe(DESTINATIONS * 31);
    expect(rowsOf('sent_marks')).toBe(DESTINATIONS * 13);
    expect((await state.deliveries.sentPapers('c100')).size).toBeGreaterThan(365 * PAPERS_A_DAY);
    expect(afterYear - afterWeeks, 'KB of marks a destination').toBeLessThan(DESTINATIONS * 200);
    expect(sizeOf()).toBeLessThan(afterYear * 1.05);
    expect(sizeOf('-wal')).toBeLessThan(16 * KILOBYTE);
  });
});
