import { createHash } from 'node:crypto';
import type { Clock } from '../calendar/clock.ts';
import { DAY_MS, type Instant } from '../calendar/zoned-time.ts';
import type { SavedSearch, SavedSearches } from '../topics/saved-searches.ts';
import { createKeyedQueue } from './keyed-queue.ts';
import type { Records } from './keyv-records.ts';

/** The searches of one person by the hash of what was searched for. */
export type SearchesOfPerson = Readonly<Record<string, SavedSearch & { readonly at: Instant }>>;

const KEPT_EACH = 200;
const KEPT_MS = 365 * DAY_MS;
const HASH_LENGTH = 16;
const KEY = /^(\d{1,20})-([0-9a-f]{16})$/;

export interface KeyvSavedSearches extends SavedSearches {
  /** Removes the searches of people who have not searched for a year. Raises `StorageError`. */
  tidy(): Promise<void>;
}

/** One record a person, so that deleting somebody's data is one write. The newest searches are kept. */
export function createKeyvSavedSearches(records: Records<SearchesOfPerson>, clock: Clock): KeyvSavedSearches {
  const queue = createKeyedQueue();
  return {
    save: (userId, search) =>
      queue(userId, async () => {
        const hash = hashOf(search);
        const present = (await records.get(userId)) ?? {};
        const kept = Object.entries({ ...present, [hash]: { ...search, at: clock.now() } })
          .toSorted(([, one], [, other]) => other.at - one.at)
          .slice(0, KEPT_EACH);
        await records.set(userId, Object.fromEntries(kept));
        return `${userId}-${hash}`;
      }),
    async get(key) {
      const [, userId, hash] = KEY.exec(key) ?? [];
      if (userId === undefined || hash === undefined) return undefined;
      const saved = (await records.get(userId))?.[hash];
      return saved === undefined ? undefined : { query: saved.query, sort: saved.sort };
    },
    removeOf: (userId) => queue(userId, () => records.remove(userId)),
    async tidy() {
      const oldest = clock.now() - KEPT_MS;
      for await (const [userId, searches] of records.entries()) {
        if (Object.values(searches).every(({ at }) => at < oldest)) await records.remove(userId);
      }
    },
  };
}

function hashOf({ query, sort }: SavedSearch): string {
  return createHash('sha256').update(`${sort}\n${query}`).digest('hex').slice(0, HASH_LENGTH);
}
