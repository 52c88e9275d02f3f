import { describe, expect, it } from 'vitest';
import { DIGEST_TEXTS, reasonOfCode, userErrorText } from '../../../src/discord/texts.ts';
import { UserError } from '../../../src/errors.ts';

describe('words', () => {
  it('mark the place in a query, whatever it holds', () => {
    const error = new UserError('query-syntax', { query: 'a ```(', offset: 5, expected: 'a word' });
    expect(userErrorText(error)).toContain('```\na ˋˋˋ(\n     ^\n```');
  });

  it('name the days of a digest', () => {
    const days = [
      { day: '2026-06-09', count: 14 },
      { day: '2026-06-08', count: 9 },
    ];
    expect(DIGEST_TEXTS.heading(days)).toBe('Tue 9 June · 23 papers, 9 of them from Mon 8 June');
  });

  it('say what to grant, and the code where it is not known', () => {
    expect(reasonOfCode(50013)).toContain('Send Messages');
    expect(reasonOfCode(12345)).toContain('12345');
  });
});
