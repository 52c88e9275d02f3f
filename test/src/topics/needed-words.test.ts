import { expect, it } from 'vitest';
import { neededWords } from '../../../src/topics/needed-words.ts';
import { parseQuery } from '../../../src/topics/query/parse-query.ts';

const formsOf = (word: string) => [word, `${word}s`];

it.each([
  ['', []],
  ['mamba', [['mamba', 'mambas']]],
  [
    'state space',
    [
      ['state', 'states'],
      ['space', 'spaces'],
    ],
  ],
  ['"state space"', [['state'], ['space']]],
  ['"state spa"*', [['state']]],
  ['quantiz*', []],
  ['author:"tri dao"', [['tri'], ['dao']]],
  ['mamba -survey upvotes>=20', [['mamba', 'mambas']]],
  ['-survey', []],
  ['mamba OR rwkv', [['mamba', 'mambas', 'rwkv', 'rwkvs']]],
  ['(mamba speech) OR "linear attention"', [['mamba', 'mambas', 'linear']]],
  ['mamba OR quantiz*', []],
  ['mamba OR upvotes>=20', []],
  ['naïve', [['naive', 'naives']]],
  ['日本', []],
])('a paper that matches “%s” has a word of each of %j', (query, words) => {
  expect(neededWords(parseQuery(query), formsOf)).toEqual(words);
});
