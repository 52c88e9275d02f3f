import type { PlacedDelivery } from '../evidence/place.ts';
import { wasSplit } from '../evidence/refusals.ts';
import { inEachPlace, type Promise } from '../promise.ts';

export const WRONG_FORM: Promise = {
  figure: 'wrong_form',
  sentence: 'On a forum each of the best papers has a post of its own, and those over the most share one.',
  check: inEachPlace(({ history }, { destination, deliveries }) =>
    destination.kind === 'forum'
      ? deliveries.filter((delivery) => !wasSplit(history, destination, delivery)).flatMap(judgePosts)
      : [],
  ),
};

function judgePosts({ id, messages, settings }: PlacedDelivery): readonly string[] {
  if (settings.length === 0) return [];
  const least = Math.min(...settings.map(({ max }) => max));
  const most = Math.max(...settings.map(({ max }) => max));
  const shared = messages.flatMap(({ step, papers }) => {
    const early = papers.filter(({ number }) => number !== undefined && number <= least);
    return papers.length !== 1 && early.length > 0
      ? [`${early.length} of the best in post ${step} of ${id}`]
      : [];
  });
  const alone = messages.filter(({ papers }) => papers.length === 1);
  // One over the most may be alone.
  return alone.length > most + 1 ? [...shared, `${alone.length} papers have posts in ${id}`] : shared;
}
