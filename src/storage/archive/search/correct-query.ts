import { plainWords, type Query, type TextField } from '../../../topics/query/query.ts';
import { buildWord, RARE, type Spelling } from './spelling.ts';

export interface CorrectedQuery {
  readonly query: Query;
  readonly words: readonly { readonly typed: string; readonly meant: string }[];
}

/** A word of so few papers is perhaps an error that somebody else made too. */
const RAREST = 2;
/** How many times as many papers a neighbour has that is meant instead of a rare word. */
const FAR_MORE = 30;
/** Words of a query that are looked after; whatever is typed, the work is bounded. */
const MOST_WORDS = 12;

/** The query with the words put right that the archive does not know, or hardly; undefined where there are none. */
export function correctQuery(query: Query, spelling: Spelling): CorrectedQuery | undefined {
  const meant = new Map<string, string>();
  const last = plainWords(query)?.split(' ').at(-1);
  const asked = new Set<string>();
  const correct = (word: string, field: TextField | undefined): string => {
    const key = keyOf(word, field);
    if (!asked.has(key) && asked.size < MOST_WORDS) {
      asked.add(key);
      const better = findMeant(word, { field, spelling, isLast: word === last });
      if (better !== undefined) meant.set(key, better);
    }
    return meant.get(key) ?? word;
  };
  const corrected = mapWords(query, correct);
  if (meant.size === 0) return undefined;
  const words = [...meant].map(([key, word]) => ({ typed: key.slice(key.indexOf(':') + 1), meant: word }));
  return { query: corrected, words };
}

interface MeantRequest {
  readonly field: TextField | undefined;
  readonly spelling: Spelling;
  /** Is the last word, which is perhaps not finished. */
  readonly isLast: boolean;
}

function findMeant(word: string, { field, spelling, isLast }: MeantRequest): string | undefined {
  const papers = spelling.count(buildWord(word, field), RARE + 1);
  if (papers > 0 && isName(word, spelling)) return undefined;
  if (papers > RAREST || (isLast && isBeginning(word, papers, spelling))) return undefined;
  const [best] = spelling.neighboursOf(word, { field, isKnown: papers > 0 });
  if (best === undefined) return undefined;
  return papers === 0 || (best.distance === 1 && best.papers >= papers * FAR_MORE) ? best.word : undefined;
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

type Correct = (word: string, field: TextField | undefined) => string;

/** What is excluded stays as it is, and so does a word that is not finished. */
function mapWords(query: Query, correct: Correct): Query {
  if (query.kind === 'word') return { ...query, word: correct(query.word, query.field) };
  if (query.kind === 'phrase') {
    const finished = query.open ? query.words.length - 1 : query.words.length;
    const words = query.words.map((word, index) => (index < finished ? correct(word, query.field) : word));
    return { ...query, words };
  }
  if (query.kind !== 'and' && query.kind !== 'or') return query;
  return { ...query, parts: query.parts.map((part) => mapWords(part, correct)) };
}
