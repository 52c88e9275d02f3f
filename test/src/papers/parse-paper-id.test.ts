import { describe, expect, it } from 'vitest';
import { parsePaperId } from '../../../src/papers/parse-paper-id.ts';

describe('parsePaperId', () => {
  it.each([
    '2605.30349',
    ' 2605.30349v2 ',
    'arXiv:2605.30349',
    'https://arxiv.org/abs/2605.30349v1',
    'arxiv.org/pdf/2605.30349.pdf',
    '<https://huggingface.co/papers/2605.30349>',
    'https://hf.co/papers/2605.30349?utm=1#community',
    'https://www.alphaxiv.org/overview/2605.30349v1',
    '２６０５．３０３４９',
    '\u200e2605.30349\u200b',
  ])('reads %j', (text) => {
    expect(parsePaperId(text)).toBe('2605.30349');
  });

  it.each(['', 'attention is all you need', '26.30349', 'https://example.com/2605.30349'])(
    'leaves %j',
    (text) => {
      expect(parsePaperId(text)).toBeUndefined();
    },
  );
});
