import type { ExpectedInQuery, UserErrorValues } from '../../../errors.ts';
import { escapeWithin } from '../../rendering/truncate.ts';

/** Characters of the query that are shown on either side of the place. */
const SHOWN = 60;

const PHRASES = {
  'term-after': 'a word, a phrase or a condition after this',
  'term-before': 'a word, a phrase or a condition before this',
  'term-after-colon': 'a word or a phrase after the colon',
  'opening-bracket': 'an opening bracket before this closing one',
  'closing-bracket': 'a closing bracket for this one',
  'closing-quote': 'a closing quotation mark for this one',
  'letter-or-digit': 'a letter or a digit',
  'longer-beginning': 'at least three letters before the *',
  comparison: 'a comparison such as upvotes>=20',
  'whole-number': 'a whole number',
  'yes-or-no': 'yes or no',
  day: 'a day such as 2026-01-01',
} as const;

const UNITS = {
  characters: 'characters',
  terms: 'words and conditions',
  beginnings: 'words that end in *',
  brackets: 'brackets inside one another',
} as const;

/** What was expected in a query, and a caret under the place. */
export function describeQueryError({ query, offset, expected }: UserErrorValues['query-syntax']): string {
  return `${describeExpected(expected)}\n${pointAt(query, offset)}`;
}

function describeExpected(expected: ExpectedInQuery): string {
  if (typeof expected !== 'string' && expected.kind === 'at-most') {
    const unit = UNITS[expected.of];
    return `That query is too long. I read at most ${expected.limit} ${unit}, up to ^.`;
  }
  return `I couldn't read that query. At ^ I expected ${phraseOf(expected)}.`;
}

function phraseOf(expected: Exclude<ExpectedInQuery, { readonly kind: 'at-most' }>): string {
  if (typeof expected === 'string') return PHRASES[expected];
  if (expected.kind === 'term-in') return `a word or a phrase to look for in ${expected.field}:`;
  const fields = expected.fields.map((field) => `${field}:`);
  return escapeWithin(`one of ${fields.join(', ')}, or quotes around it`, 200);
}

function pointAt(query: string, offset: number): string {
  const before = showAsCode(query.slice(Math.max(0, offset - SHOWN), offset));
  const after = showAsCode(query.slice(offset, offset + SHOWN));
  return `\`\`\`\n${before}${after}\n${' '.repeat(Array.from(before).length)}^\n\`\`\``;
}

/** On one line, with nothing that could end the block of code. */
function showAsCode(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{C}\s]/gu, ' ')
    .replaceAll('`', 'ˋ');
}
