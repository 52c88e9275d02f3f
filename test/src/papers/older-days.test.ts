import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { SourceError } from '../../../src/errors.ts';
import { createOlderDays, findReach, type OlderDays } from '../../../src/papers/older-days.ts';
import { openSqliteArchive, type SqliteArchive } from '../../../src/storage/archive/sqlite-paper-archive.ts';
import { createScriptedClock, type ScriptedClock } from '../../support/scripted-clock.ts';

/** Each collection looks at the days from 30 April on. */
const NOON = Date.UTC(2026, 4, 29, 12);
const SINCE = '2026-04-22';
const WEEKDAYS = ['2026-04-29', '2026-04-28', '2026-04-27', '2026-04-24', '2026-04-23', '2026-04-22'];

let opened: SqliteArchive;
let clock: ScriptedClock;
let asked: string[];
let isDown: (day: string) => boolean;

beforeEach(() => {
  opened = openSqliteArchive({ path: ':memory:' });
  clock = createScriptedClock(NOON);
  asked = [];
  isDown = () => false;
});
afterEach(() => opened.close());

function create(): OlderDays {
  return createOlderDays({
    source: {
      async listOlderDay(day) {
        asked.push(day);
        if (isDown(day)) throw new SourceError('Hugging Face', 'timeout');
        return { papers: [], dropped: 0 };
      },
    },
    archive: opened.archive,
    archiveSince: SINCE,
    clock,
    log: { info: () => {}, warn: () => {}, error: () => {} },
  });
}
const pass = (ms: number) => clock.passTo(clock.now() + ms);
const reach = () => findReach({ archive: opened.archive, clock, archiveSince: SINCE });

describe('older days', () => {
  it('come newest first and one at a time, down to the oldest that is wanted', async () => {
    const older = create();
    older.goOn();
    older.goOn();
    expect(asked).toEqual([]);

    await pass(3_000);
    expect(asked).toEqual(WEEKDAYS.slice(0, 1));
    await pass(MINUTE_MS);

    expect(asked).toEqual(WEEKDAYS);
  });

  it('go on after a stop where they were', async () => {
    const first = create();
    first.goOn();
    await pass(6_000);
    await first.stop();
    first.goOn();

    create().goOn();
    await pass(MINUTE_MS);

    expect(asked).toEqual(WEEKDAYS);
  });

  it('leave Hugging Face alone after three failures in a row, and what failed comes three hours later', async () => {
    const older = create();
    isDown = () => true;
    older.goOn();
    await pass(MINUTE_MS);
    expect(asked).toEqual(WEEKDAYS.slice(0, 3));
    isDown = () => false;

    older.goOn();
    await pass(MINUTE_MS);
    expect(asked.slice(3)).toEqual(WEEKDAYS.slice(3));
    await pass(3 * HOUR_MS);
    older.goOn();
    await pass(MINUTE_MS);

    expect(asked.slice(6)).toEqual(WEEKDAYS.slice(0, 3));
  });
});

describe('the reach of an archive', () => {
  it('is the first day after those that are missing, over a weekend too', async () => {
    expect(reach()).toBe('2026-04-30');
    create().goOn();

    await pass(9_000);

    expect(reach()).toBe('2026-04-27');
  });

  it('is not shortened by one day that Hugging Face refuses', async () => {
    isDown = (day) => day === '2026-04-29';
    create().goOn();

    await pass(9_000);
    expect(reach()).toBe('2026-04-27');
    await pass(MINUTE_MS);

    expect(reach()).toBeUndefined();
  });

  it('is not worth a word once every day is there', async () => {
    create().goOn();
    await pass(MINUTE_MS);

    expect(reach()).toBeUndefined();
  });
});
