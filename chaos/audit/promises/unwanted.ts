import { type Instant, listDayAt } from '../calendar.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { hasCome, listPaperReigns } from '../evidence/followed-papers.ts';
import type { PlacedDelivery, PlaceEvidence } from '../evidence/place.ts';
import { possibleKnowledge, sureKnowledge } from '../evidence/sightings.ts';
import type { DestinationHistory, History, Notice } from '../history.ts';
import { inEachPlace, type Promise } from '../promise.ts';

/** Real: how long after a request that failed its message may show. */
const SHOWN_WITHIN_MS = 1_000;

export const UNWANTED: Promise = {
  figure: 'unwanted',
  sentence:
    'What comes matches a topic that is followed there, from its first day and its votes on; news are of followed papers, and nothing comes in a pause.',
  check: inEachPlace((evidence, place) => [
    ...place.deliveries.flatMap((delivery) => judgePapers(evidence, delivery)),
    ...place.notices.flatMap(({ at, deliveryId, notice }) => [
      ...(wasPaused(evidence, place, at) ? [`${notice.paperId} in ${deliveryId}, in a pause`] : []),
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
    papers.flatMap(({ id, upvotes }) => {
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
      const hadVotes =
        upvotes === undefined || paper?.sightings.some((sighting) => sighting.upvotes === upvotes);
      return [
        ...(isWanted ? [] : [`${id} in ${deliveryId}`]),
        ...(hadVotes ? [] : [`${id} with ${upvotes} upvotes, which it never had`]),
      ];
    }),
  );
}

function wasPaused({ history }: Evidence, { destination, reigns }: PlaceEvidence, at: Instant): boolean {
  return reigns.some(
    (reign) =>
      reign.settings?.isPaused === true &&
      reign.sureFrom < at &&
      at < reign.sureTo &&
      !mayBeLate(history, destination, { since: reign.sureFrom, at }),
  );
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

/** Whether a message may be of a request that left by `since` and had its effect later. */
function mayBeLate(
  { disturbances }: History,
  { channelId }: DestinationHistory,
  { since, at }: { readonly since: Instant; readonly at: Instant },
): boolean {
  return disturbances.some(
    (one) =>
      one.kind === 'request' &&
      one.channelId === channelId &&
      one.from <= since &&
      one.to >= at - SHOWN_WITHIN_MS,
  );
}
