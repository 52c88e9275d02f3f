import { isBlurred, mostAhead } from '../evidence/wrong-clock.ts';
import { inEachPlace, type Promise } from '../promise.ts';
import { PATIENCE_MS } from '../rules.ts';

export const STALE: Promise = {
  figure: 'stale',
  sentence: 'A digest is made of what Hugging Face lists at its slot, or two hours later of what is known.',
  check: inEachPlace(({ history, deadlines }, { deliveries }) =>
    deliveries.flatMap(({ id, firstAt, attribution, isSample, isInstant }) => {
      if (attribution === undefined || isSample || isInstant !== 'no') return [];
      if (isBlurred(history, attribution.slot)) return [];
      const waited = history.timeline.virtualAt(firstAt) + mostAhead(history, firstAt) - attribution.slot;
      const isStale = waited < PATIENCE_MS && deadlines.collectedFor(attribution.slot) > firstAt;
      return isStale ? [`delivery ${id} without a collection for its slot`] : [];
    }),
  ),
};
