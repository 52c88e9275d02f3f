import { addDays, DAY_MS, type Instant, localTimeAt } from '../calendar.ts';
import { GRACE_MS } from '../evidence/deadlines.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PlacedDelivery, PlaceEvidence } from '../evidence/place.ts';
import { listReigns, reignsWithin } from '../evidence/reigns.ts';
import { isNearFault } from '../evidence/repeats.ts';
import type { DestinationHistory, History, Settings } from '../history.ts';
import type { PostedMessage } from '../shown.ts';
import { type Complaint, inEachPlace, type Promise } from '../promise.ts';

/** Real: from the plan of a delivery to its first message, and from a message to the note that it was sent. */
const HELD_UP_MS = 7_000;
const NOTED_MS = 1_000;

export const WRONG_MENTION: Promise = {
  figure: 'wrong_mention',
  sentence:
    'The role is mentioned with the first message of the first digest of a local day; nobody else ever is, and no edit pings.',
  check: (evidence) => [...judgePlaces(evidence), ...judgeGroups(evidence)],
};

const judgePlaces = inEachPlace((evidence, place) => [
  ...place.deliveries.flatMap((delivery) => judgeDelivery(evidence, place, delivery)),
  ...place.notices
    .filter(({ roles }) => roles.length > 0)
    .map(({ roles, deliveryId }) => `${roles.join()} in ${deliveryId}`),
  ...[...place.messages, ...place.notices]
    .filter(({ others }) => others.length > 0)
    .map(({ others, deliveryId }) => `${others.join()} in ${deliveryId}`),
]);

/** What is said of a meeting pings nobody, not even who presents. */
function judgeGroups({ groups }: Evidence): readonly Complaint[] {
  return groups.flatMap(({ group: { channelId }, messages }) =>
    messages
      .filter(({ roles, others, edits }) => roles.length + others.length + edits.length > 0)
      .map(({ id, roles, others }) => ({ channelId, about: `${[...roles, ...others].join()} by ${id}` })),
  );
}

function judgeDelivery(
  { history }: Evidence,
  { destination }: PlaceEvidence,
  delivery: PlacedDelivery,
): readonly string[] {
  const { id, messages, settings } = delivery;
  const [first, ...others] = messages;
  const broken: string[] = [];
  if (messages.some(({ edits }) => edits.some(({ pings }) => pings.length > 0)))
    broken.push(`by an edit in ${id}`);
  if (others.some(({ roles }) => roles.length > 0)) broken.push(`again in ${id}`);
  const [role, ...more] = first?.roles ?? [];
  const { isAllowed, isDue } = judge(history, destination, delivery);
  if (role === undefined) return isDue ? [...broken, `nobody in ${id}`] : broken;
  const isRight = more.length === 0 && settings.some(({ mention }) => mention === role);
  return isRight && isAllowed ? broken : [...broken, `${role} in ${id}`];
}

function judge(
  history: History,
  destination: DestinationHistory,
  { firstAt, isSample, settings, before }: PlacedDelivery,
): { readonly isAllowed: boolean; readonly isDue: boolean } {
  if (isSample || settings.length === 0) return { isAllowed: !isSample, isDue: false };
  const planned = daysWithin(history, settings, plannedWithin(history, destination, { firstAt, before }));
  // Who follows anew has not been mentioned yet.
  const ends = destination.changes.filter(
    (change) => change.settings === undefined && change.sentAt <= firstAt,
  );
  const mentions = before.filter(({ roles }) => roles.length > 0).map(({ at }) => at);
  const surelyHeld = mentions.filter((at) => ends.every(({ ackedAt }) => at > ackedAt));
  const possiblyHeld = mentions.filter((at) =>
    ends.every(({ sentAt, ackedAt }) => at > sentAt || ackedAt > firstAt),
  );
  const countedOn = (at: Instant) => daysCounted(history, destination, at);
  const isExcused =
    possiblyHeld.some(
      (at) =>
        wasLookedFor(history, destination, { at, until: firstAt }) ||
        countedOn(at).some((day) => planned.includes(day)),
    ) ||
    mayHaveBeenLost(history, destination, firstAt) ||
    wasRefusedBefore(history, destination, firstAt);
  return {
    isAllowed: !surelyHeld.some(
      (at) => !isNearFault(history, destination, at) && new Set([...countedOn(at), ...planned]).size === 1,
    ),
    isDue: settings.every(({ mention }) => mention !== undefined) && !isExcused,
  };
}

interface Range {
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * Real: when a delivery may have been planned. Where trouble held it up that was when the trouble began, but a place has
 * one delivery at a time.
 */
function plannedWithin(
  { disturbances }: History,
  { channelId, changes }: DestinationHistory,
  { firstAt, before }: { readonly firstAt: Instant; readonly before: readonly PostedMessage[] },
): Range {
  const own = disturbances.filter((one) => one.channelId === undefined || one.channelId === channelId);
  let from = firstAt - HELD_UP_MS;
  for (;;) {
    const trouble = own.find((one) => one.from < from && one.to > from - GRACE_MS);
    if (trouble === undefined) break;
    from = trouble.from;
  }
  const earliest = before.at(-1)?.at ?? changes[0]?.sentAt ?? firstAt;
  return { from: Math.min(firstAt, Math.max(from, earliest)), to: firstAt };
}

/** The local days for which a mention may count: by the zone that held then. */
function daysCounted(history: History, destination: DestinationHistory, at: Instant): readonly string[] {
  const range = { from: at, to: at + NOTED_MS };
  const settings = reignsWithin(listReigns(destination), range.from, range.to).flatMap(
    (reign) => reign.settings ?? [],
  );
  return daysWithin(history, settings, range);
}

function daysWithin(
  { timeline }: History,
  settings: readonly Settings[],
  { from, to }: Range,
): readonly string[] {
  const days = new Set<string>();
  for (const { zone } of settings) {
    const last = localTimeAt(timeline.virtualAt(to), zone).day;
    for (let day = localTimeAt(timeline.virtualAt(from), zone).day; day <= last; day = addDays(day, 1))
      days.add(day);
  }
  return [...days];
}

/** A message whose answer was lost counts from when that is known, which may have been on the next day. */
function wasLookedFor(
  history: History,
  destination: DestinationHistory,
  { at, until }: { readonly at: Instant; readonly until: Instant },
): boolean {
  const { timeline } = history;
  const isRecent = timeline.virtualAt(until) - timeline.virtualAt(at) < 2 * DAY_MS;
  return isRecent && isNearFault(history, destination, at);
}

/** Where history cannot be read, a message that got lost counts as mentioned, and is sent again without the role. */
function mayHaveBeenLost(
  { timeline, disturbances }: History,
  { channelId, canReadHistory }: DestinationHistory,
  at: Instant,
): boolean {
  const since = timeline.realAt(timeline.virtualAt(at) - 2 * DAY_MS);
  return (
    !canReadHistory &&
    disturbances.some(
      (one) =>
        (one.channelId === undefined || one.channelId === channelId) &&
        one.kind !== 'source' &&
        one.from <= at &&
        one.to >= since,
    )
  );
}

/** The message that mentions names the top paper: where that one is refused for its content, nobody is mentioned. */
function wasRefusedBefore(
  { disturbances }: History,
  { channelId }: DestinationHistory,
  at: Instant,
): boolean {
  return disturbances.some(
    (one) =>
      one.kind === 'content' && one.channelId === channelId && one.from <= at && one.from > at - GRACE_MS,
  );
}
