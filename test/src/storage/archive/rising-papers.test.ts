import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listDayStart } from '../../../../src/calendar/list-day.ts';
import { addDays, HOUR_MS } from '../../../../src/calendar/zoned-time.ts';
import { parseQuery } from '../../../../src/topics/query/parse-query.ts';
import { buildPaper } from '../../../support/build-paper.ts';
import { openTestArchive, type TestArchive } from '../../../support/open-archive.ts';

const FIRST = '2026-06-08';

describe('the archive', () => {
  let opened: TestArchive;
  beforeEach(() => {
    opened = openTestArchive();
  });
  afterEach(() => opened.close());

  /** Papers of a list day with these votes are collected so many hours after it began. */
  function collect(day: string, hours: number, votes: readonly number[]): void {
    const papers = votes.map((upvotes, at) =>
      buildPaper({ id: `26${day.slice(5, 7)}.${day.slice(8)}00${at}`, listDay: day, upvotes }),
    );
    opened.archive.save(papers, listDayStart(day) + hours * HOUR_MS);
    opened.archive.recordCollectedDay(day, listDayStart(day) + hours * HOUR_MS);
  }

  async function find(query: string, day: string): Promise<readonly number[]> {
    const range = { after: addDays(day, -1), until: day };
    const found = await opened.search.match(parseQuery(query), range);
    const together = (await opened.matchTopics([query], range)).get(query);
    expect(together === 'failed' ? together : together?.map(({ id }) => id)).toEqual(
      found.map(({ id }) => id),
    );
    return found.map(({ upvotes }) => upvotes);
  }

  it('learns what is usual at each age, from the days before', async () => {
    for (let back = 6; back > 0; back--) {
      collect(addDays(FIRST, -back), 3, [12, 2]);
      collect(addDays(FIRST, -back), 30, [50, 20]);
    }

    collect(FIRST, 3, [15, 11, 3]);
    expect(await find('rising:yes', FIRST)).toEqual([15]);
    collect(FIRST, 30, [45, 20, 10]);
    expect(await find('rising:yes', FIRST)).toEqual([]);
    collect(FIRST, 54, [60, 20, 10]);
    expect(await find('rising:yes', FIRST)).toEqual([60]);
  });

  it('finds on top as many papers of a day as are asked for, in the order of the day, if they have votes', async () => {
    collect(FIRST, 3, [7, 9, 7, 0, 2]);

    expect(await find('top:1', FIRST)).toEqual([9]);
    expect(await find('top:2', FIRST)).toEqual([9, 7]);
    expect((await opened.search.match(parseQuery('top:2'), {})).map(({ id }) => id)).toEqual([
      '2606.08001',
      '2606.08000',
    ]);
    expect(await find('top:9', FIRST)).toEqual([9, 7, 7, 2]);
  });

  it('has neither for a paper that was never listed', async () => {
    opened.archive.save([buildPaper({ id: '2606.00001', upvotes: 500 })], 0);

    const { strict } = await opened.search.search({
      query: parseQuery('top:3 OR rising:yes'),
      sort: 'newest',
    });

    expect(strict).toEqual([]);
  });
});
