import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import { MINUTE_MS } from '../calendar/zoned-time.ts';

/** On whose behalf the source is asked. */
export interface Asker {
  readonly userId: string;
  /** Undefined in direct messages. */
  readonly guildId?: string | undefined;
}

/** Parts of the budget of searches, which all people of all servers share: 45 in five minutes, see `createBudget`. */
const PERIOD_MS = 5 * MINUTE_MS;
const OF_PERSON = 10;
const OF_GUILD = 25;

export interface SourceShares {
  /** Counts a search, unless the person or the server has used their share up. */
  take(asker: Asker): boolean;
}

/** Keeps one person, and one server, from using up what all share. */
export function createSourceShares(clock: Clock): SourceShares {
  const searches = new Map<string, readonly Moment[]>();

  function forgetOld(): void {
    for (const [key, moments] of searches) {
      const recent = moments.filter((moment) => !hasPassed(PERIOD_MS, moment, clock));
      if (recent.length === 0) searches.delete(key);
      else searches.set(key, recent);
    }
  }

  return {
    take({ userId, guildId }) {
      forgetOld();
      const shares = [{ key: `user ${userId}`, most: OF_PERSON }];
      if (guildId !== undefined) shares.push({ key: `guild ${guildId}`, most: OF_GUILD });
      if (shares.some(({ key, most }) => (searches.get(key) ?? []).length >= most)) return false;
      for (const { key } of shares) searches.set(key, [...(searches.get(key) ?? []), momentOf(clock)]);
      return true;
    },
  };
}
