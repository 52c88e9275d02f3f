import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boldMatches, boldSnippet } from '../../../../src/discord/rendering/bold-matches.ts';

const about = {
  terms: [{ kind: 'word' as const, word: 'mamba' }],
  formsOf: (word: string) => [word],
  field: 'title' as const,
};

describe('matches in bold', () => {
  it.each([
    ['The mamba paper', 'The **mamba** paper'],
    ['*mamba* @everyone', '\\***mamba**\\* @\u200beveryone'],
    ['no match', 'no match'],
  ])('%s', (text, bold) => {
    expect(boldMatches(text, { ...about, limit: 100 })).toBe(bold);
  });

  it('are not cut inside their marks', () => {
    expect(boldMatches('one two mamba three', { ...about, limit: 14 })).toBe('one two mamba…');
  });

  it('are what a snippet of a long text begins with, after a few words', () => {
    const text = `${'before '.repeat(40)}the mamba ${'after '.repeat(40)}`;

    const snippet = boldSnippet(text, { ...about, limit: 120 });

    expect(snippet).toMatch(/^…(?:before )+the \*\*mamba\*\* after .*…$/);
    expect(snippet.length).toBeLessThanOrEqual(120);
  });

  it('stay within the limit, with an even number of marks, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.constantFrom('mamba', ' ', '*', '**', '_', '@', 'x'), fc.string({ unit: 'grapheme' })),
        ),
        fc.integer({ min: 2, max: 80 }),
        (parts, limit) => {
          for (const bold of [boldMatches, boldSnippet]) {
            const made = bold(parts.join(''), { ...about, limit });
            const marks = made.replaceAll(/\\[^0-9A-Za-z\s]/gu, '').match(/\*\*/g) ?? [];
            expect(made.length).toBeLessThanOrEqual(limit);
            expect(marks.length % 2).toBe(0);
          }
        },
      ),
    );
  });
});
