import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutWithin,
  escapeMarkdown,
  escapeWithin,
} from '../../../../src/discord/rendering/escape-markdown.ts';

const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom('@everyone', '@here', '<@1>', '<#1>', '<t:1:R>', '```', '**', '__', '~~', '||', '\\'),
      fc.constantFrom(
        '# ',
        '-# ',
        '> ',
        '- ',
        '1. ',
        '\n',
        '[a](https://x.org)',
        'https://x.org',
        '😀',
        '\u202e',
      ),
      fc.string({ unit: 'grapheme' }),
    ),
  )
  .map((parts) => parts.join(''));

function withoutEscapes(text: string): string {
  return text.replace(/\\[^0-9A-Za-z\s]/gu, 'x');
}

describe('escaping', () => {
  it.each([
    ['@everyone', '@\u200beveryone'],
    ['<@1>', '\\<@\u200b1\\>'],
    ['# head', '\\# head'],
    ['-# small', '\\-# small'],
    ['1. one', '1\\. one'],
    ['a\n> quote', 'a\n\\> quote'],
    ['||x||', '\\|\\|x\\|\\|'],
    ['[a](https://x.org)', '\\[a\\](https\\://x.org)'],
    ['Title: plain - text', 'Title: plain - text'],
    ['a\u0000b\u202ec', 'abc'],
  ])('turns %j into %j', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  it('leaves nothing alive in any text', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const bare = withoutEscapes(escapeMarkdown(text));
        expect(bare).not.toMatch(/[*_~`|<>[\]\\]|:\S|@(?!\u200b)/u);
        expect(bare).not.toMatch(/(?:^|\n)[^\S\n]*(?:[-+#]|\d+[.)])/u);
      }),
    );
  });
});

describe('cutting', () => {
  it('stays within the limit, well-formed, and whole in its escapes', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 0, max: 60 }), (text, limit) => {
        const cut = escapeWithin(text, limit);
        expect(cut.length).toBeLessThanOrEqual(limit);
        expect(cut.isWellFormed()).toBe(true);
        expect(withoutEscapes(cut)).not.toMatch(/[*_~`|<>[\]\\]|@(?!\u200b)/u);
      }),
    );
  });

  it.each([
    { what: 'escaped text', cut: escapeWithin },
    { what: 'text as it stands', cut: cutWithin },
  ])('cuts $what at a word, or within one that is long', ({ cut }) => {
    expect(cut('one two three', 10)).toBe('one two…');
    expect(cut('one two three', 8)).toBe('one two…');
    expect(cut('one two', 7)).toBe('one two');
    expect(cut('a somewhatlongword', 10)).toBe('a somewha…');
    expect(cut('one', 0)).toBe('');
    expect(cut('a🙂🙂', 3)).toBe('a…');
  });

  it('cuts text as it stands to whole characters within the limit', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 0, max: 60 }), (text, limit) => {
        const short = cutWithin(text, limit);
        expect(short.length).toBeLessThanOrEqual(limit);
        expect(short === text || short.isWellFormed()).toBe(true);
      }),
    );
  });
});
