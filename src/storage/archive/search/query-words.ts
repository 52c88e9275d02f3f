import { plainWords, type Query, type TextField, positiveTerms } from '../../../topics/query/query.ts';
import { isBeginning } from './correct-query.ts';
import { buildWord, RARE, type Spelling } from './spelling.ts';

/** One of the ways in which a paper may write a word of a query. */
export interface Variant {
  readonly word: string;
  /** Only begins so. */
  readonly open: boolean;
  /** What it counts beside the word as it was typed: from 0 to 1. */
  readonly share: number;
}

export interface QueryWord {
  readonly field?: TextField;
  /** Those that count more first. */
  readonly variants: readonly Variant[];
  /** Is the last one that was typed, so that a title may have a longer one. */
  readonly isLast: boolean;
}

/** Words for which others are tried that are spelt nearly so. */
const MOST_MISSPELT = 12;
const MORE_FREQUENT = 5;
/** Of its neighbours those count that have at least this fraction of the papers of the most frequent one. */
const LESS_FREQUENT = 30;
export const SHORTEST_START = 3;
export const SHARE_OF_LONGER = 0.95;
const SHARE_OF_CORRECTED = 0.8;

/** The words of a query as they were typed. */
export function typedWords(query: Query): readonly QueryWord[] {
  return wordsOf(query).map((word) => buildQueryWord(word, []));
}

/** The words of a query, each with what may have been meant by it. */
export function likelyWords(query: Query, spelling: Spelling): readonly QueryWord[] {
  let tried = 0;
  return wordsOf(query).map((loose) => {
    const { word, field, open, isLast } = loose;
    if (open) return buildQueryWord(loose, []);
    const papers = spelling.count(buildWord(word, field), RARE + 1);
    if (papers > RARE) return buildQueryWord(loose, []);
    const longer =
      isLast && word.length >= SHORTEST_START ? [{ word, open: true, share: SHARE_OF_LONGER }] : [];
    if (tried >= MOST_MISSPELT || (isLast && isBeginning(word, papers, spelling)))
      return buildQueryWord(loose, longer);
    tried += 1;
    const corrected = findLikely(loose, { papers, spelling });
    return buildQueryWord(loose, [
      ...longer,
      ...corrected.map((other) => ({ word: other, open: false, share: SHARE_OF_CORRECTED })),
    ]);
  });
}

interface TypedWord extends LooseWord {
  readonly isLast: boolean;
}

function wordsOf(query: Query): readonly TypedWord[] {
  const last = plainWords(query)?.split(' ').at(-1);
  return looseWords(query).map((loose) => ({ ...loose, isLast: loose.word === last }));
}

function buildQueryWord({ word, open, field, isLast }: TypedWord, others: readonly Variant[]): QueryWord {
  const variants = [{ word, open, share: 1 }, ...others];
  return field === undefined ? { variants, isLast } : { field, variants, isLast };
}

function findLikely(
  { word, field }: LooseWord,
  { papers, spelling }: { readonly papers: number; readonly spelling: Spelling },
): readonly string[] {
  const neighbours = spelling.neighboursOf(word, { field, isKnown: papers > 0 });
  const most = Math.max(...neighbours.map((other) => other.papers));
  return neighbours
    .filter((other) => other.papers >= papers * MORE_FREQUENT && other.papers >= most / LESS_FREQUENT)
    .map((other) => other.word);
}

/** A word that a close match may have, alone or with others. */
interface LooseWord {
  readonly word: string;
  readonly field?: TextField;
  /** Only begins so. */
  readonly open: boolean;
}

/** The words that a query asks for, each once, without the order that its phrases ask for. */
function looseWords(query: Query): readonly LooseWord[] {
  const words = new Map<string, LooseWord>();
  for (const term of positiveTerms(query)) {
    const all = term.kind === 'word' ? [term.word] : term.words;
    const about = term.field === undefined ? {} : { field: term.field };
    for (const [index, word] of all.entries()) {
      const open = term.kind === 'phrase' && term.open && index === all.length - 1;
      words.set(`${term.field ?? ''} ${word}`, { word, open, ...about });
    }
  }
  return [...words.values()];
}
