import type { Disturbance } from './audit/history.ts';
import type { Life } from './supervisor.ts';

/** Real: a process that has a reason to end finishes its requests, and then waits for nothing. */
const STOP_WITHIN_MS = 13_000;

/**
 * The processes that ended by themselves for no reason that the run gave them, each with what it said. A gateway that
 * was closed for good is a reason, and so is a ledger out of reach, but only to a process that never got ready.
 */
export function findUnexplainedExits(
  lives: readonly Life[],
  disturbances: readonly Disturbance[],
): readonly string[] {
  return lives.flatMap((life, index) => {
    const { signalledAt, endedAt, end, fatal, readyAt } = life;
    if (endedAt === undefined || signalledAt !== undefined) return [];
    const reasons = disturbances.filter(({ from, to, kind }) => {
      if (kind === 'gateway')
        return from >= life.startedAt && from <= endedAt && endedAt - from < STOP_WITHIN_MS;
      return kind === 'storage' && readyAt === undefined && from <= endedAt && to >= life.startedAt;
    });
    const isExplained = reasons.length > 0 && end === '1' && fatal !== undefined;
    return isExplained ? [] : [`process ${index + 1} ended with ${end}: ${fatal ?? 'without a word'}`];
  });
}
