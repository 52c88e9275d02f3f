import type { Evidence } from '../evidence/evidence.ts';
import type { PlacedDelivery, PlaceEvidence } from '../evidence/place.ts';
import { isWhole } from '../evidence/whole.ts';
import { wasSplit } from '../evidence/refusals.ts';
import type { PostedMessage } from '../history.ts';
import { inEachPlace, type Promise } from '../promise.ts';

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

/** A forum shows the latest post on top: its posts come the other way round. */
function judgePapers(
  { papers }: Evidence,
  { id, messages }: PlacedDelivery,
  isForum: boolean,
): readonly string[] {
  const fromTheTop = isForum ? messages.toReversed() : messages;
  const shown = fromTheTop.flatMap(papersAsSent);
  return shown.flatMap((paper, index) => {
    const before = shown[index - 1];
    if (before === undefined) return [];
    const [day, dayBefore] = [paper.id, before.id].map((one) => onlyDay(papers.get(one)?.sightings ?? []));
    if (day === undefined || dayBefore === undefined) return [];
    if (day === dayBefore && (paper.upvotes === 'edited' || before.upvotes === 'edited')) return [];
    const isRight = day !== dayBefore ? day < dayBefore : Number(paper.upvotes) <= Number(before.upvotes);
    return isRight ? [] : [`${paper.id} after ${before.id} in ${id}`];
  });
}

/** Papers are numbered from the top; posts of one paper and embeds have no numbers. */
function judgeNumbers(evidence: Evidence, place: PlaceEvidence, delivery: PlacedDelivery): readonly string[] {
  const { id, messages } = delivery;
  const isForum = place.destination.kind === 'forum';
  const shown = (isForum ? messages.toReversed() : messages).flatMap(({ papers, look }) =>
    papers.map((paper) => ({ ...paper, look })),
  );
  if (shown.length < 2 || !isWhole(evidence, place, delivery)) return [];
  const isWrong = ({ number, form, look }: (typeof shown)[number], index: number) => {
    const isNumbered = form === 'line' || (look === 'layout' && !isForum);
    return (isNumbered || number !== undefined) && look !== 'plain' && number !== index + 1;
  };
  return shown
    .map((paper, index) => ({ paper, index, isWrong: isWrong(paper, index) }))
    .filter((one) => one.isWrong)
    .map(({ paper, index }) => `${paper.id} as number ${paper.number} in place of ${index + 1} in ${id}`);
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
