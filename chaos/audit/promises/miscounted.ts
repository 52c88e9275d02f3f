import { isWhole } from '../evidence/whole.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PlacedDelivery, PlaceEvidence } from '../evidence/place.ts';
import type { SeenPaper } from '../evidence/sightings.ts';
import { formatDay } from '../calendar.ts';
import type { Heading } from '../shown.ts';
import { inEachPlace, type Promise } from '../promise.ts';

export const MISCOUNTED: Promise = {
  figure: 'miscounted',
  sentence: 'A heading counts the papers that are shown, and names the day of the newest.',
  check: inEachPlace((evidence, place) =>
    place.deliveries.flatMap((delivery) => judge(evidence, place, delivery)),
  ),
};

function judge(evidence: Evidence, place: PlaceEvidence, delivery: PlacedDelivery): readonly string[] {
  const { id, messages } = delivery;
  const shown = messages.flatMap(({ papers }) => papers.map((paper) => paper.id));
  const isComplete = isWhole(evidence, place, delivery);
  const counts = messages.flatMap(({ heading, announced, papers }) => [
    ...(heading?.covers === 'digest' ? [{ counted: heading.papers, shown: shown.length }] : []),
    ...(announced === undefined ? [] : [{ counted: announced.papers, shown: shown.length }]),
    ...(heading?.covers === 'message' ? [{ counted: heading.papers, shown: papers.length }] : []),
  ]);
  const wrong = counts.filter((one) => one.counted < one.shown || (isComplete && one.counted > one.shown));
  const headings = messages.flatMap(({ heading, papers }) =>
    heading === undefined
      ? []
      : judgeDays(evidence, heading, heading.covers === 'digest' ? shown : papers.map((paper) => paper.id)),
  );
  const isHeaded = messages.some(({ heading }) => heading !== undefined);
  const wantsHeading = isComplete && place.destination.kind !== 'forum' && shown.length > 1;
  return [
    ...wrong.map((one) => `${one.counted} papers in ${id}, which shows ${one.shown}`),
    ...headings.map((problem) => `${problem} in ${id}`),
    ...(wantsHeading && !isHeaded ? [`no heading in ${id}`] : []),
  ];
}

/** Papers that were ever seen on one list day only tell which one a heading must mean. */
function judgeDays({ papers }: Evidence, heading: Heading, ids: readonly string[]): readonly string[] {
  const days = ids.map((id) => onlyDayOf(papers.get(id)));
  if (ids.length !== heading.papers || days.includes(undefined)) return [];
  const listed = days.filter((day) => day !== undefined).toSorted();
  const newest = listed.at(-1) ?? '';
  const earlier = listed.filter((day) => day !== newest);
  const isOneDay = new Set(earlier).size === 1;
  const isRight =
    heading.day === formatDay(newest) &&
    (heading.covers === 'message' ||
      (heading.earlier === earlier.length &&
        heading.earlierDay === (isOneDay ? formatDay(earlier[0] ?? '') : '')));
  return isRight ? [] : [`"${heading.day}, ${heading.earlier} from ${heading.earlierDay}"`];
}

function onlyDayOf(paper: SeenPaper | undefined): string | undefined {
  const [first] = paper?.sightings ?? [];
  return paper?.sightings.every(({ listDay }) => listDay === first?.listDay) ? first?.listDay : undefined;
}
