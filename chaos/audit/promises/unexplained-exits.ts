import type { History, Life } from '../history.ts';
import type { Promise } from '../promise.ts';

/** Real: a process that has a reason to end finishes its requests, and then waits for nothing. */
const STOP_WITHIN_MS = 13_000;
/** Real: a process that gives up the lead is followed by another one. */
const FOLLOWED_WITHIN_MS = 2_000;

export const UNEXPLAINED_EXITS: Promise = {
  figure: 'exits_unexplained',
  sentence: 'The bot ends by itself only for a reason, and says it.',
  check: ({ history }) =>
    history.lives.flatMap((life, index) =>
      isUnexplained(life, history)
        ? [{ about: `process ${index + 1} ended with ${life.end}: ${life.fatal ?? 'without a word'}` }]
        : [],
    ),
};

/**
 * A gateway that was closed for good is a reason, and so is a token that was refused. To a process that never got ready, so
 * are a ledger out of reach, and sessions that ran out while it began one. Of several processes, whoever led ends when
 * another one leads.
 */
function isUnexplained(
  life: Life,
  { disturbances, lives }: Pick<History, 'disturbances' | 'lives'>,
): boolean {
  const { startedAt, signalledAt, endedAt, end, fatal, readyAt } = life;
  if (endedAt === undefined || signalledAt !== undefined) return false;
  const reasons = disturbances.filter(({ from, to, kind }) => {
    if (from > endedAt) return false;
    const isOfItsLife = from >= startedAt && endedAt - from < STOP_WITHIN_MS;
    if (kind === 'gateway') return isOfItsLife;
    // It asked how many are left before it began one: Discord takes the token of whoever begins one too many.
    if (kind === 'no-sessions') return isOfItsLife && from < (readyAt ?? Infinity);
    if (to < startedAt) return false;
    if (kind === 'unauthorized') return endedAt - Math.max(from, startedAt) < STOP_WITHIN_MS;
    return kind === 'storage' && readyAt === undefined;
  });
  const hasReason = reasons.length > 0 || isFollowed(life, lives);
  return !hasReason || end !== '1' || fatal === undefined;
}

/** Whether it had led, and another one led before its end, or soon after it. */
function isFollowed({ leadsFrom, endedAt = Infinity }: Life, lives: readonly Life[]): boolean {
  return (
    leadsFrom !== undefined &&
    lives.some((other) => {
      const since = other.leadsFrom ?? Infinity;
      return since > leadsFrom && since < endedAt + FOLLOWED_WITHIN_MS;
    })
  );
}
