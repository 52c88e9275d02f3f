import { WHY_TEXTS } from '../../src/discord/texts/why-texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import type { ExplainedPart, Explanation } from '../../src/topics/paper-search.ts';
import { printQuery } from '../../src/topics/query/print-query.ts';
import type { Query } from '../../src/topics/query/query.ts';
import { queryCode } from '../subscribe/topic-label.ts';

const PARTS = 8;

/** By which words a topic matches a paper, or what is missing. */
export function explainMatch(
  query: Query,
  { matches, parts }: Explanation,
  { paper, subscription }: { readonly paper: Paper; readonly subscription: Subscription },
): string {
  const excluded = excludedLeaves(query);
  const wanted = parts.filter((_, index) => excluded[index] === false);
  if (matches) {
    const { minUpvotes } = subscription;
    const held = paper.upvotes < minUpvotes ? `; ${WHY_TEXTS.threshold(minUpvotes, paper.upvotes)}` : '';
    return matchedBy(query, wanted) + held;
  }
  const missing = wanted.filter((part) => !part.matches);
  const unwanted = parts.filter((part, index) => excluded[index] === true && part.matches);
  return [
    ...(missing.length > 0 ? [WHY_TEXTS.missing(listParts(missing))] : []),
    ...(unwanted.length > 0 ? [WHY_TEXTS.excluded(listParts(unwanted))] : []),
  ].join('; ');
}

function matchedBy(query: Query, wanted: readonly ExplainedPart[]): string {
  if (query.kind === 'every') return WHY_TEXTS.everyPaper;
  const found = wanted.filter((part) => part.matches);
  return found.length === 0 ? WHY_TEXTS.matches : WHY_TEXTS.matchesBy(listParts(found));
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
