import { array, assert, property, string, stringMatching } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeCustomId, parseCustomId } from '../../../../src/discord/interactions/custom-id.ts';
import { UserError } from '../../../../src/errors.ts';

function failureOf(text: string): unknown {
  try {
    parseCustomId(text);
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('custom ids', () => {
  it('come back as they went', () => {
    const value = stringMatching(/^[a-zA-Z0-9./_-]{0,20}$/);
    assert(
      property(array(value, { maxLength: 4 }), (values) => {
        expect(parseCustomId(encodeCustomId('card', ...values))).toEqual({ name: 'card', values });
      }),
    );
  });

  it('refuse what would be too long or ambiguous', () => {
    expect(() => encodeCustomId('card', 'x'.repeat(100))).toThrow(RangeError);
    expect(() => encodeCustomId('card', 'a:b')).toThrow(RangeError);
    expect(() => encodeCustomId('Card')).toThrow(RangeError);
  });

  it.each(['', 'card', 'card:v0:1', ':v1', 'CARD:v1', `card:v1:${'x'.repeat(100)}`, 'card:v1:\ud800'])(
    'call %j outdated',
    (id) => {
      expect(() => parseCustomId(id)).toThrow('control-outdated');
    },
  );

  it('never fail otherwise, whatever comes', () => {
    assert(
      property(string({ maxLength: 120 }), (text) => {
        expect(failureOf(text)).toSatisfy((error) => error === undefined || error instanceof UserError);
      }),
    );
  });
});
