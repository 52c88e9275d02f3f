/** Latin and Cyrillic letters, figures and the usual signs are what PT Sans has. */
const FOREIGN = /[^ -~\u00a1-\u017f\u0218-\u021b\u0401-\u045f\u0490-\u04f9–—‘’“”„…€]/gu;
const COUNTED = /[\p{L}\p{N}]/gu;

/** What the font can draw of a name; undefined where that is less than half of it. */
export function drawableName(name: string): string | undefined {
  const drawn = name.normalize('NFC').replaceAll(FOREIGN, ' ').replaceAll(/\s+/g, ' ').trim();
  const isReadable = countLetters(drawn) > 0 && countLetters(drawn) * 2 >= countLetters(name);
  return isReadable ? drawn : undefined;
}

function countLetters(text: string): number {
  return text.match(COUNTED)?.length ?? 0;
}
