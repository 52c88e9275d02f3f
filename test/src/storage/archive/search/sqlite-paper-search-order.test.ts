import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Paper } from '../../../../../src/papers/paper.ts';
import { openSqliteArchive } from '../../../../../src/storage/archive/sqlite-paper-archive.ts';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';

type Texts = Partial<Pick<Paper, 'title' | 'abstract' | 'keywords' | 'authors' | 'upvotes'>>;

const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-search-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** So that a word of one paper in three is not a common one. */
const others = Array.from({ length: 40 }, (_, index) =>
  buildPaper({
    id: `2605.1${String(index).padStart(4, '0')}`,
    title: `Filler ${String(index)}`,
    abstract: 'Nothing of note, about agents.',
    keywords: [],
    authors: ['Nemo Tran'],
  }),
);

/** The ids of the papers that a query finds, best first: `better` is 1, `worse` is 2. */
function find(text: string, [better, worse]: readonly [Texts, Texts]): readonly string[] {
  const blank = { title: 'A Title', abstract: 'An abstract.', keywords: [], authors: ['Nobody'], upvotes: 3 };
  const opened = openSqliteArchive({ path: ':memory:' });
  // The worse one is saved last and is newer, so that no tie is in favour of the better one.
  opened.archive.save(
    [
      ...others,
      buildPaper({ ...blank, ...better, id: '1', listDay: '2026-05-01' }),
      buildPaper({ ...blank, ...worse, id: '2', listDay: '2026-05-28' }),
    ],
    Date.UTC(2026, 4, 28),
  );
  const { strict, close } = opened.search.search({ query: parseQuery(text), sort: 'relevance' });
  opened.close();
  return [...strict, ...close].filter((id) => id === '1' || id === '2');
}

describe('first comes the paper', () => {
  it.each<[string, string, Texts, Texts]>([
    [
      'whose title has the words in their order',
      'structured video reasoning',
      { title: 'A Long Study of Structured Causal Video Reasoning' },
      { title: 'Reasoning, Video, Structured' },
    ],
    [
      'whose title has misspelt words in their order',
      'strucutred vidoe reasonign',
      { title: 'A Long Study of Structured Causal Video Reasoning' },
      { title: 'Reasoning, Video, Structured' },
    ],
    [
      'whose title begins so, the last word unfinished',
      'scaling diffusion tran',
      { title: 'Scaling Diffusion Transformers to More Parameters' },
      { title: 'Scaling Diffusion' },
    ],
    [
      'with the words in its title rather than in its abstract',
      'token pruning',
      { title: 'Token Pruning at Last' },
      { title: 'Something Else', abstract: 'Token pruning, token pruning, and token pruning again.' },
    ],
    [
      'whose keywords are what was typed',
      'token pruning sparse attention',
      { keywords: ['token pruning', 'sparse attention'] },
      { abstract: 'Token pruning, sparse attention.' },
    ],
    [
      'of somebody of that name rather than of two who share it',
      'Mei Chen',
      { authors: ['Ada Park', 'Mei Chen'] },
      { authors: ['Mei Park', 'Ada Chen'], upvotes: 500 },
    ],
    [
      'with neighbouring words near each other in its abstract',
      'entropy collapse exploration',
      {
        abstract:
          'Entropy collapse hurts exploration. Much is said about it, and then more is shown later on.',
      },
      { abstract: 'Exploration first. Collapse, once all is said and done, comes after entropy.' },
    ],
    [
      'with the rarer of two words',
      'agents zebrafish',
      { abstract: 'On zebrafish.' },
      { abstract: 'On agents.', title: 'Filler agents' },
    ],
  ])('%s: %s', (_, text, better, worse) => {
    expect(find(text, [better, worse])[0]).toBe('1');
  });

  it('with a rare word, before one that has the same misspelling of a common word as the query', () => {
    const opened = openSqliteArchive({ path: ':memory:' });
    const models = Array.from({ length: 30 }, (_, index) =>
      buildPaper({
        id: `2605.2${String(index).padStart(4, '0')}`,
        title: `Model ${String(index)}`,
        abstract: 'A model.',
      }),
    );
    const rare = buildPaper({ id: '1', title: 'Chains', abstract: 'A text.', upvotes: 0 });
    const misspelt = buildPaper({ id: '2', title: 'Odel', abstract: 'A text.', upvotes: 900 });
    opened.archive.save([...others, ...models, rare, misspelt], 0);

    const { close } = opened.search.search({ query: parseQuery('chain odel'), sort: 'relevance' });
    opened.close();

    expect(close[0]).toBe('1');
  });
});

describe('votes and newness', () => {
  it('decide between papers that answer equally well', () => {
    const same = { title: 'Token Pruning' };

    expect(find('token pruning', [{ ...same, upvotes: 300 }, same])[0]).toBe('1');
    expect(find('token pruning', [same, same])[0]).toBe('2');
  });

  it('do not push a clearly better one down', () => {
    expect(
      find('token pruning', [
        { title: 'Token Pruning', upvotes: 0 },
        { abstract: 'Token pruning.', upvotes: 900 },
      ])[0],
    ).toBe('1');
  });
});

describe('an archive that is written to between two searches', () => {
  const models = Array.from({ length: 120 }, (_, index) =>
    buildPaper({
      id: `2605.3${String(index).padStart(4, '0')}`,
      title: `Model ${String(index)}`,
      abstract: '',
    }),
  );
  const added = buildPaper({ id: '1', title: 'Model', abstract: 'A model.' });

  it.each(['the bot itself', 'another process'])('is searched as it is now, after a write by %s', (who) => {
    const file = path.join(folder, `${who}.sqlite`);
    const opened = openSqliteArchive({ path: file });
    const other = openSqliteArchive({ path: file });
    const findFirst = () => {
      const found = opened.search.search({ query: parseQuery('model quickly'), sort: 'relevance' });
      return found.close[0];
    };
    opened.archive.save(models, 0);
    const before = findFirst();

    (who === 'another process' ? other : opened).archive.save([added], 1);

    const after = findFirst();
    opened.close();
    other.close();
    expect(before).not.toBe('1');
    expect(after).toBe('1');
  });
});
