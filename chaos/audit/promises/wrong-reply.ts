import { DAY_MS } from '../calendar.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { mostAhead } from '../evidence/wrong-clock.ts';
import { slotsBetween } from '../evidence/slots.ts';
import type { Change } from '../history.ts';
import { inEachPlace, type Promise } from '../promise.ts';

/** Schedules may leave out all days of the week but one. */
const LONGEST_WAIT_MS = 9 * DAY_MS;

export const WRONG_REPLY: Promise = {
  figure: 'wrong_reply',
  sentence: 'An answer names the slot that comes next.',
  check: inEachPlace((evidence, { destination }) =>
    destination.changes.flatMap((change) => judge(evidence, change)),
  ),
};

/** By the settings that the command left; one that has come and is not decided yet may be named as well. */
function judge({ history }: Evidence, { settings, named, sentAt, ackedAt }: Change): readonly string[] {
  if (named === undefined || settings === undefined || settings.instantSince !== undefined) return [];
  const { timeline } = history;
  const from = timeline.virtualAt(sentAt);
  const to = timeline.virtualAt(ackedAt) + mostAhead(history, ackedAt);
  const since = Math.max(settings.scheduledSince.earliest, from - DAY_MS);
  const slots = slotsBetween(settings, since, to + LONGEST_WAIT_MS);
  const next = slots.find((slot) => slot > to) ?? Infinity;
  const isRight = slots.some((slot) => slot === named && slot <= next);
  return isRight ? [] : [`${new Date(named).toISOString()}, where ${new Date(next).toISOString()} is next`];
}
