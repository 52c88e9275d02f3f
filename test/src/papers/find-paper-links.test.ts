import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPaperLinks } from '../../../src/papers/parse-paper-id.ts';

describe('the papers that a text links to', () => {
  it.each([
    ['see https://arxiv.org/abs/2312.00752v2.', ['2312.00752']],
    [
      '<https://huggingface.co/papers/2312.00752>, [pdf](https://arxiv.org/pdf/2405.21060.pdf)!',
      ['2312.00752', '2405.21060'],
    ],
    ['**https://www.alphaxiv.org/abs/2405.21060** twice: arxiv.org/abs/2405.21060', ['2405.21060']],
    ['https://hf.co/papers/2312.00752?utm=x#top', ['2312.00752']],
    ['2312.00752 without a link, https://example.org/2312.00752', []],
    ['https://huggingface.co/spaces/2312.00752', []],
    ['-export.arxiv.org/abs/2312.00752, 见arxiv.org/abs/2405.21060...', ['2312.00752', '2405.21060']],
    ['https://example.arxiv.org/abs/2312.00752 https://notarxiv.org/abs/2312.00752', []],
    ['https://my-arxiv.org/abs/2312.00752 not-hf.co/papers/2312.00752', []],
    ['', []],
  ])('%s', (text, ids) => {
    expect(findPaperLinks(text)).toEqual(ids);
  });

  it.each([
    ['letters', 'x'],
    ['dots', 'x.'],
    ['beginnings', 'https://www.'],
    ['punctuation behind a link', '.,', 'https://arxiv.org/abs/2312.00752', '/x'],
    ['links', 'arxiv.org/abs/'],
  ])('are found at once in 100 KB of %s', (_, part, before = '', after = '') => {
    const text = `${before}${part.repeat(100_000 / part.length)}${after}`;
    const startedAt = performance.now();

    findPaperLinks(text);

    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('are ids, whatever the text', () => {
    const parts = fc.constantFrom(
      'https://',
      'arxiv.org/abs/',
      'hf.co/papers/',
      '2401.00001',
      'v2',
      '.',
      '/',
      ' ',
      '<',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(parts, fc.string()), { maxLength: 12 }), (text) => {
        for (const id of findPaperLinks(text.join(''))) expect(id).toMatch(/^\d{4}\.\d{4,5}$/);
      }),
    );
  });
});
