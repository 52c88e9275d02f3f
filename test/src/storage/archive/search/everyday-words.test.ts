import { describe, expect, it } from 'vitest';
import {
  fieldWordsOf,
  findPhrases,
  isHollow,
  isLittle,
} from '../../../../../src/storage/archive/search/everyday-words.ts';
import everyday from '../../../../../src/storage/archive/search/everyday-words.json' with { type: 'json' };
import { splitWords } from '../../../../../src/topics/query/fold-text.ts';

describe('an everyday word', () => {
  it.each([
    ['photo', 'image'],
    ['photos', 'image'],
    ['cheaper', 'efficient'],
    ['chatbot', 'llm'],
  ])('%s is %s to papers', (word, meant) => {
    expect(fieldWordsOf(word)).toContain(meant);
  });

  it('has other words than itself, each folded and once', () => {
    for (const [word, meant] of Object.entries(everyday.fieldWords)) {
      expect(splitWords(word)).toEqual([word]);
      expect(new Set(meant).size).toBe(meant.length);
      expect(meant).not.toContain(word);
      for (const one of meant) expect(splitWords(one).join(' ')).toBe(one);
    }
  });

  it('is not a little word, which says nothing', () => {
    expect(['how', 'the', 'without'].every(isLittle)).toBe(true);
    expect(['photo', 'agent', 'attention'].some(isLittle)).toBe(false);
  });

  it('is hollow where titles of any field have it', () => {
    expect(['novel', 'based', 'results', 'propose', '2'].every(isHollow)).toBe(true);
    expect(['photo', 'agent', 'attention', '3d'].some(isHollow)).toBe(false);
  });
});

describe('an everyday phrase', () => {
  it('is what papers call it, with words before and behind it', () => {
    expect(findPhrases(['cheap', 'self', 'driving', 'cars'])).toEqual([
      { words: ['self', 'driving'], meant: expect.arrayContaining(['autonomous driving']) },
    ]);
    expect(findPhrases(['driving', 'self'])).toEqual([]);
  });

  it('has other words than itself, each folded and once', () => {
    for (const [phrase, meant] of Object.entries(everyday.fieldPhrases)) {
      const words = splitWords(phrase);
      expect(words.join(' ')).toBe(phrase);
      expect(findPhrases(words)).toContainEqual({ words, meant });
      expect(new Set(meant).size).toBe(meant.length);
      for (const one of meant) expect(splitWords(one).join(' ')).toBe(one);
    }
  });
});
