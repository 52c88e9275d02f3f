import type { Instant } from '../calendar.ts';
import type { Change, DestinationHistory, Settings } from '../history.ts';

/** The time during which one command's settings may hold; in real instants. */
export interface Reign {
  readonly settings: Settings | undefined;
  readonly possibleFrom: Instant;
  readonly sureFrom: Instant;
  readonly sureTo: Instant;
  readonly possibleTo: Instant;
  /** What it changed decides whether a slot that is under way is still due. */
  readonly isBreak: boolean;
}

export function listReigns({ changes }: DestinationHistory): readonly Reign[] {
  return changes.map((change, index) => {
    const next = changes[index + 1];
    return {
      settings: change.settings,
      possibleFrom: change.sentAt,
      sureFrom: change.ackedAt,
      sureTo: next?.sentAt ?? Infinity,
      possibleTo: next?.ackedAt ?? Infinity,
      isBreak: isBreak(changes[index - 1], change),
    };
  });
}

/** The pause that ended it. */
export function pauseAfter(
  { changes }: Pick<DestinationHistory, 'changes'>,
  { possibleTo }: Reign,
): Change | undefined {
  return changes.find(({ settings, ackedAt }) => settings?.isPaused === true && ackedAt === possibleTo);
}

function isBreak(before: Change | undefined, change: Change): boolean {
  if (change.cancels || change.settings === undefined || before?.settings === undefined) return true;
  return before.settings.scheduledSince !== change.settings.scheduledSince;
}

/** Those that may hold at some instant from `from` to `to`. */
export function reignsWithin(reigns: readonly Reign[], from: Instant, to: Instant): readonly Reign[] {
  return reigns.filter((reign) => reign.possibleFrom <= to && reign.possibleTo >= from);
}

/**
 * The settings that may hold at some instant from `from` to `to`; undefined where something begins meanwhile that
 * changes what is due, or is paused.
 */
export function settingsThroughout(
  reigns: readonly Reign[],
  reign: Reign,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): readonly Settings[] | undefined {
  const held = reignsWithin(reigns, from, to);
  const isBroken = held.some(
    (other) => other !== reign && other.isBreak && other.possibleFrom > reign.possibleFrom,
  );
  const settings = held.map((one) => one.settings).filter((one) => one !== undefined);
  return isBroken || settings.some(({ isPaused }) => isPaused) ? undefined : settings;
}
