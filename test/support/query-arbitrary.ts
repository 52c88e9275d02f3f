import fc from 'fast-check';
import { splitWords } from '../../src/topics/query/fold-text.ts';
import {
  type Condition,
  type Query,
  SHORTEST_BEGINNING,
  type Term,
  type TextField,
} from '../../src/topics/query/query.ts';

const FIELDS: readonly TextField[] = ['title', 'abstract', 'keyword', 'author', 'org', 'submitter'];
const WORDS = 'model models agents diffusion state space the survey learning gpt 4o'.split(' ');

/** What the language is made of, what other languages are made of, and letters that fold in odd ways. */
const PIECES = [
  ' ',
  ' OR ',
  ' AND ',
  ...'( ) " “ ” - * : < = % \' \\ ^ NOT >= title: author: upvotes stars>= since: code: top: rising: foo: yes'.split(
    ' ',
  ),
  ...'2026-01-01 20 mamba State-Space NEAR {title}: \u0000 \u0301 \ue000 é ﬁ ς İ 日本 😀'.split(' '),
];

/** Any text at all, and text made of the language's own parts. */
export const QUERY_TEXT: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 320 }),
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((parts) => parts.join('')),
);

const word = fc.oneof(
  fc.constantFrom(...WORDS),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
    .map((text) => splitWords(text)[0] ?? 'x')
    .filter((text) => splitWords(text).length === 1),
);

/** What may stand before `*`. */
export function isBeginning(text: string): boolean {
  return Array.from(text).length >= SHORTEST_BEGINNING;
}

function fielded<T extends Term>(term: fc.Arbitrary<T>): fc.Arbitrary<Term> {
  return fc
    .tuple(term, fc.option(fc.constantFrom(...FIELDS), { nil: undefined, freq: 3 }))
    .map(([made, field]) => (field === undefined ? made : { ...made, field }));
}

const term: fc.Arbitrary<Term> = fc.oneof(
  { weight: 3, arbitrary: fielded(word.map((made) => ({ kind: 'word' as const, word: made }))) },
  {
    weight: 2,
    arbitrary: fielded(
      fc.tuple(fc.array(word, { minLength: 1, maxLength: 3 }), fc.boolean()).map(([words, open]) => ({
        kind: 'phrase' as const,
        words,
        open: open && isBeginning(words.at(-1) ?? ''),
      })),
    ),
  },
);

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    kind: fc.constant('number' as const),
    field: fc.constantFrom('upvotes' as const, 'stars' as const, 'comments' as const),
    comparison: fc.constantFrom('>=' as const, '>' as const, '<=' as const, '<' as const, '=' as const),
    value: fc.nat({ max: 200 }),
  }),
  fc.record({ kind: fc.constant('code' as const), has: fc.boolean() }),
  fc.record({
    kind: fc.constant('top' as const),
    places: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 100 })),
  }),
  fc.record({ kind: fc.constant('rising' as const), is: fc.boolean() }),
  // Papers that no archive of a test has: what is like none of them.
  fc.record({
    kind: fc.constant('like' as const),
    papers: fc.constantFrom(['2001.00001'], ['2001.00001', '2001.00002']),
    from: fc.integer({ min: 1, max: 999 }),
  }),
  fc.record({ kind: fc.constant('paper' as const), id: fc.constantFrom('2606.00001', '2001.00001') }),
  fc.record({
    kind: fc.constant('since' as const),
    day: fc.constantFrom('2024-06-01', '2025-01-31', '2026-02-28'),
  }),
);

/** Queries as the parser builds them. */
export function buildQueryArbitrary(terms: fc.Arbitrary<Term> = term): fc.Arbitrary<Query> {
  const { query } = fc.letrec<{ query: Query }>((tie) => ({
    query: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof({ weight: 4, arbitrary: terms }, { weight: 1, arbitrary: condition }),
      tie('query').map((part): Query => (part.kind === 'not' ? part.part : { kind: 'not', part })),
      joined('and', tie('query')),
      joined('or', tie('query')),
    ),
  }));
  return query;
}

function joined(kind: 'and' | 'or', part: fc.Arbitrary<Query>): fc.Arbitrary<Query> {
  return fc
    .array(part, { minLength: 2, maxLength: 3 })
    .map((parts) => ({ kind, parts: parts.flatMap((one) => (one.kind === kind ? one.parts : [one])) }));
}
