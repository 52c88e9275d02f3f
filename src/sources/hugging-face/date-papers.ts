import type { ListDay } from '../../calendar/list-day.ts';
import { addDays } from '../../calendar/zoned-time.ts';
import type { Paper } from '../../papers/paper.ts';

/**
 * A paper counts for the later of the day whose list it is in and its own: lists name some papers again, and some that come
 * the day after. Where no paper of the list has the day that was asked for, it is the list of another day, out of a cache,
 * and each keeps its own.
 */
export function dateListed(papers: readonly Paper[], asked: ListDay, today: ListDay): readonly Paper[] {
  const next = addDays(asked, 1);
  const dated = papers.map((paper) => withPossibleDay(paper, next > today ? next : today));
  const isOfDay = dated.some(({ listDay }) => listDay === asked);
  return dated.map((paper) => {
    const { listDay = asked } = paper;
    return { ...paper, listDay: isOfDay && listDay < asked ? asked : listDay };
  });
}

/** The paper without its list day where that is later than `latest`. */
export function withPossibleDay(paper: Paper, latest: ListDay): Paper {
  const { listDay, ...undated } = paper;
  return listDay !== undefined && listDay > latest ? undated : paper;
}
