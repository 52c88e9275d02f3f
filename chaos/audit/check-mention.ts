import { addDays, DAY_MS, type Instant, localTimeAt } from '../../src/calendar/zoned-time.ts';
import type { AuditContext } from './audit-context.ts';
import { isNearFault } from './check-twice.ts';
import { GRACE_MS } from './deadlines.ts';
import type { SeenDelivery } from './deliveries.ts';
import type { DestinationHistory, History, PostedMessage, Report, Settings } from './history.ts';
import { listReigns, reignsWithin } from './reigns.ts';

export interface MentionCase {
  readonly delivery: SeenDelivery;
  /** That may have held since it was planned. */
  readonly settings: readonly Settings[];
  /** What stands there that came earlier. */
  readonly before: readonly PostedMessage[];
}

/** Real: from the plan of a delivery to its first message, and from a message to the note that it was sent. */
const HELD_UP_MS = 7_000;
const NOTED_MS = 1_000;

/** The role is mentioned with the first message of the first digest that is planned on a local day, and with no other. */
export function checkMention(
  context: AuditContext,
  destination: DestinationHistory,
  question: MentionCase,
  report: Report,
): void {
  const { delivery, settings } = question;
  const [first, ...others] = delivery.messages;
  if (delivery.messages.some(({ edits }) => edits.some(({ pings }) => pings.length > 0))) {
    report('wrong_mention', `by an edit in ${delivery.id}`);
  }
  if (others.some(({ roles }) => roles.length > 0)) report('wrong_mention', `again in ${delivery.id}`);
  const [role, ...more] = first?.roles ?? [];
  const { isAllowed, isDue } = judge(context, destination, question);
  if (role === undefined) {
    if (isDue) report('wrong_mention', `nobody in ${delivery.id}`);
    return;
  }
  const isRight = more.length === 0 && settings.some(({ mention }) => mention === role);
  if (!isRight || !isAllowed) report('wrong_mention', `${role} in ${delivery.id}`);
}

function judge(
  { history }: AuditContext,
  destination: DestinationHistory,
  { delivery, settings, before }: MentionCase,
): { readonly isAllowed: boolean; readonly isDue: boolean } {
  const { firstAt, isSample } = delivery;
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
    ) || mayHaveBeenLost(history, destination, firstAt);
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
