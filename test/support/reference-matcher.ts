import type { ListDay } from '../../src/calendar/list-day.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { risingFrom, topTenthFrom } from '../../src/papers/rising.ts';
import type { Query, Term, TextField } from '../../src/topics/query/query.ts';

/** The words of each text of a paper: a list of texts a field. */
type Texts = Readonly<Record<TextField | 'summary', readonly (readonly string[])[]>>;

const ANYWHERE = ['title', 'abstract', 'summary', 'keyword', 'author', 'org'] as const;
const PROSE = ['title', 'abstract', 'summary', 'keyword'] as const;

export interface ReferenceWorld {
  readonly formsOf: (word: string) => readonly string[];
  /** All papers that there are. */
  readonly papers: readonly Paper[];
  /** From how many votes a paper of a list day rises. */
  readonly risingVotes: ReadonlyMap<ListDay, number>;
}

/** What a query means, slowly and plainly: every word of every text is looked at. */
export function createReferenceMatcher({ formsOf, papers, risingVotes }: ReferenceWorld) {
  const known = new Map<string, Texts>();

  function textsOf(paper: Paper): Texts {
    const texts = known.get(paper.id) ?? readTexts(paper);
    known.set(paper.id, texts);
    return texts;
  }

  function matchTerm(term: Term, texts: Texts): boolean {
    const fields = term.field === undefined ? ANYWHERE : [term.field];
    if (term.kind === 'phrase')
      return fields.some((field) => texts[field].some((words) => hasPhrase(words, term)));
    return fields.some((field) => {
      const forms: readonly string[] = PROSE.some((prose) => prose === field)
        ? formsOf(term.word)
        : [term.word];
      return texts[field].some((words) => words.some((word) => forms.includes(word)));
    });
  }

  function isOnTop(paper: Paper, places: number): boolean {
    const ofDay = papers.filter(({ listDay }) => listDay !== undefined && listDay === paper.listDay);
    const inOrder = ofDay.toSorted((a, b) => b.upvotes - a.upvotes || (a.id < b.id ? -1 : 1));
    return paper.upvotes > 0 && inOrder.slice(0, places).some(({ id }) => id === paper.id);
  }

  function isRising({ listDay = '', upvotes }: Paper): boolean {
    return upvotes >= (risingVotes.get(listDay) ?? Infinity);
  }

  return function matches(query: Query, paper: Paper): boolean {
    if (query.kind === 'every') return true;
    if (query.kind === 'and') return query.parts.every((part) => matches(part, paper));
    if (query.kind === 'or') return query.parts.some((part) => matches(part, paper));
    if (query.kind === 'not') return !matches(query.part, paper);
    if (query.kind === 'code') return (paper.code !== undefined) === query.has;
    if (query.kind === 'top') return isOnTop(paper, query.places);
    if (query.kind === 'rising') return isRising(paper) === query.is;
    // Nearness has no plain definition to compare with; its own tests look at it.
    if (query.kind === 'like') return false;
    if (query.kind === 'paper') return paper.id === query.id;
    if (query.kind === 'since') return (paper.listDay ?? paper.publishedOn) >= query.day;
    if (query.kind === 'number') {
      const value = query.field === 'stars' ? (paper.code?.stars ?? 0) : paper[query.field];
      return compare(value, query.comparison, query.value);
    }
    return matchTerm(query, textsOf(paper));
  };
}

function readTexts(paper: Paper): Texts {
  const { organization, submitter } = paper;
  return {
    title: [wordsOf(paper.title)],
    abstract: [wordsOf(paper.abstract)],
    summary: [wordsOf(paper.summary ?? '')],
    keyword: paper.keywords.map(wordsOf),
    author: paper.authors.map(wordsOf),
    org: organization === undefined ? [] : [wordsOf(organization.slug), wordsOf(organization.name)],
    submitter: submitter === undefined ? [] : [wordsOf(submitter.slug), wordsOf(submitter.name)],
  };
}

function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
  return plain
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

function hasPhrase(words: readonly string[], { words: wanted, open }: Term & { kind: 'phrase' }): boolean {
  return words.some((_, start) =>
    wanted.every((word, offset) => {
      const found = words[start + offset] ?? '';
      return open && offset === wanted.length - 1 ? found.startsWith(word) : found === word;
    }),
  );
}

function compare(value: number, comparison: '>=' | '>' | '<=' | '<' | '=', other: number): boolean {
  if (comparison === '>=') return value >= other;
  if (comparison === '<=') return value <= other;
  if (comparison === '>') return value > other;
  return comparison === '<' ? value < other : value === other;
}

/**
 * From how many votes the papers of each day rise, where every day was collected once and long after its end. The papers
 * come oldest day first.
 */
export function findRisingVotes(papers: readonly Paper[]): ReadonlyMap<ListDay, number> {
  const days = new Map<ListDay, number[]>();
  for (const { listDay = '', upvotes } of papers) days.set(listDay, [...(days.get(listDay) ?? []), upvotes]);
  const known = [...days].map(([day, votes]) => ({ day, own: topTenthFrom(votes) ?? 0 }));
  return new Map(
    known.map(({ day, own }, index) => {
      const usual = known.slice(Math.max(0, index - 29), index + 1);
      return [
        day,
        risingFrom(
          own,
          usual.map((one) => one.own),
        ),
      ];
    }),
  );
}
