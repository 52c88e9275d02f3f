import type { Instant } from '../calendar.ts';
import type { DestinationHistory } from '../history.ts';
import type { AuditContext } from './context.ts';
import type { SeenDelivery } from './deliveries.ts';
import { mayBeRefused } from './refusals.ts';
import { listReigns, reignsWithin } from './reigns.ts';
import { possibleKnowledge } from './sightings.ts';

/** Real: from the plan of a delivery to its first message. */
const LONGEST_WAIT_MS = 60_000;

/**
 * With the rest hidden, `max` papers at a time pass over all others that they may have been chosen from; gives when. One
 * that was refused was among them too.
 */
export function findPassedOver(
  { papers, history }: AuditContext,
  destination: DestinationHistory,
  deliveries: readonly SeenDelivery[],
): ReadonlyMap<string, Instant> {
  const reigns = listReigns(destination);
  const passedOver = new Map<string, Instant>();
  for (const delivery of deliveries) {
    const last = delivery.messages.at(-1)?.at ?? delivery.firstAt;
    const hiding = reignsWithin(reigns, delivery.firstAt - LONGEST_WAIT_MS, last).flatMap(({ settings }) =>
      settings?.rest === 'hide' ? [settings.max] : [],
    );
    const shown = delivery.messages.flatMap((message) => message.papers).map(({ id }) => id);
    const refused = [...papers.keys()].filter(
      (paperId) => !shown.includes(paperId) && mayBeRefused(history, destination, { paperId, by: last }),
    );
    if (hiding.length === 0 || shown.length + refused.length < Math.min(...hiding)) continue;
    for (const paper of papers.values()) {
      if (passedOver.has(paper.id) || possibleKnowledge(paper, last) === undefined) continue;
      passedOver.set(paper.id, last);
    }
  }
  return passedOver;
}
