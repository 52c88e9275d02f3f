import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import type { ExplainedPart, Explanation } from '../../src/topics/paper-search.ts';
import { printQuery, type Query } from '../../src/topics/query/query.ts';
import { queryCode } from '../subscribe/topic-label.ts';

const PARTS = 8;

/** By which words a topic matches a paper, or what is missing. */
export function explainMatch(
  query: Query,
  { matches, parts }: Explanation,
  about: { readonly paper: Paper; readonly subscription: Subscription; readonly texts: Texts },
): string {
  const { paper, subscription, texts } = about;
  const { missing, excluded, threshold } = texts.why;
  const isExcluded = excludedLeaves(query);
  const wanted = parts.filter((_, index) => isExcluded[index] === false);
  if (matches) {
    const { minUpvotes } = subscription;
    const held = paper.upvotes < minUpvotes ? `; ${threshold(minUpvotes, paper.upvotes)}` : '';
    return matchedBy(query, wanted, texts) + held;
  }
  if (query.kind === 'like') return texts.why.unlike;
  const absent = wanted.filter((part) => !part.matches);
  const unwanted = parts.filter((part, index) => isExcluded[index] === true && part.matches);
  return [
    ...(absent.length > 0 ? [missing(absent.length, listParts(absent))] : []),
    ...(unwanted.length > 0 ? [excluded(unwanted.length, listParts(unwanted))] : []),
  ].join('; ');
}

function matchedBy(query: Query, wanted: readonly ExplainedPart[], { why }: Texts): string {
  if (query.kind === 'every') return why.everyPaper;
  if (query.kind === 'like') return why.likeBy(listWords(wanted));
  const found = wanted.filter((part) => part.matches);
  return found.length === 0 ? why.matches : why.matchesBy(listParts(found));
}

function listWords(parts: readonly ExplainedPart[]): string {
  return parts
    .flatMap(({ words = [] }) => words)
    .map((word) => queryCode(word, 60))
    .join(', ');
}

function listParts(parts: readonly ExplainedPart[]): string {
  const shown = parts.slice(0, PARTS).map(({ part }) => queryCode(printQuery(part), 60));
  return parts.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ');
}

/** For each leaf in the order of `leavesOf`, whether the query excludes it. */
function excludedLeaves(query: Query, isExcluded = false): readonly boolean[] {
  if (query.kind === 'every') return [];
  if (query.kind === 'not') return excludedLeaves(query.part, !isExcluded);
  if (query.kind === 'and' || query.kind === 'or') {
    return query.parts.flatMap((part) => excludedLeaves(part, isExcluded));
  }
  return [isExcluded];
}
