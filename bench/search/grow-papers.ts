import { addDays } from '../../src/calendar/zoned-time.ts';
import type { Paper } from '../../src/papers/paper.ts';

export const GROWN_PAPERS = 100_000;
const IDS_A_MONTH = 100_000;

/**
 * So many papers of some: those themselves, then new ones, each made of two of them. It has the title's first half of
 * one and the second half of the other, every other sentence and keyword of each, the authors and the rest of the
 * first, a fresh id, and a name before its colon that is half of each name. Which two are put together is by the number
 * of the paper alone.
 */
export function* growPapers(papers: readonly Paper[], most: number): Generator<Paper> {
  for (let number = 0; number < most; number += 1) {
    const paper = papers[number % papers.length];
    const copy = Math.floor(number / papers.length);
    // Another one in each copy.
    const other = papers[(number * 7 + copy * 1009) % papers.length];
    if (paper === undefined || other === undefined) return;
    yield copy === 0 ? paper : combine(paper, other, number);
  }
}

function combine(paper: Paper, other: Paper, number: number): Paper {
  return {
    ...paper,
    id: `${5000 + Math.floor(number / IDS_A_MONTH)}.${String(number % IDS_A_MONTH).padStart(5, '0')}`,
    title: combineTitles(paper.title, other.title),
    abstract: takeInTurn(sentencesOf(paper.abstract), sentencesOf(other.abstract)).join(' '),
    keywords: takeInTurn(paper.keywords, other.keywords),
    publishedOn: addDays(paper.publishedOn, -number % 7),
  };
}

function combineTitles(title: string, other: string): string {
  const [name, rest] = parseTitle(title);
  const [otherName, otherRest] = parseTitle(other);
  const half = combineHalves(rest.split(' '), otherRest.split(' ')).join(' ');
  if (name === undefined) return half;
  const [firstWord = ''] = otherRest.split(' ');
  return `${combineHalves(Array.from(name), Array.from(otherName ?? firstWord)).join('')}: ${half}`;
}

/** What stands before the first colon, if one does, and the rest. */
function parseTitle(title: string): readonly [string | undefined, string] {
  const at = title.indexOf(': ');
  return at === -1 ? [undefined, title] : [title.slice(0, at), title.slice(at + 2)];
}

function combineHalves(first: readonly string[], second: readonly string[]): readonly string[] {
  return [...first.slice(0, Math.ceil(first.length / 2)), ...second.slice(Math.floor(second.length / 2))];
}

function sentencesOf(text: string): readonly string[] {
  return text.split(/(?<=[.!?]) /);
}

/** The items at even places of the first, and at odd places of the second. */
function takeInTurn(first: readonly string[], second: readonly string[]): readonly string[] {
  const longest = Math.max(first.length, second.length);
  return Array.from({ length: longest }, (_, at) => (at % 2 === 0 ? first[at] : second[at])).filter(
    (item) => item !== undefined,
  );
}
