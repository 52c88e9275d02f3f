import { createAuditContext } from './audit-context.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { checkNews } from './check-news.ts';
import { checkNotices } from './check-notices.ts';
import { checkOwed } from './check-owed.ts';
import type { History, Violation } from './history.ts';

/**
 * Works out from papers, topics and clocks what each destination must have received, and compares it with what stands
 * there. It knows the rules, and nothing of how the bot follows them.
 */
export function audit(history: History): readonly Violation[] {
  const context = createAuditContext(history);
  return history.destinations.flatMap((destination) => [
    ...checkOwed(context, destination).violations,
    ...checkDeliveries(context, destination),
    ...checkNews(context, destination).violations,
    ...checkNotices(context, destination),
  ]);
}

/** What has not come yet of all that is due, whether or not there was time for it. */
export function findMissing(history: History): { readonly owed: number; readonly missing: number } {
  const context = createAuditContext(history, { patience: false });
  const checks = history.destinations.flatMap((destination) => [
    checkOwed(context, destination),
    checkNews(context, destination),
  ]);
  return {
    owed: checks.reduce((sum, { owed }) => sum + owed, 0),
    missing: checks.flatMap(({ violations }) => violations).filter(({ kind }) => kind === 'lost').length,
  };
}
