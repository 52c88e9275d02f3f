import type { Paper } from '../../src/papers/paper.ts';
import type { Query, Term, TextField } from '../../src/topics/query/query.ts';

/** The words of each text of a paper: a list of texts a field. */
type Texts = Readonly<Record<TextField | 'summary', readonly (readonly string[])[]>>;

const ANYWHERE = ['title', 'abstract', 'summary', 'keyword', 'author', 'org'] as const;
const PROSE = ['title', 'abstract', 'summary', 'keyword'] as const;

/** What a query means, slowly and plainly: every word of every text is looked at. */
export function createReferenceMatcher(formsOf: (word: string) => readonly string[]) {
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

  return function matches(query: Query, paper: Paper): boolean {
    if (query.kind === 'every') return true;
    if (query.kind === 'and') return query.parts.every((part) => matches(part, paper));
    if (query.kind === 'or') return query.parts.some((part) => matches(part, paper));
    if (query.kind === 'not') return !matches(query.part, paper);
    if (query.kind === 'code') return (paper.code !== undefined) === query.has;
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
