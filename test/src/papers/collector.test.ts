import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { SourceError } from '../../../src/errors.ts';
import { type Collector, createCollector } from '../../../src/papers/collector.ts';
import { openSqliteArchive, type SqliteArchive } from '../../../src/storage/archive/sqlite-paper-archive.ts';
import { createScriptedClock, type ScriptedClock } from '../../support/scripted-clock.ts';

const NOON = Date.UTC(2026, 4, 29, 12);

let opened: SqliteArchive;
let clock: ScriptedClock;
let asked: string[];
let failure: Error | undefined;
const logged: string[] = [];

beforeEach(() => {
  opened = openSqliteArchive({ path: ':memory:' });
  clock = createScriptedClock(NOON);
  asked = [];
  failure = undefined;
});
afterEach(() => opened.close());

function start(): Collector {
  const add = (_fields: object, message: string) => void logged.push(message);
  return createCollector({
    source: {
      async listDay(day) {
        asked.push(day);
        if (failure !== undefined) throw failure;
        return { papers: [], dropped: 0 };
      },
      listOlderDay: async () => ({ papers: [], dropped: 0 }),
    },
    archive: opened.archive,
    archiveSince: '2026-05-01',
    clock,
    log: { info: add, warn: add, error: add },
  });
}

const pass = (ms: number) => clock.passTo(clock.now() + ms);

describe('a collector', () => {
  it('collects at once, again after older days, and then every ten minutes', async () => {
    const collector = start();

    expect(await collector.collectIfDue()).toBe(true);
    await pass(MINUTE_MS);
    expect(await collector.collectIfDue()).toBe(true);
    expect(asked.slice(30)).toEqual(['2026-05-29']);
    await pass(10 * MINUTE_MS - 1);
    expect(await collector.collectIfDue()).toBe(false);
    await pass(1);
    expect(await collector.collectIfDue()).toBe(true);
  });

  it('runs one collection at a time', async () => {
    const collector = start();

    await Promise.all([collector.collectIfDue(), collector.collectIfDue()]);

    expect(asked).toHaveLength(30);
  });

  it('outlives a source, and an archive, that fails', async () => {
    const collector = start();
    for (failure of [new SourceError('Hugging Face', 'timeout'), new Error('a bug')]) {
      expect(await collector.collectIfDue()).toBe(true);
      await pass(10 * MINUTE_MS);
    }

    failure = undefined;
    await collector.collectIfDue();

    expect(opened.archive.lastCollection(clock.now())).toBe(clock.now());
    expect(logged).toContain('the collection failed');
  });

  it.each([-10, 10])('collects within ten minutes after the clock was set by %d hours', async (hours) => {
    const collector = start();
    await collector.collectIfDue();

    clock.setWall(NOON + hours * HOUR_MS);
    await pass(10 * MINUTE_MS);

    expect(await collector.collectIfDue()).toBe(true);
    expect(opened.archive.lastCollection(clock.now())).toBe(clock.now());
  });

  it('collects at once after the machine was suspended, when the monotonic clock stood still', async () => {
    const collector = start();
    await collector.collectIfDue();

    clock.setWall(NOON + HOUR_MS);

    expect(await collector.collectIfDue()).toBe(true);
  });

  it('collects each day again that was collected while the clock was ahead', async () => {
    clock.setWall(NOON + 10 * HOUR_MS);
    await start().collectIfDue();
    clock.setWall(NOON);
    asked = [];

    await start().collectIfDue();

    expect(asked).toHaveLength(30);
    expect(opened.archive.lastCollection(clock.now())).toBe(NOON);
  });

  it('ends the collection that is running when it is stopped', async () => {
    const collector = start();
    const running = collector.collectIfDue();

    await collector.stop();

    expect(await running).toBe(true);
    expect(asked.length).toBeLessThan(30);
    expect(opened.archive.lastCollection(clock.now())).toBeUndefined();
  });
});
