import { readFileSync } from 'node:fs';
import { isWeekend, type ListDay } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import type { RawItem } from './server.ts';

/** Days before this one are served as what they are, later ones as the weekdays just before the demo. */
const RECENT_SINCE = '2026-04-29';
const FILE = new URL('known-papers.tsv', import.meta.url);

interface KnownPaper {
  /** Undefined for a paper that was never listed. */
  readonly listedOn: ListDay | undefined;
  buildItem(day: ListDay | undefined): RawItem;
}

/** Real papers, by their facts alone: the list days before `day`, and papers that only a search or a look-up finds. */
export function buildKnownPapers(day: ListDay): {
  readonly days: ReadonlyMap<ListDay, readonly RawItem[]>;
  readonly unlisted: readonly RawItem[];
} {
  const days = new Map<ListDay, RawItem[]>();
  const unlisted: RawItem[] = [];
  const movedTo = moveRecentDays(day);
  for (const { listedOn, buildItem } of readKnownPapers()) {
    if (listedOn === undefined) {
      unlisted.push(buildItem(undefined));
      continue;
    }
    const shown = movedTo(listedOn);
    days.set(shown, [...(days.get(shown) ?? []), buildItem(shown)]);
  }
  return { days, unlisted };
}

/** Each recent day, newest first, becomes the next weekday before `day`. */
function moveRecentDays(day: ListDay): (listedOn: ListDay) => ListDay {
  const moved = new Map<ListDay, ListDay>();
  let last = day;
  return (listedOn) => {
    if (listedOn < RECENT_SINCE) return listedOn;
    const known = moved.get(listedOn);
    if (known !== undefined) return known;
    do last = addDays(last, -1);
    while (isWeekend(last));
    moved.set(listedOn, last);
    return last;
  };
}

/** A line each, the newest list day first, with tabs between the facts; the first line names them. */
function readKnownPapers(): readonly KnownPaper[] {
  const [, ...lines] = readFileSync(FILE, 'utf8').trimEnd().split('\n');
  return lines.map((line) => parseKnownPaper(line.split('\t')));
}

function parseKnownPaper(facts: readonly string[]): KnownPaper {
  const [listed, id = '', published = '', upvotes, comments, code, stars, slug, organization] = facts;
  const [authors = '', title = ''] = facts.slice(9);
  const paper = {
    id,
    title,
    summary: '',
    authors: authors.split('; ').map((name) => ({ name, hidden: false })),
    publishedAt: `${published}T00:00:00.000Z`,
    upvotes: Number(upvotes),
    ...(slug ? { organization: { name: slug, fullname: organization } } : {}),
    ...(code ? { githubRepo: `https://github.com/${code}`, githubStars: Number(stars) } : {}),
  };
  return {
    listedOn: listed || undefined,
    buildItem: (day) => ({
      paper: { ...paper, ...(day && { submittedOnDailyAt: `${day}T00:00:00.000Z` }) },
      numComments: Number(comments),
    }),
  };
}
