import { DAY_MS, formatFullDay, HOUR_MS } from '../calendar.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PlaceEvidence } from '../evidence/place.ts';
import { reignsWithin } from '../evidence/reigns.ts';
import { mayBeRefused } from '../evidence/refusals.ts';
import { isSurelyOf, type RoundupWeek, weeksBetween } from '../evidence/roundups.ts';
import { mostAhead } from '../evidence/wrong-clock.ts';
import type { Settings } from '../history.ts';
import type { PostedMessage, Roundup } from '../shown.ts';
import { inEachPlace, type Promise } from '../promise.ts';

type RoundupMessage = PostedMessage & { readonly roundup: Roundup };

const MOST_SHOWN = 5;
/** By the replayed clock: a roundup is sent within a day of its slot, and some seconds. */
const SENT_WITHIN_MS = DAY_MS + HOUR_MS;
/** Real: from when it is decided to its message, of which 17 s for what may still land. A machine may sleep meanwhile. */
const HELD_UP_MS = 25_000;

export const WRONG_ROUNDUP: Promise = {
  figure: 'wrong_roundup',
  sentence:
    'A roundup is of the week before its slot, and shows its most upvoted papers of what is followed there, though they came before.',
  check: inEachPlace((evidence, place) =>
    place.roundups.flatMap((message) =>
      judge(evidence, place, message).map((what) => `${what} in ${message.deliveryId}`),
    ),
  ),
};

function judge(evidence: Evidence, place: PlaceEvidence, message: RoundupMessage): readonly string[] {
  const { roundup } = message;
  const found = findWeek(evidence, place, message);
  if (found === undefined) return [`a roundup to ${roundup.until}, which was not due`];
  const ids = roundup.papers.map(({ id }) => id);
  const most = Math.min(MOST_SHOWN, roundup.count);
  return [
    ...(new Set(ids).size === ids.length && ids.length === most ? [] : [`${ids.join()} of ${roundup.count}`]),
    ...roundup.papers.flatMap((paper) => judgePaper(evidence, paper, { ...found, message })),
    ...findBetter(evidence, place, { ...found, message }),
  ];
}

interface Found {
  readonly week: RoundupWeek;
  /** That may have held when it was planned. */
  readonly settings: readonly Settings[];
}

/** The week that it tells of, by any settings that may have held. */
function findWeek(
  { history }: Evidence,
  { reigns }: PlaceEvidence,
  { at, roundup }: RoundupMessage,
): Found | undefined {
  const { timeline } = history;
  const now = timeline.virtualAt(at) + mostAhead(history, at);
  const earliest = timeline.virtualAt(at - HELD_UP_MS) - SENT_WITHIN_MS;
  const held = reignsWithin(reigns, timeline.realAt(earliest), at);
  const settings = held.map((one) => one.settings).filter((one) => one !== undefined);
  const weeks = settings.flatMap((one) => weeksBetween(one, earliest, now));
  const week = weeks.find(({ until }) => formatFullDay(until) === roundup.until);
  return week && { week, settings };
}

function judgePaper(
  { papers, matches, history }: Evidence,
  { id, upvotes }: Roundup['papers'][number],
  { week, settings, message }: Found & { readonly message: RoundupMessage },
): readonly string[] {
  const paper = papers.get(id);
  const seen = (paper?.sightings ?? []).filter(({ at }) => at <= message.at);
  const isOfWeek = seen.some(({ listDay }) => listDay > week.after && listDay <= week.until);
  const isFollowed =
    paper !== undefined &&
    settings.some(({ follows }) =>
      follows.some(({ query, minUpvotes }) =>
        seen.some((one) => one.upvotes >= minUpvotes && matches(query, paper, one.upvotes)),
      ),
    );
  // What an archive that was lost does not know yet is a link alone.
  const isBare = upvotes === 0 && history.archiveLostAt.some((lost) => lost <= message.at);
  return [
    ...(isOfWeek ? [] : [`${id}, which is of another week,`]),
    ...(isFollowed ? [] : [`${id}, which nobody asked for,`]),
    ...(isBare || seen.some((one) => one.upvotes === upvotes) ? [] : [`${id} with ${upvotes} votes`]),
  ];
}

/** Papers that surely had more votes than one that is shown. */
function findBetter(
  evidence: Evidence,
  { reigns, destination }: PlaceEvidence,
  { week, settings, message }: Found & { readonly message: RoundupMessage },
): readonly string[] {
  const { at, roundup } = message;
  const { timeline, archiveLostAt } = evidence.history;
  const from = timeline.realAt(week.slot);
  const isSteady = reigns.every(
    ({ isBreak, possibleFrom, possibleTo }) =>
      !isBreak || possibleFrom > at || possibleTo < from || possibleFrom < from,
  );
  if (!isSteady || archiveLostAt.some((lost) => lost <= at)) return [];
  const shown = new Set(roundup.papers.map(({ id }) => id));
  const most = (id: string) =>
    Math.max(
      0,
      ...(evidence.papers.get(id)?.sightings ?? []).filter((one) => one.at <= at).map((one) => one.upvotes),
    );
  const least = Math.min(...[...shown].map(most));
  return [...evidence.papers.values()]
    .filter(
      (paper) =>
        !shown.has(paper.id) &&
        !mayBeRefused(evidence.history, destination, { paperId: paper.id, by: at }) &&
        isSurelyOf(evidence, paper, { week, at: from, held: settings }),
    )
    .filter(({ sightings }) => {
      const votes = sightings.filter((one) => one.at <= at).map((one) => one.upvotes);
      const sure = sightings.findLast((one) => one.sureAt <= from)?.upvotes ?? 0;
      return Math.min(sure, ...votes.slice(-2)) > least;
    })
    .map(({ id }) => `no ${id}, with more votes than others,`);
}
