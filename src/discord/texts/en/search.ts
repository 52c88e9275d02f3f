import type { Day } from '../../../calendar/zoned-time.ts';
import { count, formatFullDay } from './phrases.ts';

const SORTS = { relevance: 'by relevance', newest: 'newest first', upvotes: 'most upvoted first' };

function describeRate(perWeek: number): string {
  return perWeek < 1 ? 'less than one a week' : `about ${Math.round(perWeek)} a week`;
}

/** Queries come as code or escaped. */
export const SEARCH = {
  title: (query: string) => `Search: ${query}`,
  nothing: (query: string) =>
    `I found nothing for ${query}. Try fewer or other words, or an author's name: \`author:"Tri Dao"\`.`,
  searchedInstead: (query: string, instead: string) =>
    `I found nothing for ${query}, so I searched for ${instead}.`,
  understood: (query: string) => `Searched for ${query}, as papers are in English.`,
  didYouMean: (query: string, papers: number) =>
    `Did you mean ${query}? (${count(papers, 'match', 'matches')})`,
  showTrending: "What's trending",
  searchMeant: 'Search for that',
  follow: (perWeek: number) => `Follow · ${describeRate(perWeek)}`,
  followInstead: (query: string, perWeek: number) => `Follow ${query} instead · ${describeRate(perWeek)}`,
  sections: { named: '**By this name**', strict: '**Matches**', related: '**Related**' },
  fromSource: 'found by Hugging Face',
  sourceTrouble: {
    failed: "Hugging Face's own search isn't answering right now. These results are from my archive.",
    'too-many':
      "Hugging Face's own search was asked too often in the last five minutes. These results are from my archive.",
  },
  /** Such as `10 matches, 40 related (5 found by Hugging Face) · page 1 of 10 · by relevance`. */
  summary: (
    found: { readonly strict: number; readonly related: number; readonly fromSource: number },
    {
      page,
      pages,
      sort,
    }: { readonly page: number; readonly pages: number; readonly sort: keyof typeof SORTS },
  ) => {
    const source = found.fromSource > 0 ? ` (${found.fromSource} found by Hugging Face)` : '';
    const counts = [
      ...(found.strict > 0 ? [count(found.strict, 'match', 'matches')] : []),
      ...(found.related > 0 ? [`${found.related} related${source}`] : []),
    ];
    const turned = pages > 1 ? [`page ${page} of ${pages}`] : [];
    return [counts.join(', '), ...turned, SORTS[sort]].join(' · ');
  },
  sorts: SORTS,
  listed: formatFullDay,
  notListed: (day: Day) => `not in the daily list, on arXiv since ${formatFullDay(day)}`,
  lastDays: (days: number, day: Day) => `The last ${days} days (since ${day})`,
  thisYear: (year: string) => `This year (${year})`,
  suggestedAuthor: (name: string) => `Author: ${name}`,
  suggestedKeyword: (keyword: string) => `Keyword: ${keyword}`,
};
