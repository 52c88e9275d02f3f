import { describe, expect, it } from 'vitest';
import { reasonOfCode, userErrorText } from '../../../../src/discord/texts/texts.ts';
import { UserError } from '../../../../src/errors.ts';

describe('words', () => {
  it('mark the place in a query, whatever it holds', () => {
    const error = new UserError('query-syntax', { query: 'a ```(', offset: 5, expected: 'term-after' });
    expect(userErrorText(error)).toContain('```\na ˋˋˋ(\n     ^\n```');
  });

  it('say what to grant, and the code where it is not known', () => {
    expect(reasonOfCode(50013)).toContain('Send Messages');
    expect(reasonOfCode(12345)).toContain('12345');
  });

  it.each([
    10_003, 10_004, 10_013, 40_067, 50_001, 50_007, 50_008, 50_009, 50_013, 50_024, 50_033, 50_083, 50_278,
    160_005,
  ])('say in plain words what stops messages with code %i', (code) => {
    expect(reasonOfCode(code)).not.toContain('code');
  });
});
