import { DAY_MS, type Instant, localTimeAt } from '../../src/calendar/zoned-time.ts';
import type { AuditContext } from './audit-context.ts';
import type { SeenDelivery } from './deliveries.ts';
import { isNearFault } from './check-twice.ts';
import type { DestinationHistory, History, Report, Settings } from './history.ts';
import { listReigns, type Reign, reignsWithin } from './reigns.ts';

/** Real: what was planned before midnight may be sent after it. */
const HELD_UP_MS = 7_000;

/** Those by which what came at `firstAt` may have come with a collection. */
export function listInstantReigns(
  { deadlines }: AuditContext,
  destination: DestinationHistory,
  firstAt: Instant,
): readonly Reign[] {
  return listReigns(destination).filter(({ settings, possibleFrom, possibleTo }) => {
    if (settings?.instantSince === undefined || possibleFrom > firstAt) return false;
    return possibleTo >= firstAt || deadlines.after(possibleTo, destination) > firstAt;
  });
}

/** All settings by which it may have been planned. */
export function listInstantSettings(
  destination: DestinationHistory,
  reigns: readonly Reign[],
  firstAt: Instant,
): readonly Settings[] {
  const from = Math.min(firstAt, ...reigns.map(({ possibleTo }) => possibleTo));
  return reignsWithin(listReigns(destination), from, firstAt)
    .map(({ settings }) => settings)
    .filter((settings) => settings !== undefined);
}

export interface InstantDigest {
  readonly delivery: SeenDelivery;
  readonly settings: readonly Settings[];
  /** What stands there that came earlier. */
  readonly before: SeenDelivery['messages'];
}

/** What comes with a collection comes after one, and mentions its role with the first digest of a local day only. */
export function checkInstant(
  context: AuditContext,
  destination: DestinationHistory,
  digest: InstantDigest,
  report: Report,
): void {
  const { timeline, listings } = context.history;
  const { delivery, settings } = digest;
  const { id, firstAt, messages } = delivery;
  const since = Math.min(...settings.map(({ scheduledSince }) => scheduledSince.earliest));
  if (!listings.some(({ at }) => at <= firstAt && timeline.virtualAt(at) > since))
    report('early', `delivery ${id} before any collection`);
  const [first, ...others] = messages;
  if (others.some(({ roles }) => roles.length > 0)) report('wrong_mention', `again in ${id}`);
  const [role, ...more] = first?.roles ?? [];
  const { isAllowed, isDue } = judgeMention(context, destination, digest);
  if (role === undefined) {
    if (isDue) report('wrong_mention', `nobody in ${id}`);
    return;
  }
  const isRight = more.length === 0 && settings.some(({ mention }) => mention === role);
  if (!isRight || !isAllowed) report('wrong_mention', `${role} in ${id}`);
}

function judgeMention(
  { history }: AuditContext,
  destination: DestinationHistory,
  { delivery: { firstAt }, settings, before }: InstantDigest,
): { readonly isAllowed: boolean; readonly isDue: boolean } {
  const { timeline } = history;
  const dayIn = (at: Instant, zone: string) => localTimeAt(timeline.virtualAt(at), zone).day;
  const zones = settings.map(({ zone }) => zone);
  // Who follows anew has not been mentioned yet.
  const ends = destination.changes.filter(
    (change) => change.settings === undefined && change.sentAt <= firstAt,
  );
  const mentions = before.filter(({ roles }) => roles.length > 0).map(({ at }) => at);
  const surelyHeld = mentions.filter((at) => ends.every(({ ackedAt }) => at > ackedAt));
  const possiblyHeld = mentions.filter((at) =>
    ends.every(({ sentAt, ackedAt }) => at > sentAt || ackedAt > firstAt),
  );
  const isExcused = possiblyHeld.some(
    (at) =>
      wasLookedFor(history, destination, { at, until: firstAt }) ||
      zones.some((zone) =>
        [firstAt, firstAt - HELD_UP_MS].some((planned) => dayIn(at, zone) === dayIn(planned, zone)),
      ),
  );
  return {
    isAllowed: !surelyHeld.some((at) => zones.every((zone) => dayIn(at, zone) === dayIn(firstAt, zone))),
    isDue: settings.every(({ mention }) => mention !== undefined) && !isExcused,
  };
}

/** A message whose answer was lost counts from when it was found, which may have been on the next day. */
function wasLookedFor(
  history: History,
  destination: DestinationHistory,
  { at, until }: { readonly at: Instant; readonly until: Instant },
): boolean {
  const { timeline } = history;
  const isRecent = timeline.virtualAt(until) - timeline.virtualAt(at) < 2 * DAY_MS;
  return isRecent && isNearFault(history, destination, at);
}
