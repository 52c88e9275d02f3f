import { splitWords } from '../../topics/query/fold-text.ts';

/** An acronym with what a text says that it stands for: `moe` and `mixture of experts`. */
export interface Acronym {
  readonly acronym: string;
  readonly meaning: string;
}

const IN_BRACKETS = /\(([A-Z0-9][A-Za-z0-9]{1,7})\)/gu;
const PLURAL = /(?<=[A-Z0-9])s$/u;
/** Characters in front of a bracket that are looked through. */
const LOOKED_AT = 90;
/** Words that it stands for, beside one for each of its letters: `reinforcement learning from human feedback`. */
const MORE_WORDS = 2;

/** The acronyms that a text explains: `Mixture of Experts (MoE)`. */
export function readAcronyms(text: string): readonly Acronym[] {
  return [...text.matchAll(IN_BRACKETS)].flatMap((match) => {
    const letters = (match[1] ?? '').replace(PLURAL, '').toLowerCase();
    const before = splitWords(text.slice(Math.max(0, match.index - LOOKED_AT), match.index));
    const meaning = findMeaning(letters, before.slice(-letters.length - MORE_WORDS).join(' '));
    return meaning === undefined ? [] : [{ acronym: letters, meaning }];
  });
}

/**
 * The end of a text that has the letters in their order, the first one at the start of a word: the method of
 * Schwartz and Hearst, with one word more where that begins with the first letter too: `proximal policy optimization`.
 * https://psb.stanford.edu/psb-online/proceedings/psb03/schwartz.pdf
 */
function findMeaning(letters: string, text: string): string | undefined {
  let at = text.length;
  for (const letter of Array.from(letters.slice(1)).toReversed()) at = findBefore(text, letter, at);
  const [first = ''] = letters;
  at = findBefore(` ${text}`, ` ${first}`, at);
  if (at < 0) return undefined;
  const words = text.slice(at).split(' ');
  const before = text.slice(0, at).trimEnd().split(' ').at(-1) ?? '';
  const isShort = words.length < letters.length && before.startsWith(first);
  const meaning = isShort ? [before, ...words] : words;
  return meaning.length > 1 ? meaning.join(' ') : undefined;
}

/** The last place of a part that is before another place; -1 where there is none. */
function findBefore(text: string, part: string, place: number): number {
  return place <= 0 ? -1 : text.lastIndexOf(part, place - 1);
}
