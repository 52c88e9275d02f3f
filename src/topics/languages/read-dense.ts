import { foldText } from '../query/fold-text.ts';
import { type DenseLanguage, openGlossary, type Understood } from './glossary.ts';

/** Letters of scripts without spaces between words; Korean has them, with particles at the words. */
export const DENSE_LETTER = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/u;
const RUN =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+/gu;
/** A term that is so long is found within a word as well. */
const SURE = 3;

/**
 * Reads folded words by the glossary of a language that is written without spaces, or with particles at its words.
 * Words of Latin letters stay; what no glossary has is left out, as no paper has it.
 */
export function readDense(words: readonly string[], language: DenseLanguage): Understood {
  const { terms: known, littleWords, longest } = openGlossary(language);
  const letters = Array.from(words.join(''));
  const edges = findEdges(words, language);
  const terms: string[] = [];
  let explained = 0;
  let isForeign = false;
  let isSomeUnread = false;
  let isBehindTerm = false;
  for (let at = 0; at < letters.length;) {
    const found = findAt(at);
    if (found !== undefined) {
      terms.push(found.english);
      if (foldText(found.english) !== found.typed) {
        explained += found.length;
        isForeign = true;
      }
      isBehindTerm = true;
      at += found.length;
      continue;
    }
    const end = nextEdge(at);
    const piece = letters.slice(at, end).join('');
    if (!DENSE_LETTER.test(piece)) terms.push(piece);
    else if (littleWords.has(piece)) explained += end - at;
    else isSomeUnread = true;
    isBehindTerm = false;
    at = DENSE_LETTER.test(piece) ? at + 1 : end;
  }
  // No glossary has `量子`, but `LLM` can still be looked for: `量子LLM`.
  return { terms, explained, isForeign: isForeign || (isSomeUnread && terms.length > 0) };

  /** The longest term that begins there: at the edge of a word, behind a term, or a long one. */
  function findAt(at: number): FoundTerm | undefined {
    const isEdge = edges.has(at) || isBehindTerm;
    for (let length = Math.min(longest, letters.length - at); length > 0; length -= 1) {
      const typed = letters.slice(at, at + length).join('');
      const english = known.get(typed);
      if (english === undefined) continue;
      const isLatinEnd = !DENSE_LETTER.test(letters[at + length - 1] ?? '');
      const isCut = (length === 1 || isLatinEnd) && !edges.has(at + length);
      if (!isCut && (isEdge || length >= SURE)) return { english, typed, length };
    }
    return undefined;
  }

  function nextEdge(at: number): number {
    let end = at + 1;
    while (end < letters.length && !edges.has(end)) end += 1;
    return end;
  }
}

interface FoundTerm {
  readonly english: string;
  readonly typed: string;
  /** In characters. */
  readonly length: number;
}

/** Where words begin and end, in characters: as they were typed, where the script changes, and as the language parts them. */
function findEdges(words: readonly string[], language: DenseLanguage): ReadonlySet<number> {
  const edges = new Set<number>([0]);
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  let at = 0;
  for (const run of words.flatMap((word) => word.match(RUN) ?? [])) {
    const parts = DENSE_LETTER.test(run)
      ? Array.from(segmenter.segment(run), ({ segment }) => segment)
      : [run];
    for (const part of parts) {
      at += Array.from(part).length;
      edges.add(at);
    }
  }
  return edges;
}
