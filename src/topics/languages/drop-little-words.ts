import { GLOSSARY_FILES, LANGUAGES } from './glossary.ts';

const ASCII = /^[\0-\x7f]*$/;
/** What is in quotes is meant as it stands. */
const CHUNK =
  /["\u201c\u201d\u201e\u00ab\u00bb][^"\u201c\u201d\u201e\u00ab\u00bb]*["\u201c\u201d\u201e\u00ab\u00bb]|\S+/gu;

let accented: ReadonlySet<string> | undefined;

/**
 * What was typed to search without words such as `für`, `à` and `où`, which without their accents would be English
 * ones; all of it where nothing else is left.
 */
export function dropLittleWords(text: string): string {
  if (ASCII.test(text)) return text;
  accented ??= new Set(
    LANGUAGES.flatMap((language) => GLOSSARY_FILES[language].littleWords.split(' ')).filter(
      (word) => /^\p{Script=Latin}+$/u.test(word) && !ASCII.test(word),
    ),
  );
  const little = accented;
  const rest = text
    .normalize('NFC')
    .replace(CHUNK, (chunk) => (little.has(chunk.toLowerCase()) ? '' : chunk));
  return rest.trim() === '' ? text : rest;
}
