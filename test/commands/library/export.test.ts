import { describe, expect, it } from 'vitest';
import { printMarkdown } from '../../../commands/library/export.ts';
import { buildPaper } from '../../support/build-paper.ts';

const paper = buildPaper({
  id: '1706.03762',
  title: 'Attention [Is] All',
  authors: ['A', 'B', 'C', 'D'],
  publishedOn: '2017-06-12',
});

describe('a saved paper in Markdown', () => {
  it('has its tags behind it, and its note below it, without empty lines', () => {
    const saved = { tags: ['to read', 'nlp'], note: ' One\n \n  two  words \n\nthree ' };

    expect(printMarkdown({ paper, saved }).split('\n')).toEqual([
      '- [Attention \\[Is\\] All](https://huggingface.co/papers/1706.03762) A, B, C et al., 2017 #to-read #nlp',
      '  > One',
      '  > two  words',
      '  > three',
    ]);
  });

  it('is printed at once, however much space its note has', () => {
    const saved = { note: `a${' '.repeat(100_000)}b` };
    const startedAt = performance.now();

    expect(printMarkdown({ paper, saved })).toContain(saved.note);

    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
