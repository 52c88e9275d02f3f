import type { Day } from '../../calendar/zoned-time.ts';
import { formatDay } from './digest-texts.ts';

const matches = (count: number): string => (count === 1 ? '1 match' : `${count} matches`);

/** The words of everything that finds papers. Queries come as code or escaped. */
export const SEARCH_TEXTS = {
  title: (query: string) => `Search: ${query}`,
  nothing: (query: string) =>
    `Nothing was found for ${query}. Try fewer or other words, or an author’s name as \`author:"Tri Dao"\`.`,
  searchedInstead: (query: string, instead: string) =>
    `Nothing was found for ${query}. Searched for ${instead} instead.`,
  didYouMean: (query: string, count: number) => `Did you mean ${query}? (${matches(count)})`,
  searchMeant: 'Search for that',
  follow: (perWeek: number) =>
    perWeek < 1 ? 'Follow · fewer than one a week' : `Follow · about ${Math.round(perWeek)} a week`,
  strict: (count: number) => `**${count === 1 ? '1 paper matches' : `${count} papers match`}**`,
  close: '**Close matches**',
  beyond: '**Also on Hugging Face**',
  sourceFailed: 'Hugging Face’s own search isn’t available right now. These results are from the archive.',
  page: (page: number, pages: number, sort: string) => `Page ${page} of ${pages} · by ${sort}`,
  sorts: { relevance: 'relevance', newest: 'newest first', upvotes: 'upvotes' },
  listed: (day: Day) => `${formatDay(day)} ${day.slice(0, 4)}`,
  notListed: (day: Day) => `not in the daily list, arXiv ${day}`,
  lastDays: (days: number, day: Day) => `The last ${days} days (since ${day})`,
  thisYear: (year: string) => `This year (${year})`,
  suggestedAuthor: (name: string) => `Author: ${name}`,
  suggestedKeyword: (keyword: string) => `Keyword: ${keyword}`,
  trending: {
    day: 'Most upvoted of',
    week: 'Most upvoted of 7 days, since',
    month: 'Most upvoted of 30 days, since',
  },
  similar: 'Similar',
  similarTo: (title: string) => `Papers like “${title}”`,
  nothingSimilar: 'The archive has no paper that is like this one.',
  noLinks: 'There is no link to a paper on arXiv or Hugging Face in that message.',
  notFound: (ids: readonly string[]) =>
    `Not found on Hugging Face: ${ids.map((id) => `\`${id}\``).join(', ')}.`,
  moreLinks: (count: number) => `The message links to ${count} more; these are the first.`,
} as const;
