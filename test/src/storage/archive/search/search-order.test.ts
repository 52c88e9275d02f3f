import { describe, expect, it } from 'vitest';
import type { Paper } from '../../../../../src/papers/paper.ts';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestReader } from '../../../../support/open-archive.ts';

type Texts = Partial<Pick<Paper, 'title' | 'abstract' | 'keywords' | 'authors' | 'upvotes'>>;

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
async function find(text: string, [better, worse]: readonly [Texts, Texts]): Promise<readonly string[]> {
  const blank = { title: 'A Title', abstract: 'An abstract.', keywords: [], authors: ['Nobody'], upvotes: 3 };
  // The worse one is saved last and is newer, so that no tie is in favour of the better one.
  const reader = openTestReader([
    ...others,
    buildPaper({ ...blank, ...better, id: '1', listDay: '2026-05-01' }),
    buildPaper({ ...blank, ...worse, id: '2', listDay: '2026-05-28' }),
  ]);
  const { strict, close } = reader.search({ query: parseQuery(text), sort: 'relevance' });
  await reader.close();
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
      'that is about what a sentence describes, rather than one with two words of it together in its title',
      'how can a robot pour hot tea',
      { title: 'Liquids', abstract: 'Robots that pour. A robot pours liquid, and robots pour water.' },
      { title: 'Hot Tea', abstract: 'On tea.' },
    ],
    [
      "with the field's word for an everyday phrase of a sentence",
      'let a self driving taxi think before it turns',
      { title: 'Planning', abstract: 'Autonomous driving that reasons.' },
      { title: 'Taxi', abstract: 'A taxi drives.' },
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
      'that has another word for what somebody asks for',
      'photos of zebrafish',
      { title: 'Images of Zebrafish' },
      { title: 'Zebrafish at Night' },
    ],
    [
      'with the words of a question rather than with its little words',
      'what is the best way to quantize an agent without training',
      { title: 'Quantizing Agents', abstract: 'No training at all.' },
      { title: 'What Is the Best Way', abstract: 'To an end, without training.' },
    ],
    [
      'with words of the same stem in its title',
      'quantizing zebrafish today',
      { title: 'Quantization of Zebrafish' },
      { title: 'Zebrafish', abstract: 'Quantization is for others.' },
    ],
    [
      'with the rarer of two words',
      'agents zebrafish',
      { abstract: 'On zebrafish.' },
      { abstract: 'On agents.', title: 'Filler agents' },
    ],
  ])('%s: %s', async (_, text, better, worse) => {
    expect((await find(text, [better, worse]))[0]).toBe('1');
  });

  it('with a rare word, before one that has the same misspelling of a common word as the query', async () => {
    const models = Array.from({ length: 30 }, (_, index) =>
      buildPaper({
        id: `2605.2${String(index).padStart(4, '0')}`,
        title: `Model ${String(index)}`,
        abstract: 'A model.',
      }),
    );
    const rare = buildPaper({ id: '1', title: 'Chains', abstract: 'A text.', upvotes: 0 });
    const misspelt = buildPaper({ id: '2', title: 'Odel', abstract: 'A text.', upvotes: 900 });
    const reader = openTestReader([...others, ...models, rare, misspelt]);

    const { close } = reader.search({ query: parseQuery('chain odel'), sort: 'relevance' });
    await reader.close();

    expect(close[0]).toBe('1');
  });
});

describe('votes and newness', () => {
  it('decide between papers that answer equally well', async () => {
    const same = { title: 'Token Pruning' };

    expect((await find('token pruning', [{ ...same, upvotes: 300 }, same]))[0]).toBe('1');
    expect((await find('token pruning', [same, same]))[0]).toBe('2');
  });

  it('do not push a clearly better one down', async () => {
    const found = await find('token pruning', [
      { title: 'Token Pruning', upvotes: 0 },
      { abstract: 'Token pruning.', upvotes: 900 },
    ]);

    expect(found[0]).toBe('1');
  });
});
