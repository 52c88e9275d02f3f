import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Moment } from '../../../src/calendar/clock.ts';
import { SourceError, StorageError } from '../../../src/errors.ts';
import { collectDay, runCollection } from '../../../src/papers/collect.ts';
import type { DayList, PaperSource } from '../../../src/papers/paper-source.ts';
import { openSqliteArchive, type SqliteArchive } from '../../../src/storage/archive/sqlite-paper-archive.ts';
import { buildPaper } from '../../support/build-paper.ts';

const NOW = Date.parse('2026-05-29T12:00:00Z');
const TODAY = '2026-05-29';

let opened: SqliteArchive;
let now: number;
let warned: object[];

beforeEach(() => {
  opened = openSqliteArchive({ path: ':memory:' });
  now = NOW;
  warned = [];
  failures = new Map();
});
afterEach(() => opened.close());

const clock = { now: () => now, monotonic: () => now, sleep: async () => {} };
const HOUR = 3_600_000;

function createSource(listDay: (day: string) => DayList): Pick<PaperSource, 'listDay'> {
  return { listDay: async (day) => listDay(day) };
}

const NOTHING: DayList = { papers: [], dropped: 0 };

let failures: Map<string, Moment>;

function collect(listDay: (day: string) => DayList, signal?: AbortSignal) {
  const { archive } = opened;
  const log = { warn: (fields: object) => void warned.push(fields) };
  const options = { source: createSource(listDay), archive, clock, log, ...(signal && { signal }) };
  return runCollection(options, failures);
}

/** The days that the source was asked for. */
async function askedDays(): Promise<readonly string[]> {
  const asked: string[] = [];
  await collect((day) => {
    asked.push(day);
    return NOTHING;
  });
  return asked;
}

function failing(...days: readonly string[]): (day: string) => DayList {
  return (day) => {
    if (days.includes(day)) throw new SourceError('Hugging Face', 'refused');
    return NOTHING;
  };
}

describe('a collection', () => {
  it('keeps the papers of every day that is due', async () => {
    const result = await collect((day) => ({
      papers: [buildPaper({ id: `2605.000${day.slice(8)}`, listDay: day })],
      dropped: day === TODAY ? 1 : 0,
    }));

    expect(result.added).toHaveLength(30);
    expect(result.dropped).toBe(1);
    expect(opened.archive.papersOfDay(TODAY).map(({ id }) => id)).toEqual(['2605.00029']);
    expect(opened.archive.lastCollection(now)).toBe(NOW);
  });

  it('counts without an older day that cannot be had, and tells why that is missing', async () => {
    const { failed } = await collect(failing('2026-05-20'));

    expect(failed.map(({ day }) => day)).toEqual(['2026-05-20']);
    expect(warned).toEqual([{ day: '2026-05-20', reason: 'refused' }]);
    expect(opened.archive.lastCollection(now)).toBe(NOW);
    expect(opened.archive.collectedDays('2026-05-01', now).has('2026-05-19')).toBe(true);
  });

  it('leaves an older day that failed alone for three hours', async () => {
    await collect(failing('2026-05-20'));

    now += 3 * HOUR - 1;
    expect(await askedDays()).not.toContain('2026-05-20');
    now += 1;
    expect(await askedDays()).toContain('2026-05-20');
    now += 3 * HOUR;
    expect(await askedDays()).not.toContain('2026-05-20');
  });

  it.each([TODAY, '2026-05-28'])('does not count without %s, and asks for it again at once', async (day) => {
    await collect(failing(day));

    expect(opened.archive.lastCollection(now)).toBeUndefined();
    expect(await askedDays()).toContain(day);
    expect(opened.archive.lastCollection(now)).toBe(NOW);
  });

  it('leaves older days for the next one when they take so long that it is time again', async () => {
    const asked: string[] = [];

    await collect((day) => {
      asked.push(day);
      if (day < '2026-05-28') now += 4 * 60_000;
      return NOTHING;
    });

    expect(asked).toEqual([TODAY, '2026-05-28', '2026-05-27', '2026-05-26', '2026-05-25']);
    expect((await askedDays()).slice(0, 2)).toEqual([TODAY, '2026-05-24']);
  });

  it('counts without the votes of a settled day', async () => {
    await collect(() => NOTHING);
    now += 4 * HOUR;

    const { failed } = await collect((day) => {
      if (day !== TODAY) throw new SourceError('Hugging Face', 'timeout');
      return NOTHING;
    });

    expect(failed.length).toBeGreaterThan(0);
    expect(opened.archive.lastCollection(now)).toBe(now);
  });

  it('counts from when it began: what is listed meanwhile may be missing', async () => {
    await collect(() => {
      now += 60_000;
      return NOTHING;
    });

    expect(opened.archive.lastCollection(now)).toBe(NOW);
  });

  it('ends quietly when it is stopped, and keeps what it has', async () => {
    const stopping = new AbortController();
    const asked: string[] = [];

    const result = await collect((day) => {
      asked.push(day);
      if (asked.length === 2) {
        stopping.abort();
        throw new DOMException('stopped', 'AbortError');
      }
      return NOTHING;
    }, stopping.signal);

    expect(result.failed).toEqual([]);
    expect(asked).toHaveLength(2);
    expect([...opened.archive.collectedDays('2026-05-01', now).keys()]).toEqual([TODAY]);
    expect(opened.archive.lastCollection(now)).toBeUndefined();
  });

  it('does not hide that the archive cannot be written', async () => {
    const archive = {
      ...opened.archive,
      save() {
        throw new StorageError('full');
      },
    };

    const source = createSource((day) => ({
      papers: [buildPaper({ id: '2605.00001', listDay: day })],
      dropped: 0,
    }));

    await expect(runCollection({ source, archive, clock })).rejects.toThrow('full');
  });
});

it('lets everything else have its turn while a full day is saved', async () => {
  const papers = Array.from({ length: 100 }, (_, at) =>
    buildPaper({ id: `2605.${String(at).padStart(5, '0')}`, listDay: TODAY }),
  );
  const seen: number[] = [];
  const look = () => {
    seen.push(opened.archive.papersOfDay(TODAY).length);
    turn = setImmediate(look);
  };
  let turn = setImmediate(look);

  const source = createSource(() => ({ papers, dropped: 0 }));
  const { added } = await collectDay({ source, archive: opened.archive, clock }, TODAY);
  clearImmediate(turn);

  expect(added).toHaveLength(100);
  const steps = [...seen, 100].map((count, at) => count - (seen[at - 1] ?? 0));
  expect(Math.max(...steps)).toBeLessThanOrEqual(20);
});

it('counts a day as collected when the request began: what was added since may be missing', async () => {
  const source = createSource(() => {
    now += 5_000;
    return NOTHING;
  });

  await collectDay({ source, archive: opened.archive, clock }, TODAY);

  expect(opened.archive.collectedDays(TODAY, now).get(TODAY)).toBe(NOW);
});
