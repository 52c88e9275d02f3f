import { type Instant, listDayAt } from '../calendar.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { hasCome, listPaperReigns } from '../evidence/followed-papers.ts';
import type { PlacedDelivery, PlaceEvidence } from '../evidence/place.ts';
import { mayBeLate, wasSilent } from '../evidence/silence.ts';
import { possibleKnowledge, sureKnowledge } from '../evidence/sightings.ts';
import type { DestinationHistory } from '../history.ts';
import type { Notice } from '../shown.ts';
import { inEachPlace, type Promise } from '../promise.ts';

export const UNWANTED: Promise = {
  figure: 'unwanted',
  sentence:
    'What comes matches a topic that is followed there, from its first day and its votes on; news are of followed papers, and nothing comes in a pause.',
  check: inEachPlace((evidence, place) => [
    ...place.deliveries.flatMap((delivery) => [
      ...judgePapers(evidence, delivery),
      ...judgeSilence(evidence, place, delivery),
    ]),
    ...place.notices.flatMap(({ at, deliveryId, notice }) => [
      ...(isPaused(evidence, place, at) ? [`${notice.paperId} in ${deliveryId}, in a pause`] : []),
      ...findReasons(evidence, place.destination, { notice, at }).map(
        (reason) => `${notice.paperId} in ${deliveryId}: ${reason}`,
      ),
    ]),
  ]),
};

function judgePapers(
  evidence: Evidence,
  { id: deliveryId, isSample, messages, settings }: PlacedDelivery,
): readonly string[] {
  const follows = settings.flatMap((one) => one.follows);
  return messages.flatMap(({ at, papers }) =>
    papers.flatMap(({ id }) => {
      const paper = evidence.papers.get(id);
      const known = paper && possibleKnowledge(paper, at);
      const isWanted =
        paper !== undefined &&
        known !== undefined &&
        follows.some(
          ({ query, minUpvotes, since }) =>
            known.upvotes >= minUpvotes &&
            (isSample || known.listDay >= listDayAt(since.earliest)) &&
            evidence.matches(query, paper, known.upvotes),
        );
      return isWanted ? [] : [`${id} in ${deliveryId}`];
    }),
  );
}

/** A sample may come in a pause, where it was asked for in it. */
function judgeSilence(
  { history }: Evidence,
  place: PlaceEvidence,
  { id, pressedAt, messages }: PlacedDelivery,
): readonly string[] {
  const isAsked = (at: Instant) =>
    pressedAt !== undefined &&
    place.reigns.some(({ possibleFrom, possibleTo }) => possibleFrom <= pressedAt && at <= possibleTo);
  return messages
    .filter(({ at }) => wasSilent(history, place, at) && !isAsked(at))
    .map(({ step }) => `step ${step} of ${id}, in a pause`);
}

/** Where no topic is followed, single papers may be. */
function isPaused({ history }: Evidence, place: PlaceEvidence, at: Instant): boolean {
  const paused = place.reigns.filter(({ settings }) => settings?.isPaused === true);
  return wasSilent(history, { ...place, reigns: paused }, at);
}

/** Why a notice should not have come at `at`. */
function findReasons(
  { history, papers }: Evidence,
  destination: DestinationHistory,
  { notice, at }: { readonly notice: Notice; readonly at: Instant },
): readonly string[] {
  const { events, upvotes } = notice;
  const paper = papers.get(notice.paperId);
  const sightings = (paper?.sightings ?? []).filter((sighting) => sighting.at <= at);
  const reigns = listPaperReigns(destination).filter(
    ({ paperId, possibleFrom, possibleTo }) =>
      paperId === notice.paperId &&
      possibleFrom <= at &&
      (possibleTo >= at || mayBeLate(history, destination, { since: possibleTo, at })),
  );
  const wasKnown = (event: string) =>
    reigns.every(({ possibleFrom }) => {
      const known = paper && sureKnowledge(paper, possibleFrom, history.archiveLostAt);
      return known !== undefined && hasCome(event, known);
    });
  return [
    ...(reigns.length === 0 ? ['not followed'] : []),
    ...events.flatMap((event) => {
      if (!sightings.some((sighting) => hasCome(event, sighting))) return [`${event}, which never came`];
      return reigns.length > 0 && wasKnown(event) ? [`${event}, which had come before`] : [];
    }),
    ...(upvotes !== undefined && !sightings.some((sighting) => sighting.upvotes === upvotes)
      ? [`${upvotes} upvotes, which it never had`]
      : []),
  ];
}
