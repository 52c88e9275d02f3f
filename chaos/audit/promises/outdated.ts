import { HOUR_MS, type Instant } from '../calendar.ts';
import { GRACE_MS } from '../evidence/deadlines.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PlaceEvidence } from '../evidence/place.ts';
import { isDisturbed } from '../evidence/whole.ts';
import { wasClockWrong } from '../evidence/wrong-clock.ts';
import type { DestinationHistory } from '../history.ts';
import type { PostedMessage, Shown } from '../shown.ts';
import { inEachPlace, type Promise } from '../promise.ts';
import { BETWEEN_EDITS_MS, EDITED_AT_HOURS, EDITED_FOR_MS } from '../rules.ts';

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
function judge(
  evidence: Evidence,
  { destination, messages }: PlaceEvidence,
  message: PostedMessage,
): readonly string[] {
  const { history, papers, deadlines } = evidence;
  const { timeline, endedAt, archiveLostAt } = history;
  // What Discord took as plain lines only stays as it is.
  if (message.look === 'plain') return [];
  return EDITED_AT_HOURS.flatMap((hours) => {
    const dueAt = timeline.realAt(timeline.virtualAt(message.at) + hours * HOUR_MS);
    const edited = messages.filter(
      ({ at }) => at <= dueAt && timeline.virtualAt(at) > timeline.virtualAt(dueAt) - EDITED_FOR_MS,
    );
    const by = deadlines.after(dueAt, destination, GRACE_MS + edited.length * BETWEEN_EDITS_MS);
    const version = versionAt(message, by);
    const isSure = by <= Math.min(endedAt, destination.deletedAt ?? Infinity);
    // Its age is told by the machine's clock.
    if (wasClockWrong(history, message.at, by)) return [];
    // One that the bot may not edit is left alone from then on.
    if (wasRefused(evidence, destination, { message, by })) return [];
    if (!isSure || version === undefined || archiveLostAt.some((at) => at > message.at && at < by)) return [];
    return version.papers.flatMap(({ id, upvotes = 0 }) => {
      const sightings = papers.get(id)?.sightings ?? [];
      const known = sightings.findLast((one) => one.sureAt <= dueAt);
      const isFresh = sightings.some(
        (one) => one.upvotes === upvotes && one.at >= (known?.at ?? 0) && one.at <= by,
      );
      return known === undefined || isFresh
        ? []
        : [`${id} with ${upvotes} upvotes in ${message.deliveryId}, ${hours} hours old`];
    });
  });
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
