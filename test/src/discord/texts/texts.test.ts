import { describe, expect, it } from 'vitest';
import { DEFAULT_LOCALE, textsFor } from '../../../../src/discord/texts/texts.ts';

const { userErrors, subscriptions, papers, search, schedule, subscribe, library, reading, why } =
  textsFor(DEFAULT_LOCALE);

describe('texts', () => {
  it('point at the place in a query, whatever it holds', () => {
    const text = userErrors['query-syntax']({ query: 'a ```(', offset: 5, expected: 'term-after' });

    expect(text).toContain("I couldn't read that query. After ^ I expected a word, a phrase or a condition.");
    expect(text).toContain('```\na ˋˋˋ(\n     ^\n```');
  });

  it.each([
    10_003, 10_004, 10_013, 40_067, 50_001, 50_007, 50_008, 50_009, 50_013, 50_024, 50_033, 50_083, 50_278,
    160_005, 160_006, 200_000, 200_001, 240_000,
  ])('say in plain words what stops messages with code %i', (code) => {
    const trouble = subscriptions.trouble({ kind: 'blocked', code, since: 0, triedAt: 0 });

    expect(trouble).toMatch(/^⚠ Blocked since <t:0:f>\. [A-Z]/);
    expect(trouble).not.toContain('code');
  });

  it('give the code of a trouble that they do not know', () => {
    expect(subscriptions.trouble({ kind: 'blocked', code: 12_345, since: 0, triedAt: 0 })).toContain('12345');
  });

  it('leave out what is zero', () => {
    expect([papers.votes(0), papers.stars(0), papers.comments(0), papers.upvotes(0)]).toEqual([
      '',
      '',
      '',
      '',
    ]);
    expect(subscribe.topicLine('Robotics', 0, 'Robots')).toBe('Robotics · Robots');
    expect(
      search.summary({ strict: 0, related: 3, fromSource: 0 }, { page: 1, pages: 1, sort: 'newest' }),
    ).toBe('3 related · newest first');
  });

  it('add up what was found', () => {
    const counts = { strict: 10, related: 42, fromSource: 2 };

    expect(search.summary(counts, { page: 2, pages: 11, sort: 'relevance' })).toBe(
      '10 matches, 42 related (2 found by Hugging Face) · page 2 of 11 · by relevance',
    );
  });

  it.each([
    [[1, 2, 3, 4, 5, 6, 7], 'Instantly, daily, UTC'],
    [[6, 7], 'Instantly, weekends, UTC'],
    [[1, 2, 3, 4, 5], 'Instantly, weekdays, UTC'],
    [[5], 'Instantly, every Fri, UTC'],
    [[1, 4], 'Instantly, Mon, Thu, UTC'],
  ] as const)('name the days %j', (days, text) => {
    expect(schedule.when(undefined, days, 'UTC')).toBe(text);
  });

  it('show as many tags as there is room for, and no part of one', () => {
    const tags = ['agents', 'diffusion', 'robots'];

    expect(library.beside({ tags, readAt: 0 }, 40)).toBe('read · agents · diffusion · robots');
    expect(library.beside({ tags, readAt: 0 }, 30)).toBe('read · agents · diffusion …');
    expect(library.beside({ tags, readAt: 0 }, 26)).toBe('read · agents …');
  });

  it('tell how a tie is decided where there may have been one', () => {
    expect(reading.how.poll(2, 3)).toBe('It got 2 of 3 votes.');
    expect(reading.how.poll(1, 2)).toContain('A tie goes to');
  });

  it('tell of one word that is missing, and of several', () => {
    expect(why.missing(1, '`mamba`')).toBe("doesn't have `mamba`");
    expect(why.missing(2, '`mamba`, `rwkv`')).toBe('has none of: `mamba`, `rwkv`');
  });

  it('name commands so that a click starts them, where their ids are known', () => {
    const texts = textsFor('de', (name) => `</${name}:1>`);

    expect(texts.userErrors['nothing-followed']({})).toBe(
      'Nothing is followed by DM yet. Start with </subscribe:1>.',
    );
    expect(userErrors['nothing-followed']({})).toContain('`/subscribe`');
  });
});
