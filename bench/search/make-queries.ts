import { foldText } from '../../src/topics/query/fold-text.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { makeNameQueries, NAME_WAYS } from './make-names.ts';
import { makeTypo } from './make-typo.ts';
import { draw, type Random, shuffle } from './seeded-random.ts';

const MADE_KINDS = ['paraphrase', 'typo', 'prefix', 'author', 'keywords'] as const;
type MadeKind = (typeof MADE_KINDS)[number];

/** Questions are written by hand, see `readQuestions`; for those in other languages see `makeForeignQueries`. */
export const KINDS = [
  ...MADE_KINDS,
  ...NAME_WAYS,
  'questions',
  'questions_tuning',
  'foreign',
  'foreign_english',
] as const;
export type Kind = (typeof KINDS)[number];

/** What somebody types, and the papers that it is meant to find. */
export interface BenchQuery {
  readonly kind: Kind;
  readonly text: string;
  readonly right: readonly string[];
}

const MOST = 500;
const SUMMARY_WORDS = 10;
const TITLE_WORDS = 4;
const LITTLE_WORDS = new Set(
  (
    'about above across after against all also among and any are because been before being below between both but can ' +
    'could does during each for from further had has have how however into its itself more most not other over than ' +
    'that the their them then there these they this those through to under until using very was well were what when ' +
    'where which while who whose will with within without would'
  ).split(' '),
);

/** Up to 500 queries of each kind, of papers drawn by chance. */
export function makeQueries(papers: readonly Paper[], random: Random): readonly BenchQuery[] {
  const made = MADE_KINDS.flatMap((kind) => {
    const maker = kind === 'author' ? makeAuthorQueries(papers) : MAKERS[kind];
    return shuffle(papers, random)
      .flatMap((paper) => maker(paper, random) ?? [])
      .slice(0, MOST)
      .map((query) => ({ kind, ...query }));
  });
  return [...made, ...makeNameQueries(papers, random)];
}

type Maker = (paper: Paper, random: Random) => Omit<BenchQuery, 'kind'> | undefined;

const MAKERS: Readonly<Record<Exclude<MadeKind, 'author'>, Maker>> = {
  paraphrase({ id, summary = '' }, random) {
    const content = wordsOf(summary).filter((word) => /^\p{L}{4,}$/u.test(word) && !LITTLE_WORDS.has(word));
    const words = draw([...new Set(content)], SUMMARY_WORDS, random);
    return words.length < SUMMARY_WORDS ? undefined : { text: words.join(' '), right: [id] };
  },
  typo({ id, title }, random) {
    const words = draw(
      wordsOf(title).filter((word) => /^\p{L}{5,}$/u.test(word)),
      TITLE_WORDS,
      random,
    );
    if (words.length < TITLE_WORDS) return undefined;
    return { text: words.map((word) => makeTypo(word, random)).join(' '), right: [id] };
  },
  prefix({ id, title }) {
    const [first, second, third] = wordsOf(title);
    if (first === undefined || second === undefined || third === undefined) return undefined;
    return { text: `${first} ${second} ${third.slice(0, 4)}`, right: [id] };
  },
  keywords({ id, keywords }, random) {
    const two = draw([...new Set(keywords)], 2, random);
    return two.length < 2 ? undefined : { text: two.join(' '), right: [id] };
  },
};

/** Every paper of the first author is right; each author is asked for once. */
function makeAuthorQueries(papers: readonly Paper[]): Maker {
  const papersOf = new Map<string, string[]>();
  for (const { id, authors } of papers) {
    for (const name of new Set(authors.map(foldText))) {
      papersOf.set(name, [...(papersOf.get(name) ?? []), id]);
    }
  }
  const asked = new Set<string>();
  return ({ authors: [name] }) => {
    const folded = foldText(name ?? '');
    const right = papersOf.get(folded);
    if (name === undefined || right === undefined || asked.has(folded)) return undefined;
    asked.add(folded);
    return { text: name, right };
  };
}

function wordsOf(text: string): readonly string[] {
  return foldText(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}
