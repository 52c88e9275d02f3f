import type { Paper } from '../src/papers/paper.ts';
import { parseQuery } from '../src/topics/query/parse-query.ts';
import { printQuery } from '../src/topics/query/query.ts';

/** What the topics are made of: words and names that stand in one paper. */
interface Material {
  readonly keyword: string;
  readonly author: string;
  readonly word: string;
  readonly next: string;
  /** A word of another paper. */
  readonly other: string;
}

/** The language's forms, in turn. */
const FORMS: readonly ((material: Material) => string)[] = [
  ({ keyword }) => keyword.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' '),
  ({ keyword }) => `"${keyword}"`,
  ({ author }) => `author:"${author}"`,
  ({ word, next }) => `${word} ${next}`,
  ({ word, next }) => `"${word} ${next}"`,
  ({ word, next, other }) => `"${word} ${next}" OR ${other}`,
  ({ keyword, other }) => `"${keyword}" -${other}`,
  ({ word, next }) => `${word} ${next.slice(0, 5)}*`,
  ({ word, keyword }) => `title:${word} OR keyword:"${keyword}"`,
  ({ word, other, keyword }) => `(${word} OR ${other}) "${keyword}" upvotes>=10`,
  ({ author, word }) => `author:"${author}" OR title:${word} code:yes`,
  ({ word, next }) => `${word} -title:${next} since:2025-01-01`,
];
const PRIME = 7_919;
const MOST_TRIES = 20;

/** Distinct topics made from papers, the same ones each time; fewer where the papers do not give as many. */
export function buildTopics(papers: readonly Paper[], count: number): readonly string[] {
  const topics = new Set<string>();
  for (let index = 0; topics.size < count && index < count * MOST_TRIES; index += 1) {
    const material = pickMaterial(papers, index);
    const form = FORMS[index % FORMS.length];
    if (material !== undefined && form !== undefined) topics.add(printQuery(parseQuery(form(material))));
  }
  return [...topics];
}

/** Each round takes other words of each paper. */
function pickMaterial(papers: readonly Paper[], index: number): Material | undefined {
  const paper = pick(papers, index * PRIME);
  const round = Math.floor(index / papers.length);
  const words = wordsOf(paper?.title);
  const [word, next] = [pick(words, round), pick(words, round + 1)];
  const other = pick(wordsOf(pick(papers, index * PRIME + 1 + round)?.title), round);
  const [keyword, author] = [pick(paper?.keywords ?? [], round), pick(paper?.authors ?? [], round)];
  const all = [keyword, author, word, next, other];
  if (all.some((text) => text === undefined || !/\p{L}/u.test(text) || text.includes('"'))) return undefined;
  return {
    keyword: keyword ?? '',
    author: author ?? '',
    word: word ?? '',
    next: next ?? '',
    other: other ?? '',
  };
}

function pick<T>(from: readonly T[], index: number): T | undefined {
  return from[index % Math.max(1, from.length)];
}

function wordsOf(title = ''): readonly string[] {
  return title.match(/\p{L}{4,}/gu) ?? [];
}
