import { isExpired } from '../evidence/attribute-digests.ts';
import { inEachPlace, type Promise } from '../promise.ts';

export const LATE: Promise = {
  figure: 'late',
  sentence: 'What is due comes within a minute, as soon as nothing is in the way any more.',
  check: inEachPlace((evidence, { destination, debts, deliveries }) => [
    ...debts.flatMap(({ what, cameAt, deadline }) => {
      if (cameAt === undefined || cameAt <= deadline) return [];
      const due = new Date(evidence.history.timeline.virtualAt(deadline)).toISOString();
      return [`${what}, ${Math.round((cameAt - deadline) / 1000)} s after ${due}`];
    }),
    ...deliveries.flatMap(({ id, firstAt, attribution, isInstant }) => {
      if (attribution === undefined || isInstant !== 'no') return [];
      const isOld = isExpired(evidence, destination, { slot: attribution.slot, firstAt });
      return isOld ? [`delivery ${id} of a slot that was a day old`] : [];
    }),
  ]),
};
