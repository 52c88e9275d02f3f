import { createAuditContext } from './audit-context.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { checkOwed } from './check-owed.ts';
import type { History, Violation } from './history.ts';

export interface Verdict {
  /** How many papers had to come to some destination; each is one that could have been missing. */
  readonly owed: number;
  readonly violations: readonly Violation[];
}

/**
 * Works out from papers, topics and clocks what each destination must have received, and compares it with what stands
 * there. It knows the rules, and nothing of how the bot follows them.
 */
export function audit(history: History): Verdict {
  const context = createAuditContext(history);
  const verdicts = history.destinations.map((destination) => {
    const { owed, violations } = checkOwed(context, destination);
    return { owed, violations: [...violations, ...checkDeliveries(context, destination)] };
  });
  return {
    owed: verdicts.reduce((sum, { owed }) => sum + owed, 0),
    violations: verdicts.flatMap(({ violations }) => violations),
  };
}
