import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { AuditContext } from './audit-context.ts';
import type { SeenDelivery } from './deliveries.ts';
import type { DestinationHistory, Report, Settings } from './history.ts';
import { listReigns, type Reign, reignsWithin } from './reigns.ts';

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

/** What comes with a collection comes after one. */
export function checkInstant(
  { history: { timeline, listings } }: AuditContext,
  { delivery, settings }: { readonly delivery: SeenDelivery; readonly settings: readonly Settings[] },
  report: Report,
): void {
  const { id, firstAt } = delivery;
  const since = Math.min(...settings.map(({ scheduledSince }) => scheduledSince.earliest));
  if (!listings.some(({ at }) => at <= firstAt && timeline.virtualAt(at) > since))
    report('early', `delivery ${id} before any collection`);
}
