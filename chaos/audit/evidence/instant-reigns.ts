import type { Instant } from '../calendar.ts';
import type { AuditContext } from './context.ts';
import type { DestinationHistory, Settings } from '../history.ts';
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
