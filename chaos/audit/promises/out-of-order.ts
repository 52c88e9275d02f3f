import type { Instant } from '../calendar.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PlacedDelivery, PlaceEvidence } from '../evidence/place.ts';
import { isAsPlanned } from '../evidence/whole.ts';
import { wasSplit } from '../evidence/refusals.ts';
import type { Sighting } from '../evidence/sightings.ts';
import { inEachPlace, type Promise } from '../promise.ts';

/** Real: how long before its first message a digest that comes with a collection may have been planned. */
const PLANNED_MS = 60_000;

export const OUT_OF_ORDER: Promise = {
  figure: 'out_of_order',
  sentence:
    'A mention comes first, then newer list days, then more votes; on a forum the best ends up on top.',
  check: inEachPlace((evidence, place) =>
    place.deliveries.flatMap((delivery) => [
      // What is refused is sent again in its place, under numbers that are new.
      ...(wasSplit(evidence.history, place.destination, delivery) ? [] : judgeMessages(delivery)),
      ...judgePapers(evidence, delivery, place.destination.kind === 'forum'),
      ...judgeNumbers(evidence, place, delivery),
    ]),
  ),
};

/** Messages come in the order of their plan. */
function judgeMessages({ id, messages }: PlacedDelivery): readonly string[] {
  const steps = messages.filter(({ papers }) => papers.length > 0).map(({ step }) => step);
  return [
    ...(messages.slice(1).some(({ papers }) => papers.length === 0)
      ? [`a message without papers comes late in ${id}`]
      : []),
    ...(steps.some((step, index) => index > 0 && step <= (steps[index - 1] ?? -1))
      ? [`messages of ${id}: ${steps.join()}`]
      : []),
  ];
}

/**
 * By the votes that were known when it was planned; a message shows those of when it was sent, or edited. A forum shows
 * the latest post on top: its posts come the other way round.
 */
function judgePapers(evidence: Evidence, delivery: PlacedDelivery, isForum: boolean): readonly string[] {
  const { id, messages } = delivery;
  const fromTheTop = isForum ? messages.toReversed() : messages;
  const plannedFrom = findEarliestPlan(evidence, delivery);
  const shown = fromTheTop.flatMap(({ papers }) =>
    papers.map((paper) => {
      const sightings = evidence.papers.get(paper.id)?.sightings ?? [];
      return {
        id: paper.id,
        day: onlyDay(sightings),
        votes: votesWithin(sightings, plannedFrom, delivery.firstAt),
      };
    }),
  );
  return shown.flatMap((paper, index) => {
    const before = shown[index - 1];
    if (paper.day === undefined || before?.day === undefined) return [];
    const isRight =
      paper.day === before.day
        ? Math.min(...paper.votes) <= Math.max(...before.votes)
        : paper.day < before.day;
    return isRight ? [] : [`${paper.id} after ${before.id} in ${id}`];
  });
}

/** Real. */
function findEarliestPlan(
  { history }: Evidence,
  { firstAt, attribution, pressedAt }: PlacedDelivery,
): Instant {
  if (attribution !== undefined) return Math.min(firstAt, history.timeline.realAt(attribution.since));
  return pressedAt ?? firstAt - PLANNED_MS;
}

/** All that may have been known from one instant to another: what was surely kept by then, and what came later. */
function votesWithin(sightings: readonly Sighting[], from: Instant, to: Instant): readonly number[] {
  const kept = sightings.findLastIndex(({ sureAt }) => sureAt <= from);
  return sightings
    .slice(Math.max(0, kept))
    .filter(({ at }) => at <= to)
    .map(({ upvotes }) => upvotes);
}

/** Papers are numbered from the top; posts of one paper and embeds have no numbers. */
function judgeNumbers(evidence: Evidence, place: PlaceEvidence, delivery: PlacedDelivery): readonly string[] {
  const { id, messages } = delivery;
  const isForum = place.destination.kind === 'forum';
  const shown = (isForum ? messages.toReversed() : messages).flatMap(({ papers, look }) =>
    papers.map((paper) => ({ ...paper, look })),
  );
  if (shown.length < 2 || !isAsPlanned(evidence, place, delivery)) return [];
  const isWrong = ({ number, form, look }: (typeof shown)[number], index: number) => {
    const isNumbered = form === 'line' || (look === 'layout' && !isForum);
    return (isNumbered || number !== undefined) && look !== 'plain' && number !== index + 1;
  };
  return shown
    .map((paper, index) => ({ paper, index, isWrong: isWrong(paper, index) }))
    .filter((one) => one.isWrong)
    .map(({ paper, index }) => `${paper.id} as number ${paper.number} in place of ${index + 1} in ${id}`);
}

/** The list day of a paper that was ever seen on one only. */
function onlyDay(sightings: readonly { readonly listDay: string }[]): string | undefined {
  const [first] = sightings;
  return sightings.every(({ listDay }) => listDay === first?.listDay) ? first?.listDay : undefined;
}
