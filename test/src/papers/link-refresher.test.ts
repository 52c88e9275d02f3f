import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { SourceError } from '../../../src/errors.ts';
import { createLinkRefresher, type LinkRefresher } from '../../../src/papers/link-refresher.ts';
import { NO_LINKS, type Paper, type PaperLinks } from '../../../src/papers/paper.ts';
import { openSqliteArchive, type SqliteArchive } from '../../../src/storage/archive/sqlite-paper-archive.ts';
import { buildPaper } from '../../support/build-paper.ts';
import { createScriptedClock, type ScriptedClock } from '../../support/scripted-clock.ts';

const NOON = Date.UTC(2026, 5, 9, 12);
const LINKS: PaperLinks = { ...NO_LINKS, models: { count: 5, names: ['ada/engine'] } };

let opened: SqliteArchive;
let clock: ScriptedClock;
let asked: string[];
let failure: Error | undefined;
let followed: readonly string[];
let answer: (id: string) => Paper | undefined;
const logged: string[] = [];

beforeEach(() => {
  opened = openSqliteArchive({ path: ':memory:' });
  clock = createScriptedClock(NOON);
  asked = [];
  failure = undefined;
  followed = [];
  answer = (id) => ({ ...buildPaper({ id }), links: LINKS });
  opened.archive.save(
    [
      buildPaper({ id: '1', listDay: '2026-06-08', upvotes: 90 }),
      buildPaper({ id: '2', listDay: '2026-06-09', upvotes: 1 }),
      buildPaper({ id: '3', listDay: '2026-06-09', upvotes: 5 }),
      buildPaper({ id: '4', listDay: '2026-06-05' }),
      buildPaper({ id: '5', listDay: '2026-06-04' }),
      buildPaper({ id: '6' }),
    ],
    NOON,
  );
});
afterEach(() => opened.close());

function start(): LinkRefresher {
  const add = (_fields: object, message: string) => void logged.push(message);
  return createLinkRefresher({
    source: {
      async revisit(id) {
        asked.push(id);
        if (failure !== undefined) throw failure;
        return answer(id);
      },
    },
    archive: opened.archive,
    followed: async () => followed,
    clock,
    log: { info: add, warn: add, error: add },
  });
}

const pass = (ms: number) => clock.passTo(clock.now() + ms);

describe('the links of papers', () => {
  it('of the last three list days are asked for, the newest and most upvoted first', async () => {
    await start().refreshIfDue();

    expect(asked).toEqual(['3', '2', '1', '4']);
    expect(opened.archive.paper('3')).toMatchObject({ links: LINKS, linksAskedAt: NOON, upvotes: 5 });
    expect(opened.archive.paper('5')).not.toHaveProperty('links');
  });

  it('of older ones that somebody follows are asked for twice a day, with their votes and their code', async () => {
    followed = ['5', '6', '7', '3'];
    answer = (id) => ({
      ...buildPaper({ id, upvotes: 104, code: { url: 'https://github.com/a/b' } }),
      links: LINKS,
    });
    await start().refreshIfDue();
    expect(asked.toSorted()).toEqual(['1', '2', '3', '4', '5', '6']);
    expect(opened.archive.paper('5')).toMatchObject({
      listDay: '2026-06-04',
      upvotes: 104,
      code: { url: 'https://github.com/a/b' },
      links: LINKS,
    });

    asked = [];
    await pass(12 * HOUR_MS - 1);
    await start().refreshIfDue();
    expect(asked.toSorted()).toEqual(['1', '2', '3', '4']);
    await pass(2);
    await start().refreshIfDue();

    expect(asked.slice(4).toSorted()).toEqual(['5', '6']);
  });

  it('are asked for again after four hours, by another start too', async () => {
    await start().refreshIfDue();
    await pass(4 * HOUR_MS - 1);
    await start().refreshIfDue();
    expect(asked).toHaveLength(4);

    await pass(2);
    await start().refreshIfDue();

    expect(asked).toHaveLength(8);
  });

  it('outlive the next collection', async () => {
    await start().refreshIfDue();

    opened.archive.save([buildPaper({ id: '3', listDay: '2026-06-09', upvotes: 80 })], NOON + 1);

    expect(opened.archive.paper('3')).toMatchObject({ links: LINKS, linksAskedAt: NOON, upvotes: 80 });
  });

  it('are none where Hugging Face does not know the paper, which is not asked for each minute', async () => {
    answer = () => undefined;
    const refresher = start();

    await refresher.refreshIfDue();
    await refresher.refreshIfDue();

    expect(asked).toHaveLength(4);
    expect(opened.archive.paper('3')?.links).toEqual(NO_LINKS);
  });

  it('are asked for although a wrong clock wrote that they just were', async () => {
    opened.archive.save(
      [{ ...buildPaper({ id: '3', listDay: '2026-06-09' }), links: LINKS }],
      NOON + HOUR_MS,
    );

    await start().refreshIfDue();

    expect(asked).toContain('3');
  });

  it('go on with the next minute when the budget is used up, and keep what they have got', async () => {
    const refresher = start();
    answer = (id) => {
      failure = new SourceError('Hugging Face', 'busy');
      return { ...buildPaper({ id }), links: LINKS };
    };

    await refresher.refreshIfDue();
    failure = undefined;
    await refresher.refreshIfDue();

    expect(asked).toEqual(['3', '2', '2', '1']);
  });

  it('are left alone for ten minutes when Hugging Face fails', async () => {
    const refresher = start();
    failure = new SourceError('Hugging Face', 'server-error');

    await refresher.refreshIfDue();
    await pass(10 * MINUTE_MS - 1);
    await refresher.refreshIfDue();
    expect(asked).toEqual(['3']);

    await pass(1);
    failure = undefined;
    await refresher.refreshIfDue();

    expect(asked).toHaveLength(5);
  });

  it('of other papers are refreshed although Hugging Face fails for one', async () => {
    const refresher = start();
    answer = (id) => {
      if (id === '3' || id === '2') throw new SourceError('Hugging Face', 'bad-response');
      return { ...buildPaper({ id }), links: LINKS };
    };

    for (let round = 0; round < 4; round += 1) {
      await refresher.refreshIfDue();
      await pass(10 * MINUTE_MS);
    }

    expect(asked).toEqual(['3', '2', '1', '4', '3', '2']);
  });

  it('are refreshed once at a time, and not after the stop', async () => {
    const refresher = start();

    await Promise.all([refresher.refreshIfDue(), refresher.refreshIfDue()]);
    await refresher.stop();
    await pass(5 * HOUR_MS);
    await refresher.refreshIfDue();

    expect(asked).toHaveLength(4);
  });
});
