import type { AuditContext } from './audit-context.ts';
import type { SeenDelivery } from './deliveries.ts';
import type { Report, Settings } from './history.ts';

/** A mention comes first, then newer list days, then more votes, and messages in the order of their plan. */
export function checkOrder({ papers }: AuditContext, { id, messages }: SeenDelivery, report: Report): void {
  if (messages.slice(1).some((message) => message.papers.length === 0)) {
    report('out_of_order', `a message without papers comes late in ${id}`);
  }
  const steps = messages.filter((message) => message.papers.length > 0).map(({ step }) => step);
  if (steps.some((step, index) => index > 0 && step <= (steps[index - 1] ?? -1))) {
    report('out_of_order', `messages of ${id}: ${steps.join()}`);
  }
  const shown = messages.flatMap((message) => message.papers);
  for (const [index, paper] of shown.entries()) {
    const before = shown[index - 1];
    if (before === undefined) continue;
    const [day, dayBefore] = [paper.id, before.id].map((one) => onlyDay(papers.get(one)?.sightings ?? []));
    if (day === undefined || dayBefore === undefined) continue;
    const isRight = day !== dayBefore ? day < dayBefore : (paper.upvotes ?? 0) <= (before.upvotes ?? 0);
    if (!isRight) report('out_of_order', `${paper.id} after ${before.id} in ${id}`);
  }
}

/** The list day of a paper that was ever seen on one only. */
function onlyDay(sightings: readonly { readonly listDay: string }[]): string | undefined {
  const [first] = sightings;
  return sightings.every(({ listDay }) => listDay === first?.listDay) ? first?.listDay : undefined;
}

/** In a forum each of the first `max` papers has a post of its own; those over it share the posts that follow. */
export function checkForm(
  { id, messages }: SeenDelivery,
  possible: readonly Settings[],
  report: Report,
): void {
  if (possible.length === 0) return;
  const least = Math.min(...possible.map(({ max }) => max));
  const most = Math.max(...possible.map(({ max }) => max));
  for (const { step, papers } of messages) {
    if (step < least && papers.length !== 1)
      report('wrong_form', `${papers.length} papers in post ${step} of ${id}`);
  }
  const alone = messages.filter(({ step, papers }) => step >= most && papers.length === 1);
  if (alone.length > 1) report('wrong_form', `${alone.length} papers over the most have posts in ${id}`);
}
