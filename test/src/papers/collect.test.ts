import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SourceError, StorageError } from '../../../src/errors.ts';
import { collectDay, runCollection } from '../../../src/papers/collect.ts';
import type { DayList, PaperSource } from '../../../src/papers/paper-source.ts';
import { openSqliteArchive, type SqliteArchive } from '../../../src/storage/archive/sqlite-paper-archive.ts';
import { buildPaper } from '../../support/build-paper.ts';

const NOW = Date.parse('2026-05-29T12:00:00Z');
const TODAY = '2026-05-29';

let opened: SqliteArchive;
let now: number;

beforeEach(() => {
  opened = openSqliteArchive({ path: ':memory:' });
  now = NOW;
});
afterEach(() => opened.close());

const clock = { now: () => now, monotonic: () => now, sleep: async () => {} };

function createSource(listDay: (day: string) => DayList): PaperSource {
  return {
    listDay: async (day) => listDay(day),
    paper: async () => undefined,
    search: async () => [],
  };
}

const NOTHING: DayList = { papers: [], dropped: 0 };

function collect(listDay: (day: string) => DayList, signal?: AbortSignal) {
  const { archive } = opened;
  return runCollection({ source: createSource(listDay), archive, clock, ...(signal && { signal }) });
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

  it('goes on after a day that cannot be had, does not count, and gets that day the next time', async () => {
    const refuse = (day: string): DayList => {
      if (day === '2026-05-20') throw new SourceError('Hugging Face', 'server-error');
      return NOTHING;
    };

    const { failed } = await collect(refuse);

    expect(failed.map(({ day }) => day)).toEqual(['2026-05-20']);
    expect(opened.archive.lastCollection(now)).toBeUndefined();
    expect(opened.archive.collectedDays('2026-05-01', now).has('2026-05-19')).toBe(true);

    const asked: string[] = [];
    await collect((day) => {
      asked.push(day);
      return NOTHING;
    });

    expect(asked).toContain('2026-05-20');
    expect(asked).not.toContain('2026-05-19');
    expect(opened.archive.lastCollection(now)).toBe(NOW);
  });

  it('counts without the votes of a settled day', async () => {
    await collect(() => NOTHING);
    now += 4 * 3_600_000;

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

    await expect(runCollection({ source: createSource(() => NOTHING), archive, clock })).rejects.toThrow(
      'full',
    );
  });
});

it('counts a day as collected when the request began: what was added since may be missing', async () => {
  const source = createSource(() => {
    now += 5_000;
    return NOTHING;
  });

  await collectDay({ source, archive: opened.archive, clock }, TODAY);

  expect(opened.archive.collectedDays(TODAY, now).get(TODAY)).toBe(NOW);
});
