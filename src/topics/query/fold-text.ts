const ASCII = /^[\0-\x7f]*$/;
const MARKS = /[\u0300-\u036f]/g;

/** A word as it stands in a text: letters, digits and marks on them. A run of marks is looked at once, from its start. */
export const WORD_IN_TEXT = /(?<!\p{M})\p{M}*[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** Without case and accents, as the archive's index has it: https://www.sqlite.org/fts5.html#unicode61_tokenizer */
export function foldText(text: string): string {
  // Nearly all texts are such, and every word of the archive passes here.
  if (ASCII.test(text)) return text.toLowerCase();
  const plain = text.normalize('NFD').replace(MARKS, '').normalize('NFC');
  return Array.from(plain, (character) => character.toLowerCase()).join('');
}

/** The folded words of a text; all that is neither letter nor digit parts them. */
export function splitWords(text: string): readonly string[] {
  return foldText(text).match(WORD_IN_TEXT) ?? [];
}
