import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { markMatches } from '../../../src/topics/mark-matches.ts';
import { parseQuery } from '../../../src/topics/query/parse-query.ts';
import { positiveTerms, type TextField } from '../../../src/topics/query/query.ts';

const formsOf = (word: string): readonly string[] => [word, `${word}s`];

/** The text with brackets around what was found. */
function mark(text: string, query: string, field: TextField = 'title'): string {
  return markMatches(text, { terms: positiveTerms(parseQuery(query)), formsOf, field })
    .map((stretch) => (stretch.found ? `[${stretch.text}]` : stretch.text))
    .join('');
}

describe('what a query found in a text', () => {
  it.each([
    ['Scaling Transformers', 'transformer', 'Scaling [Transformers]'],
    ['A State-Space Model', '"state space"', 'A [State-Space] Model'],
    ['A state model of space', '"state space"', 'A state model of space'],
    ['Quantized and quantizing', 'quantiz*', '[Quantized] and [quantizing]'],
    ['Naïve Bayes', 'naive bayes', '[Naïve Bayes]'],
    ['Mamba and more', 'mamba -more', '[Mamba] and more'],
    ['Mamba', 'author:mamba', 'Mamba'],
    ['Mamba', 'title:mamba', '[Mamba]'],
    ['(Mamba)', 'mamba', '([Mamba])'],
    ['', 'mamba', ''],
  ])('%s, %s', (text, query, marked) => {
    expect(mark(text, query)).toBe(marked);
  });

  it('never changes the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, word) => {
        const terms = [{ kind: 'phrase' as const, words: [word.slice(0, 2)], open: true }];

        const stretches = markMatches(text, { terms, formsOf, field: 'title' });

        expect(stretches.map((stretch) => stretch.text).join('')).toBe(text);
      }),
    );
  });
});
