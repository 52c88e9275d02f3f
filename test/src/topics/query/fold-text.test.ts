import { describe, expect, it } from 'vitest';
import { splitWords } from '../../../../src/topics/query/fold-text.ts';

const MARK = '\u20d0';

describe('the words of a text', () => {
  it.each([
    ['DeepSeek-R1: naïve', ['deepseek', 'r1', 'naive']],
    [`a${MARK} ${MARK}b c${MARK}d`, [`a${MARK}`, `${MARK}b`, `c${MARK}d`]],
    [`${MARK}${MARK} - ${MARK}${MARK}x`, [`${MARK}${MARK}x`]],
    ['', []],
  ])('%j', (text, words) => {
    expect(splitWords(text)).toEqual(words);
  });

  it('are found at once among marks that stand on no letter', () => {
    const startedAt = performance.now();

    expect(splitWords(MARK.repeat(25_000))).toEqual([]);

    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
