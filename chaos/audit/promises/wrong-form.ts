import type { Evidence } from '../evidence/evidence.ts';
import type { PlacedDelivery, PlaceEvidence } from '../evidence/place.ts';
import { isAsPlanned, isDisturbed, isWhole } from '../evidence/whole.ts';
import type { Settings } from '../history.ts';
import { wasSplit } from '../evidence/refusals.ts';
import { inEachPlace, type Promise } from '../promise.ts';

export const WRONG_FORM: Promise = {
  figure: 'wrong_form',
  sentence:
    'Papers come in the style that was chosen: so many cards, then lines or nothing; a thread for each, or a post.',
  check: inEachPlace((evidence, place) =>
    place.deliveries.flatMap((delivery) => [
      ...(isJudgedAsForum(evidence, place, delivery) ? judgePosts(delivery) : []),
      ...judgeStyle(evidence, place, delivery),
    ]),
  ),
};

function isJudgedAsForum(
  { history }: Evidence,
  { destination }: PlaceEvidence,
  delivery: PlacedDelivery,
): boolean {
  return destination.kind === 'forum' && !wasSplit(history, destination, delivery);
}

/** On a forum each of the best papers has a post of its own. */
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

/** Where it is sure which settings held. */
function judgeStyle(evidence: Evidence, place: PlaceEvidence, delivery: PlacedDelivery): readonly string[] {
  const { id, messages } = delivery;
  const [settings, ...others] = new Map(
    delivery.settings.map((one) => [`${one.style} ${one.max} ${one.rest}`, one]),
  ).values();
  if (settings === undefined || others.length > 0 || !isAsPlanned(evidence, place, delivery)) return [];
  const { style, max, rest } = settings;
  const isForum = place.destination.kind === 'forum';
  const look = style === 'embeds' ? 'embeds' : 'layout';
  const cards = style === 'compact' && !isForum ? 0 : max;
  const withPapers = messages.filter(({ papers }) => papers.length > 0);
  const shown = (isForum ? withPapers.toReversed() : withPapers).flatMap(({ papers }) => papers);
  const wrong = shown.filter(({ form }, index) => form !== (index < cards ? 'card' : 'line'));
  return [
    ...(wrong.length > 0 ? [`${wrong.map((one) => `${one.id} as a ${one.form}`).join()} in ${id}`] : []),
    ...(rest === 'hide' && shown.length > max
      ? [`${shown.length} papers in ${id}, of which ${max} fit`]
      : []),
    ...withPapers
      .filter((message) => message.look !== look)
      .map((message) => `${message.look} in place of ${look} in ${id}`),
    ...judgeThreads(evidence, place, { delivery, settings }),
  ];
}

/** Each card has a thread, in that style alone. */
function judgeThreads(
  evidence: Evidence,
  place: PlaceEvidence,
  { delivery, settings }: { readonly delivery: PlacedDelivery; readonly settings: Settings },
): readonly string[] {
  const { destination } = place;
  const { id, messages } = delivery;
  if (destination.kind === 'forum') return [];
  const hasThreads = settings.style === 'threads' && destination.kind === 'text';
  return messages.flatMap(({ at, papers, thread, step }) => {
    const isDue = hasThreads && papers.some(({ form }) => form === 'card');
    if (isDue && papers.length > 1) return [`${papers.length} papers in step ${step} of ${id}`];
    if (isDue === (thread !== undefined)) return [];
    // A thread is an extra: where anything is wrong it may be missing.
    const isExcused =
      isDue &&
      (isDisturbed(evidence, destination, { from: at - 2_000, to: at + 15_000 }) ||
        !isWhole(evidence, place, delivery));
    return isExcused ? [] : [`${isDue ? 'no' : 'a'} thread of step ${step} of ${id}`];
  });
}
