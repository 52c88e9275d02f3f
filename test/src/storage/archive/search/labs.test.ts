import { afterAll, describe, expect, it } from 'vitest';
import { listFound } from '../../../../../src/topics/paper-search.ts';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestReader } from '../../../../support/open-archive.ts';

const LAB = { slug: 'google-deepmind', name: 'Google DeepMind' };
const plain = { abstract: 'A text.', keywords: [], authors: ['Nobody'], upvotes: 1 };
const reader = openTestReader([
  ...Array.from({ length: 4 }, (_, index) =>
    buildPaper({ ...plain, id: `2605.0000${index}`, title: `Proteins ${index}`, organization: LAB }),
  ),
  ...Array.from({ length: 9 }, (_, index) =>
    buildPaper({ ...plain, id: `2605.1000${index}`, title: `Robots ${index}`, upvotes: 50 }),
  ),
  buildPaper({ ...plain, id: '1', title: 'A Hand', abstract: 'It moves robots.', organization: LAB }),
  buildPaper({ ...plain, id: '2', title: 'Robots Again', abstract: 'Deepmind, deepmind; robots.' }),
]);
afterAll(() => reader.close());

const first = (text: string) => listFound(reader.search({ query: parseQuery(text), sort: 'relevance' }))[0];

describe('the papers of a lab', () => {
  it.each(['papers from Google DeepMind about robots', 'robots by deepmind'])(
    'come first for “%s”',
    (text) => {
      expect(first(text)).toBe('1');
    },
  );

  it('come first for its name alone', () => {
    expect(first('deepmind')).not.toBe('2');
  });

  it('come by their words where no lab is asked for', () => {
    expect(first('deepmind robots')).toBe('2');
  });
});
