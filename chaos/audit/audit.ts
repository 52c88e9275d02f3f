import { createEvidence } from './evidence/evidence.ts';
import type { History } from './history.ts';
import type { Complaint } from './promise.ts';
import { PROMISES } from './promises.ts';

/** A promise that was broken. */
export interface Violation extends Complaint {
  /** The figure of the promise. */
  readonly kind: string;
}

/**
 * Works out from papers, topics and clocks what each destination must have received, and compares it with what stands
 * there. It knows the promises, and nothing of how the bot keeps them.
 */
export function audit(history: History): readonly Violation[] {
  const evidence = createEvidence(history);
  return PROMISES.flatMap(({ figure, check }) =>
    check(evidence).map((complaint) => ({ kind: figure, ...complaint })),
  );
}

/** What has not come yet of all that is due, whether or not there was time for it. */
export function findMissing(history: History): { readonly owed: number; readonly missing: number } {
  const debts = createEvidence(history, { patience: false }).places.flatMap((place) => place.debts);
  return { owed: debts.length, missing: debts.filter(({ cameAt }) => cameAt === undefined).length };
}
