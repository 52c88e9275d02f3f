import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listDayEnd } from '../../../src/calendar/list-day.ts';
import { SourceError } from '../../../src/errors.ts';
import { planBackfill, runBackfill } from '../../../src/papers/older-days.ts';
import { openSqliteArchive, type SqliteArchive } from '../../../src/storage/archive/sqlite-paper-archive.ts';
import { buildPaper } from '../../support/build-paper.ts';

/** A Friday. */
const NOW = Date.parse('2026-05-29T12:00:00Z');
const SINCE = '2026-05-21';
const WEEKDAYS = ['2026-05-28', '2026-05-27', '2026-05-26', '2026-05-25', '2026-05-22', '2026-05-21'];

let opened: SqliteArchive;
let pauses: number[];

beforeEach(() => {
  opened = openSqliteArchive({ path: ':memory:' });
  pauses = [];
});
afterEach(() => opened.close());

function backfill(onDay: (day: string) => void, signal?: AbortSignal) {
  const source = {
    listDay: async (day: string) => {
      onDay(day);
      return { papers: [buildPaper({ id: `2605.000${day.slice(8)}`, listDay: day })], dropped: 0 };
    },
    paper: async () => undefined,
    search: async () => [],
  };
  const clock = {
    now: () => NOW,
    monotonic: () => NOW,
    sleep: async (ms: number) => {
      pauses.push(ms);
    },
  };
  return runBackfill({ source, archive: opened.archive, clock, ...(signal && { signal }) }, SINCE);
}

describe('the days of a backfill', () => {
  it('are the settled weekdays, newest first', () => {
    expect(planBackfill(NOW, SINCE, new Map())).toEqual(WEEKDAYS);
  });

  it('begin with the first list there was', () => {
    expect(planBackfill(NOW, '2020-01-01', new Map()).at(-1)).toBe('2023-05-04');
  });

  it('leave out what was collected after its end, and no other', () => {
    const collected = new Map([
      ['2026-05-28', listDayEnd('2026-05-28')],
      ['2026-05-27', listDayEnd('2026-05-27') - 1],
    ]);

    expect(planBackfill(NOW, SINCE, collected)).toEqual(WEEKDAYS.slice(1));
  });
});

describe('a backfill', () => {
  it('gets each day, with a pause between two', async () => {
    const result = await backfill(() => {});

    expect(result).toEqual({ collected: 6, papers: 6, failed: [], stopped: false });
    expect(pauses).toEqual(Array.from({ length: 5 }, () => 1_000));
    expect(opened.archive.papersOfDay('2026-05-21')).toHaveLength(1);
    expect(opened.archive.lastCollection(NOW)).toBeUndefined();
  });

  it('goes on where it was stopped', async () => {
    const stopping = new AbortController();
    const first: string[] = [];
    const stopped = await backfill((day) => {
      first.push(day);
      if (day === '2026-05-27') stopping.abort();
    }, stopping.signal);
    const second: string[] = [];
    await backfill((day) => second.push(day));

    expect(stopped).toMatchObject({ collected: 2, stopped: true });
    expect([...first, ...second]).toEqual(WEEKDAYS);
  });

  it('goes on after a day that cannot be had, and gets that one the next time', async () => {
    const { failed } = await backfill((day) => {
      if (day === '2026-05-26') throw new SourceError('Hugging Face', 'timeout');
    });
    const again: string[] = [];
    await backfill((day) => again.push(day));

    expect(failed.map(({ day }) => day)).toEqual(['2026-05-26']);
    expect(again).toEqual(['2026-05-26']);
  });
});
