import { afterAll, describe, expect, it } from 'vitest';
import { listFound } from '../../../../../src/topics/paper-search.ts';
import { parseQuery } from '../../../../../src/topics/query/parse-query.ts';
import { buildPaper } from '../../../../support/build-paper.ts';
import { openTestReader } from '../../../../support/open-archive.ts';

const NAMES = [
  'FlashAttention-2: Faster Attention',
  'SWE-bench: Can Language Models Resolve Issues?',
  'OpenVLA: An Open-Source Model',
  'The Llama 3 Herd of Models',
  'Qwen3 Technical Report',
  'π_0: A Flow Model for Robots',
  'Wavelet Latent Diffusion (Wala): Compact Encodings',
  'Thinking in Space: How Models See',
  'Direct Preference Optimization: Your Model Is a Reward Model',
  'SpecBench: A Benchmark',
];
/** They say the names, and have them as keywords, more often than the papers of the names, and have more votes. */
const mentioning = NAMES.map((title, index) => {
  const name = title.replace(/:.*| Technical Report| Herd.*/u, '');
  return buildPaper({
    id: `2606.1000${index}`,
    title: `A Study of ${name} and Others`,
    abstract: `${name}, and ${name} again, also as ${name.replaceAll(/\W/gu, '')}. It has flash, attention and qwen 3.`,
    keywords: [name],
    upvotes: 900,
  });
});
const explaining = ['DPO', 'DPO'].map((acronym, index) =>
  buildPaper({
    id: `2606.2000${index}`,
    title: 'Preferences',
    abstract: `We use Direct Preference Optimization (${acronym}), and ${acronym} is what it is.`,
    keywords: [acronym],
    upvotes: 50,
  }),
);
const named = NAMES.map((title, index) =>
  buildPaper({ id: `2606.0000${index}`, title, abstract: 'A text.', keywords: [], upvotes: 1 }),
);
const reader = openTestReader([...mentioning, ...explaining, ...named]);
afterAll(() => reader.close());

const search = (text: string) => reader.search({ query: parseQuery(text), sort: 'relevance' });
const titleOf = (id: string | undefined) => reader.archive.paper(id ?? '')?.title;

describe('first comes the paper of a name', () => {
  it.each([
    ['flash attention', 0],
    ['flashattention', 0],
    ['FlashAttention 2', 0],
    ['flash-attention-2', 0],
    ['swebench', 1],
    ['SWE-Bench', 1],
    ['swe bench', 1],
    ['open vla', 2],
    ['openvla', 2],
    ['openvl', 2],
    ['llama3', 3],
    ['llama-3', 3],
    ['qwen 3', 4],
    ['Qwen3', 4],
    ['pi0', 5],
    ['wala', 6],
    ['wavelet latent diffusion', 6],
    ['thinkinginspace', 7],
    ['DPO', 8],
    ['2606.00001', 1],
    ['2606.00001v3', 1],
    ['arXiv:2606.00001', 1],
    ['https://arxiv.org/abs/2606.00001v2', 1],
    ['https://arxiv.org/pdf/2606.00001v2.pdf', 1],
    ['https://huggingface.co/papers/2606.00001', 1],
    ['https://www.alphaxiv.org/abs/2606.00001', 1],
  ])('%s', (text, index) => {
    expect(titleOf(listFound(search(text))[0])).toBe(NAMES[index]);
  });

  it.each([
    ['flash att', 0],
    ['flashatt', 0],
    ['openvl', 2],
    ['swebench', 1],
    ['qwen 3', 4],
  ])('while somebody types %s', (typed, index) => {
    const [first] = reader.suggest(typed, 25).filter(({ kind }) => kind === 'title');

    expect(first?.text).toBe(NAMES[index]);
  });
});

describe('a name', () => {
  it.each(['swebench', 'openvla', 'openvl', 'flash att'])('is not corrected to another one: %s', (text) => {
    expect(search(text).correction).toBeUndefined();
  });

  it('adds nothing to what a query strictly matches', () => {
    const { strict, close } = search('openvl');

    expect(strict).toEqual([]);
    expect(titleOf(close[0])).toBe('OpenVLA: An Open-Source Model');
  });

  it('keeps to the conditions of the query', () => {
    expect(search('openvla upvotes>=100').named).toBeUndefined();
  });

  it('does not come first where another order is asked for', () => {
    const { named: first } = reader.search({ query: parseQuery('openvla'), sort: 'upvotes' });

    expect(first).toBeUndefined();
  });

  it('is not guessed from a beginning that is a word of its own', async () => {
    const prompting = Array.from({ length: 21 }, (_, index) =>
      buildPaper({
        id: `2606.3${String(index).padStart(4, '0')}`,
        title: `Study ${index} with ReAct prompts`,
      }),
    );
    const reacting = openTestReader([
      ...prompting,
      buildPaper({ id: '1', title: 'ReactiveGWM: Game Worlds' }),
    ]);
    const find = (text: string) => reacting.search({ query: parseQuery(text), sort: 'relevance' }).named;

    expect(find('react')).toBeUndefined();
    expect(find('reacti')).toEqual(['1']);
    await reacting.close();
  });

  it('is forgotten when the title changes', async () => {
    const paper = buildPaper({ id: '1', title: 'OldName: A Study' });
    const changing = openTestReader([paper]);
    changing.archive.save([{ ...paper, title: 'NewName: A Study' }], 1);
    const find = (text: string) => changing.search({ query: parseQuery(text), sort: 'relevance' }).named;

    expect(find('old name')).toBeUndefined();
    expect(find('new name')).toEqual(['1']);
    await changing.close();
  });
});
