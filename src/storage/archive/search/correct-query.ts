import { plainWords, type Query, type TextField } from '../../../topics/query/query.ts';
import { buildWord, RARE, type Spelling } from './spelling.ts';

export interface CorrectedQuery {
  readonly query: Query;
  readonly words: readonly { readonly typed: string; readonly meant: string }[];
  /** Whether a word became two. */
  readonly isSplit: boolean;
}

/** A word of so few papers is perhaps an error that somebody else made too. */
export const RAREST = 2;
/** How many times as many papers a neighbour has that is meant instead of a rare word. */
const FAR_MORE = 30;
/** Words of a query that are looked after; whatever is typed, the work is bounded. */
const MOST_WORDS = 12;

/** The query with the words put right that the archive does not know, or hardly; undefined where there are none. */
export function correctQuery(query: Query, spelling: Spelling): CorrectedQuery | undefined {
  const meant = new Map<string, readonly string[]>();
  const last = plainWords(query)?.split(' ').at(-1);
  const asked = new Set<string>();
  const correct: Correct = (word, field) => {
    const key = keyOf(word, field);
    if (!asked.has(key) && asked.size < MOST_WORDS) {
      asked.add(key);
      const better = findMeant(word, { field, spelling, isLast: word === last });
      if (better !== undefined) meant.set(key, better);
    }
    return meant.get(key) ?? [word];
  };
  const corrected = mapWords(query, correct);
  if (meant.size === 0) return undefined;
  const words = [...meant].map(([key, parts]) => ({
    typed: key.slice(key.indexOf(':') + 1),
    meant: parts.join(' '),
  }));
  return { query: corrected, words, isSplit: [...meant.values()].some(({ length }) => length > 1) };
}

interface MeantRequest {
  readonly field: TextField | undefined;
  readonly spelling: Spelling;
  /** Is the last word, which is perhaps not finished. */
  readonly isLast: boolean;
}

function findMeant(word: string, { field, spelling, isLast }: MeantRequest): readonly string[] | undefined {
  const papers = spelling.count(buildWord(word, field), RARE + 1);
  if (papers > RAREST || (papers > 0 && isName(word, spelling))) return undefined;
  if (isLast && isBeginning(word, papers, spelling)) return undefined;
  const [best] = spelling.neighboursOf(word, { field, isKnown: papers > 0 });
  const split = findSplit(word, field, spelling);
  if (split !== undefined && split.papers >= (best?.papers ?? 0))
    return papers === 0 ? split.words : undefined;
  if (best === undefined) return undefined;
  const isMeant = papers === 0 || (best.distance === 1 && best.papers >= papers * FAR_MORE);
  return isMeant ? [best.word] : undefined;
}

/** Shorter halves stand beside each other by chance, but for versions: `qwen3`. */
const HALF = /^(?:[a-z]{3,}|[a-z]*\d[a-z0-9]*)$/;
const SPLIT = /^[a-z0-9]{4,32}$/;

/** The two halves of a word that most papers have one after the other: `swebench` is `swe bench` there. */
export function findSplit(word: string, field: TextField | undefined, spelling: Spelling) {
  if (!SPLIT.test(word)) return undefined;
  const about = field === undefined ? {} : { field };
  let best: { readonly words: readonly string[]; readonly papers: number } | undefined;
  for (let at = 1; at < word.length; at += 1) {
    const words = [word.slice(0, at), word.slice(at)];
    if (!words.every((half) => HALF.test(half))) continue;
    const papers = spelling.count({ kind: 'phrase', words, open: false, ...about });
    if (papers > (best?.papers ?? 0)) best = { words, papers };
  }
  return best;
}

const NAMING = ['title', 'keyword', 'author', 'org'] as const;

/** Whether a paper, its authors or what it is about are called so: then the word is no error, however rare. */
function isName(word: string, spelling: Spelling): boolean {
  return NAMING.some((field) => spelling.count(buildWord(word, field), 1) > 0);
}

/** Whether a word, which so many papers have, is perhaps not finished: others have one that begins so. */
export function isBeginning(word: string, papers: number, spelling: Spelling): boolean {
  return spelling.count({ kind: 'phrase', words: [word], open: true }, papers + 1) > papers;
}

function keyOf(word: string, field: TextField | undefined): string {
  return `${field ?? ''}:${word}`;
}

/** One word, or two instead. */
type Correct = (word: string, field: TextField | undefined) => readonly string[];

/** What is excluded stays as it is, and so does a word that is not finished. */
function mapWords(query: Query, correct: Correct): Query {
  if (query.kind === 'word') {
    const [word = query.word, ...more] = correct(query.word, query.field);
    if (more.length === 0) return { ...query, word };
    return { ...query, kind: 'phrase', words: [word, ...more], open: false };
  }
  if (query.kind === 'phrase') {
    const finished = query.open ? query.words.length - 1 : query.words.length;
    const words = query.words.flatMap((word, index) =>
      index < finished ? correct(word, query.field) : word,
    );
    return { ...query, words };
  }
  if (query.kind !== 'and' && query.kind !== 'or') return query;
  return { ...query, parts: query.parts.map((part) => mapWords(part, correct)) };
}
