import { describe, expect, it } from 'vitest';
import {
  fieldWordsOf,
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
