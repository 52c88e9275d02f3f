import type { AuditContext } from './audit-context.ts';
import type { SeenDelivery } from './deliveries.ts';
import type { PostedMessage, Report, Settings } from './history.ts';

/**
 * A mention comes first, then newer list days, then more votes, and messages in the order of their plan. A forum shows
 * the latest post on top: its posts come the other way round.
 */
export function checkOrder(
  { papers }: AuditContext,
  { id, messages }: SeenDelivery,
  isForum: boolean,
  report: Report,
): void {
  if (messages.slice(1).some((message) => message.papers.length === 0)) {
    report('out_of_order', `a message without papers comes late in ${id}`);
  }
  const steps = messages.filter((message) => message.papers.length > 0).map(({ step }) => step);
  if (steps.some((step, index) => index > 0 && step <= (steps[index - 1] ?? -1))) {
    report('out_of_order', `messages of ${id}: ${steps.join()}`);
  }
  const fromTheTop = isForum ? messages.toReversed() : messages;
  const shown = fromTheTop.flatMap(papersAsSent);
  for (const [index, paper] of shown.entries()) {
    const before = shown[index - 1];
    if (before === undefined) continue;
    const [day, dayBefore] = [paper.id, before.id].map((one) => onlyDay(papers.get(one)?.sightings ?? []));
    if (day === undefined || dayBefore === undefined) continue;
    if (day === dayBefore && (paper.upvotes === 'edited' || before.upvotes === 'edited')) continue;
    const isRight = day !== dayBefore ? day < dayBefore : Number(paper.upvotes) <= Number(before.upvotes);
    if (!isRight) report('out_of_order', `${paper.id} after ${before.id} in ${id}`);
  }
}

/** With the votes by which they were put in order, which an edit has replaced. */
function papersAsSent({ papers, edits }: PostedMessage) {
  const isEdited = edits.some(({ isTaken }) => isTaken);
  return papers.map(({ id, upvotes = 0 }) => ({ id, upvotes: isEdited ? ('edited' as const) : upvotes }));
}

/** The list day of a paper that was ever seen on one only. */
function onlyDay(sightings: readonly { readonly listDay: string }[]): string | undefined {
  const [first] = sightings;
  return sightings.every(({ listDay }) => listDay === first?.listDay) ? first?.listDay : undefined;
}

/** In a forum each of the first `max` papers has a post of its own; those over it share the posts before these. */
export function checkForm(
  { id, messages }: SeenDelivery,
  possible: readonly Settings[],
  report: Report,
): void {
  if (possible.length === 0) return;
  const least = Math.min(...possible.map(({ max }) => max));
  const most = Math.max(...possible.map(({ max }) => max));
  for (const { step, papers } of messages) {
    const early = papers.filter(({ number }) => number !== undefined && number <= least);
    if (papers.length !== 1 && early.length > 0)
      report('wrong_form', `${early.length} of the best in post ${step} of ${id}`);
  }
  const alone = messages.filter(({ papers }) => papers.length === 1);
  // One over the most may be alone.
  if (alone.length > most + 1) report('wrong_form', `${alone.length} papers have posts in ${id}`);
}
