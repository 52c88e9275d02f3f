import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { SourceError } from '../../../src/errors.ts';
import { createTrendingPapers, type TrendingPapers } from '../../../src/papers/trending-papers.ts';
import { openSqliteArchive, type SqliteArchive } from '../../../src/storage/archive/sqlite-paper-archive.ts';
import { buildPaper } from '../../support/build-paper.ts';
import { createScriptedClock, type ScriptedClock } from '../../support/scripted-clock.ts';

let opened: SqliteArchive;
let clock: ScriptedClock;
let asked: number;
let failure: Error | undefined;
let trending: TrendingPapers;

beforeEach(() => {
  opened = openSqliteArchive({ path: ':memory:' });
  clock = createScriptedClock(Date.UTC(2026, 5, 9, 12));
  asked = 0;
  failure = undefined;
  trending = createTrendingPapers({
    source: {
      async trending() {
        asked += 1;
        if (failure !== undefined) throw failure;
        return [buildPaper({ id: '2', listDay: '2024-01-02' }), buildPaper({ id: '1' })];
      },
    },
    archive: opened.archive,
    clock,
    log: { warn: () => undefined },
  });
});
afterEach(() => opened.close());

const pass = (ms: number) => clock.passTo(clock.now() + ms);

describe('trending papers', () => {
  it('are asked for once in ten minutes, however many people want them', async () => {
    await Promise.all([trending.find(), trending.find()]);
    await pass(10 * MINUTE_MS - 1);
    expect(await trending.find()).toEqual(['2', '1']);
    expect(asked).toBe(1);

    await pass(1);
    await trending.find();

    expect(asked).toBe(2);
  });

  it('are in the archive, and on no list by that', async () => {
    await trending.find();

    expect(opened.archive.paper('2')).not.toHaveProperty('listDay');
    expect(opened.archive.days(1)).toEqual([]);
  });

  it('are the last known ones while Hugging Face fails, for a day', async () => {
    await trending.find();
    failure = new SourceError('Hugging Face', 'server-error');

    await pass(DAY_MS - 1);
    expect(await trending.find()).toEqual(['2', '1']);
    await pass(1);
    expect(await trending.find()).toBeUndefined();
  });
});
