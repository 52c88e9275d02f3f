import { HOUR_MS, type Instant } from '../calendar.ts';
import { GRACE_MS } from '../evidence/deadlines.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PlaceEvidence } from '../evidence/place.ts';
import { isDisturbed } from '../evidence/whole.ts';
import { wasClockWrong } from '../evidence/wrong-clock.ts';
import type { DestinationHistory } from '../history.ts';
import type { PostedMessage, Shown, ShownPaper } from '../shown.ts';
import { inEachPlace, type Promise } from '../promise.ts';
import { EDITED_AT_HOURS, EDITED_FOR_MS, EDITS } from '../rules.ts';

export const OUTDATED: Promise = {
  figure: 'outdated',
  sentence: 'A message is brought up to date several times in its first three days.',
  check: inEachPlace((evidence, place) =>
    place.deliveries.flatMap(({ messages }) =>
      messages.flatMap((message) => judge(evidence, place, message)),
    ),
  ),
};

/** At each age its papers show votes no older than those that were surely known then. */
function judge(evidence: Evidence, place: PlaceEvidence, message: PostedMessage): readonly string[] {
  const { timeline } = evidence.history;
  // What Discord took as plain lines only stays as it is.
  if (message.look === 'plain') return [];
  return EDITED_AT_HOURS.flatMap((hours) => {
    const dueAt = timeline.realAt(timeline.virtualAt(message.at) + hours * HOUR_MS);
    const within = (ms: number) => findOld(evidence, place, { message, dueAt, ms });
    const old = within(GRACE_MS).length === 0 ? [] : within(timeForEdits(evidence, dueAt));
    return old.map(
      ({ id, upvotes = 0 }) => `${id} with ${upvotes} upvotes in ${message.deliveryId}, ${hours} hours old`,
    );
  });
}

/** Its papers with votes that were old when `ms` and every disturbance after `dueAt` were over. */
function findOld(
  evidence: Evidence,
  { destination }: PlaceEvidence,
  { message, dueAt, ms }: { readonly message: PostedMessage; readonly dueAt: Instant; readonly ms: number },
): readonly ShownPaper[] {
  const { history, papers, deadlines } = evidence;
  const { endedAt, archiveLostAt } = history;
  const by = deadlines.after(dueAt, destination, ms);
  const version = versionAt(message, by);
  if (by > Math.min(endedAt, destination.deletedAt ?? Infinity) || version === undefined) return [];
  // Its age is told by the machine's clock.
  if (wasClockWrong(history, message.at, by)) return [];
  // One that the bot may not edit is left alone from then on.
  if (wasRefused(evidence, destination, { message, by })) return [];
  if (archiveLostAt.some((at) => at > message.at && at < by)) return [];
  return version.papers.filter(({ id, upvotes = 0 }) => {
    const sightings = papers.get(id)?.sightings ?? [];
    const known = sightings.findLast((one) => one.sureAt <= dueAt);
    const isFresh = sightings.some(
      (one) => one.upvotes === upvotes && one.at >= (known?.at ?? 0) && one.at <= by,
    );
    return known !== undefined && !isFresh;
  });
}

/**
 * Real: a machine that slept has many messages to edit at once, so many each minute, and those of a place in turn. They
 * wait for those that were under way, and so for the place with the most.
 */
function timeForEdits({ history }: Evidence, dueAt: Instant): number {
  const { timeline } = history;
  const since = timeline.virtualAt(dueAt) - EDITED_FOR_MS;
  const edited = history.messages.filter(({ at }) => at <= dueAt && timeline.virtualAt(at) > since);
  const places = Map.groupBy(edited, ({ channelId }) => channelId);
  const longestMs = Math.max(0, ...[...places.values()].map(({ length }) => length)) * EDITS.apartMs;
  return Math.ceil(edited.length / EDITS.aMinute) * GRACE_MS + 2 * longestMs;
}

function wasRefused(
  evidence: Evidence,
  destination: DestinationHistory,
  { message, by }: { readonly message: PostedMessage; readonly by: Instant },
): boolean {
  const kinds = ['permission', 'content'];
  return (
    message.edits.some(({ at, isTaken }) => !isTaken && at <= by) ||
    isDisturbed(evidence, destination, { from: message.at, to: by, kinds })
  );
}

/** What it showed at an instant; undefined where later edits hide it. */
function versionAt({ edits, ...message }: PostedMessage, at: number): Shown | undefined {
  const taken = edits.filter(({ isTaken }) => isTaken);
  if (taken.length === 0) return message;
  return taken.findLast((edit) => edit.at <= at)?.shows;
}
