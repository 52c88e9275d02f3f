import { describe, expect, it } from 'vitest';
import { BuiltInTopics } from '../../config/built-in-topics/schema.ts';
import { loadConfig } from '../../config/load-config.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { printQuery } from '../../src/topics/query/query.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../support/recorded-papers.ts';
import { openTestArchive } from '../support/open-archive.ts';

import topicsFile from '../../config/topics.json' with { type: 'json' };

const TOPIC = { id: 'rl', name: 'RL', description: 'Learning by reward', query: 'title:(rl OR reward)' };

describe('the topics that ship', () => {
  const { topics } = loadConfig({}, { discord: false });

  it('are about thirty, each with a canonical query of its own', () => {
    const queries = topics.map(({ query }) => query);

    expect(topics).toHaveLength(topicsFile.length);
    expect(topics.length).toBeGreaterThanOrEqual(28);
    expect(new Set(queries).size).toBe(queries.length);
    expect(queries.map((query) => printQuery(parseQuery(query)))).toEqual(queries);
  });

  it.skipIf(!HAS_RECORDED_PAPERS)(
    'bring between a paper a week and six a day on recorded days with many papers',
    async () => {
      const papers = readRecordedPapers('2026-02-28');
      const opened = openTestArchive(papers);
      const days = opened.archive.days(100).filter((day) => day.papers >= 20);
      const chosen = new Set(days.slice(0, 30).map(({ day }) => day));

      const matches = await opened.matchTopics(
        topics.map(({ query }) => query),
        {},
      );
      await opened.close();

      const perDay = topics.map(({ id, query }) => {
        const found = matches.get(query) ?? 'failed';
        if (found === 'failed') throw new Error(`${id} was not matched.`);
        return { id, papers: found.filter(({ listDay = '' }) => chosen.has(listDay)).length / chosen.size };
      });
      expect(chosen.size).toBe(30);
      expect(perDay.filter(({ papers: count }) => count < 0.2 || count > 6)).toEqual([]);
    },
    120_000,
  );
});

describe('a file of topics', () => {
  it('gives each query as canonical text', () => {
    expect(BuiltInTopics.parse([TOPIC])[0]?.query).toBe('title:rl OR title:reward');
  });

  it.each([
    ['an id twice', [TOPIC, { ...TOPIC, name: 'Other' }]],
    ['a name twice, in other letters', [TOPIC, { ...TOPIC, id: 'other', name: 'rl' }]],
    ['a query that cannot be read', [{ ...TOPIC, query: '(rl' }]],
    ['a query that is every paper', [{ ...TOPIC, query: ' ' }]],
    ['a query whose canonical text is too long', [{ ...TOPIC, query: `abstract:(${'word '.repeat(40)})` }]],
    ['an id that is no slug', [{ ...TOPIC, id: 'R L' }]],
    ['a topic without a description', [{ ...TOPIC, description: '' }]],
    ['no list', { rl: TOPIC }],
  ])('is refused with %s', (_, file) => {
    expect(BuiltInTopics.safeParse(file).success).toBe(false);
  });
});
