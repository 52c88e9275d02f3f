import { describe, expect, it } from 'vitest';
import { reasonOfCode, userErrorText } from '../../../src/discord/texts.ts';
import { UserError } from '../../../src/errors.ts';

describe('words', () => {
  it('mark the place in a query, whatever it holds', () => {
    const error = new UserError('query-syntax', { query: 'a ```(', offset: 5, expected: 'a word' });
    expect(userErrorText(error)).toContain('```\na ˋˋˋ(\n     ^\n```');
  });

  it('say what to grant, and the code where it is not known', () => {
    expect(reasonOfCode(50013)).toContain('Send Messages');
    expect(reasonOfCode(12345)).toContain('12345');
  });
});
