import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../calendar.ts';
import type { DestinationHistory } from '../history.ts';
import type { AuditContext } from './context.ts';
import type { Claim } from './debts.ts';
import { EVENTS, hasCome, listPaperReigns, nameNews, type PaperReign } from './followed-papers.ts';
import { hasRefusedWithin } from './refusals.ts';
import { listReigns, reignsWithin } from './reigns.ts';
import { KEPT_WITHIN_MS, type SeenPaper } from './sightings.ts';

/** By the replayed clock: how long a place that refused is left alone, and how much later that may be written down. */
const LEFT_ALONE_MS = { dm: DAY_MS, text: HOUR_MS, forum: HOUR_MS };
const WRITTEN_DOWN_MS = 10 * MINUTE_MS;

/** The news of followed papers that had to be told. */
export function listNewsDebts(context: AuditContext, destination: DestinationHistory): readonly Claim[] {
  const debts = new Map<string, Claim>();
  for (const reign of listPaperReigns(destination)) {
    const paper = context.papers.get(reign.paperId);
    if (paper === undefined) continue;
    for (const event of EVENTS) {
      const what = nameNews(paper.id, event);
      const deadline = findDeadline(context, destination, { reign, paper, event });
      if (deadline !== undefined && !debts.has(what))
        debts.set(what, { what, from: reign.possibleFrom, deadline });
    }
  }
  return [...debts.values()];
}

interface Question {
  readonly reign: PaperReign;
  readonly paper: SeenPaper;
  readonly event: string;
}

/** From the first collection on that shows it and that nothing excuses; undefined where there is none. */
function findDeadline(
  context: AuditContext,
  destination: DestinationHistory,
  { reign, paper, event }: Question,
): Instant | undefined {
  const showing = paper.sightings.filter((sighting) => hasCome(event, sighting));
  // What may have been known when the paper was followed need not be told.
  if (showing.some(({ at }) => at <= reign.sureFrom)) return undefined;
  for (const { sureAt: from } of showing) {
    if (from > reign.sureTo || from === Infinity) continue;
    const deadline = context.deadlines.after(from, destination);
    if (!isExcused(context, destination, { reign, from, deadline })) return deadline;
  }
  return undefined;
}

function isExcused(
  { history, countsUntil }: AuditContext,
  destination: DestinationHistory,
  {
    reign,
    from,
    deadline,
  }: { readonly reign: PaperReign; readonly from: Instant; readonly deadline: Instant },
): boolean {
  const end = Math.min(countsUntil, destination.deletedAt ?? Infinity, reign.sureTo);
  if (deadline > end || deadline === Infinity) return true;
  if (history.archiveLostAt.some((at) => at > from - KEPT_WITHIN_MS && at <= deadline)) return true;
  // A pause holds news back, and what stops a digest may stop a notice.
  const held = reignsWithin(listReigns(destination), from, deadline);
  const isHeldBack = held.some(
    ({ settings, isBreak, possibleFrom }) => settings?.isPaused === true || (isBreak && possibleFrom >= from),
  );
  const virtualMs = LEFT_ALONE_MS[destination.kind] + WRITTEN_DOWN_MS;
  return isHeldBack || hasRefusedWithin(history, destination, { at: from, virtualMs });
}
