import { HOUR_MS, type Instant } from '../calendar.ts';
import { isExpired } from '../evidence/attribute-digests.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PlacedDelivery } from '../evidence/place.ts';
import type { DestinationHistory } from '../history.ts';
import { inEachPlace, type Promise } from '../promise.ts';

/** By the replayed clock: a machine that slept meanwhile has leapt over more. */
const AWAKE_MS = 2 * HOUR_MS;

export const LATE: Promise = {
  figure: 'late',
  sentence: 'What is due comes within a minute, as soon as nothing is in the way any more.',
  check: inEachPlace((evidence, { destination, debts, deliveries }) => [
    ...debts.flatMap(({ what, cameAt, deadline }) => {
      if (cameAt === undefined || cameAt <= deadline) return [];
      return [`${what}, ${describe(evidence, cameAt - deadline, deadline)}`];
    }),
    ...deliveries.flatMap(({ id, firstAt, attribution, isInstant, before }) => {
      if (attribution === undefined || isInstant !== 'no') return [];
      const { slot, since } = attribution;
      if (isExpired(evidence, destination, { slot, firstAt }))
        return [`delivery ${id} of a slot that was a day old`];
      const startsBy = evidence.deadlines.startOf(slot, destination);
      const isJudged = slot === since && wasFree(evidence, destination, { slot, firstAt, before });
      return isJudged && firstAt > startsBy
        ? [`delivery ${id}, ${describe(evidence, firstAt - startsBy, startsBy)}`]
        : [];
    }),
  ]),
};

function describe({ history }: Evidence, ms: number, deadline: Instant): string {
  return `${Math.round(ms / 1000)} s after ${new Date(history.timeline.virtualAt(deadline)).toISOString()}`;
}

/** Whether nothing but the bot decided when a digest began: no sleep, no other delivery, no opening. */
function wasFree(
  { history: { timeline } }: Evidence,
  { kind }: DestinationHistory,
  { slot, firstAt, before }: Pick<PlacedDelivery, 'firstAt' | 'before'> & { readonly slot: Instant },
): boolean {
  const waited = timeline.virtualAt(firstAt) - slot;
  return kind !== 'dm' && waited <= AWAKE_MS && (before.at(-1)?.at ?? 0) < timeline.realAt(slot);
}
