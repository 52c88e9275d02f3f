import type { Random } from '../../src/calendar/clock.ts';
import { isWeekend, type ListDay, listDayAt, listDayEnd, listDayStart } from '../../src/calendar/list-day.ts';
import { addDays, HOUR_MS, type Instant } from '../../src/calendar/zoned-time.ts';
import { makeUpItem } from '../paper-days.ts';
import { pickNumber } from '../random.ts';
import type { Item } from '../schema.ts';

interface YearPaper {
  readonly item: Item;
  readonly day: ListDay;
  readonly listedAt: Instant;
  /** When it has a hundred votes more than at first, if ever. */
  readonly hitAt: Instant;
}

/** Days of the month without papers, whatever day of the week they are. */
const HOLIDAYS = new Set(['12-24', '12-25', '12-26', '12-31', '01-01', '05-01', '07-04']);
const FEWEST = 6;
const MOST = 14;
const LATE_SHARE = 0.05;
const HIT_SHARE = 0.03;
const HIT_VOTES = 100;
/** Lists of so many days are served. */
const SERVED_DAYS = 40;

/** The lists of a year, as Hugging Face has them at an instant. */
export interface YearOfPapers {
  readonly count: number;
  listsAt(now: Instant): ReadonlyMap<ListDay, readonly Item[]>;
}

export function makeUpYear(first: ListDay, last: ListDay, random: Random): YearOfPapers {
  const papers: YearPaper[] = [];
  for (let day = first; day <= last; day = addDays(day, 1)) {
    if (isWeekend(day) || HOLIDAYS.has(day.slice(5))) continue;
    const count = pickNumber(random, FEWEST, MOST);
    for (let index = 1; index <= count; index += 1) papers.push(schedule(day, index, random));
  }
  const byDay = Map.groupBy(papers, ({ day }) => day);
  return {
    count: papers.length,
    listsAt(now) {
      const today = listDayAt(now);
      const lists = new Map<ListDay, readonly Item[]>();
      for (let back = 0; back <= SERVED_DAYS; back += 1) {
        const day = addDays(today, -back);
        const listed = (byDay.get(day) ?? []).filter(({ listedAt }) => listedAt <= now);
        // What is older is not served any more: nobody asks for it.
        lists.set(day, back === SERVED_DAYS ? [] : listed.map((paper) => show(paper, now)));
      }
      return lists;
    },
  };
}

/** Most are listed in the first hours of their day, some after its end. */
function schedule(day: ListDay, index: number, random: Random): YearPaper {
  const start = listDayStart(day);
  const length = listDayEnd(day) - start;
  const share = random() < LATE_SHARE ? 1 + random() * 0.3 : random() * 0.3;
  const listedAt = Math.floor(start + share * length);
  const hitAt = random() < HIT_SHARE ? listedAt + pickNumber(random, 2, 30) * HOUR_MS : Infinity;
  return { item: makeUpItem(day, index, random), day, listedAt, hitAt };
}

function show({ item, day, hitAt }: YearPaper, now: Instant): Item {
  const upvotes = item.paper.upvotes + (hitAt <= now ? HIT_VOTES : 0);
  return { ...item, paper: { ...item.paper, upvotes, submittedOnDailyAt: `${day}T00:00:00.000Z` } };
}
