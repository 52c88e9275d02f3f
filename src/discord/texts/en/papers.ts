import type { Day } from '../../../calendar/zoned-time.ts';
import { count, formatDay, formatFullDay, quoted } from './phrases.ts';

/** Of buttons below any answer. */
export const PAGES = {
  page: (page: number, pages: number) => `Page ${page} of ${pages}`,
  previous: 'Previous',
  next: 'Next',
  showToChannel: 'Show to channel',
  cancel: 'Cancel',
  cancelled: 'Cancelled. Nothing was changed.',
  editAgain: 'Edit again',
};

/** Of papers themselves: cards, lists and digests. What is zero is an empty text, which is left out. */
export const PAPERS = {
  untitled: 'Untitled',
  /** The mark and the number stay on one line. */
  votes: (amount: number) => (amount > 0 ? `▲\u00a0${amount}` : ''),
  stars: (amount: number) => (amount > 0 ? `★\u00a0${amount}` : ''),
  comments: (amount: number) => (amount > 0 ? count(amount, 'comment') : ''),
  upvotes: (amount: number) => (amount > 0 ? count(amount, 'upvote') : ''),
  code: 'code',
  andMore: (names: string, more: number) => `${names} and ${more} more`,
  andOthers: (name: string) => `${name} et al.`,
  /** When it came out, and on which list it was. */
  days: (published: Day, listed: Day | undefined) =>
    listed === undefined
      ? `Published ${formatFullDay(published)}`
      : `Published ${formatFullDay(published)} · listed ${formatFullDay(listed)}`,

  dayTitle: (day: Day, papers: number) => `${formatFullDay(day)} · ${count(papers, 'paper')}`,
  latestDay: (day: Day) => `There are no papers for today yet. These are from ${formatFullDay(day)}.`,
  /** While older days are collected in the background. */
  reach: (since: Day) => `I have papers since ${formatFullDay(since)}. Older days are still coming in.`,
  noneOn: (day: Day) => `There are no papers for ${formatFullDay(day)}.`,
  nearestDays: (days: number) =>
    days === 1 ? 'This is the nearest day with papers:' : 'These are the nearest days with papers:',
  noneLately: (period: 'day' | 'week' | 'month') =>
    `There are no papers of the last ${period} yet. This is the latest day with papers:`,
  earlierDay: (day: Day) => `◀ ${formatDay(day)}`,
  laterDay: (day: Day) => `${formatDay(day)} ▶`,
  trending: (papers: number) => `Trending on Hugging Face · ${count(papers, 'paper')}`,
  trendingFailed:
    "Hugging Face isn't answering right now, so I can't say what is trending. These are the most upvoted of the week.",
  mostUpvoted: (period: 'day' | 'week' | 'month', first: Day, papers: number) => {
    const listed = count(papers, 'paper');
    if (period === 'day') return `Most upvoted on ${formatDay(first)} · ${listed}`;
    return `Most upvoted of the ${period} · ${listed} since ${formatDay(first)}`;
  },
  openPaper: 'Open a paper',
  details: 'Details',
  huggingFace: 'Hugging Face',
  arxiv: 'arXiv',
  pdf: 'PDF',
  codeButton: 'Code',
  similar: 'Similar',
  abstract: 'Abstract',
  hideAbstract: 'Hide abstract',
  outline: 'Outline',
  hideOutline: 'Hide outline',
  noOutline: (id: string) =>
    `Hugging Face has no full text of this paper yet. Try [arXiv](https://arxiv.org/abs/${id}).`,
  linked: { models: 'Models', datasets: 'Datasets', spaces: 'Spaces' },
  linkedCount: {
    models: (amount: number) => (amount > 0 ? count(amount, 'model') : ''),
    datasets: (amount: number) => (amount > 0 ? count(amount, 'dataset') : ''),
    spaces: (amount: number) => (amount > 0 ? count(amount, 'Space') : ''),
  },
  similarTo: (title: string) => `Papers like "${title}"`,
  nothingSimilar: 'I found no similar papers.',
  near: 'Did you mean one of these?',
  noneCalled: (text: string) => `I found no paper called exactly ${quoted(text)}.`,
  noLinks: 'I found no link to an arXiv or Hugging Face paper in that message.',
  notFound: (ids: readonly string[]) =>
    `I couldn't find ${ids.map((id) => `\`${id}\``).join(', ')} on Hugging Face.`,
  linkedHere: (papers: number) => `${count(papers, 'paper')} in this message`,
  moreLinks: (shown: number, more: number) =>
    `These are the first ${shown} papers. The message links to ${more} more.`,

  announcement: (top: string, papers: number) =>
    papers === 1 ? `New paper: **${top}**` : `${count(papers, 'new paper')}. Top: **${top}**`,
  topPaper: 'Top paper',
  digest: (newest: Day, papers: number) => `${formatDay(newest)} · ${count(papers, 'paper')}`,
  fromDay: (papers: number, day: Day) => `, ${papers} from ${formatDay(day)}`,
  fromEarlierDays: (papers: number) => `, ${papers} from earlier days`,
  morePapers: (newest: Day, papers: number) => `${formatDay(newest)} · ${count(papers, 'more paper')}`,
};
