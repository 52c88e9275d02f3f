import { createHash } from 'node:crypto';
import { Keyv, keyvStorageCapability, type KeyvStorageAdapter, type KeyvStorageEntry } from 'keyv';
import type { Clock } from '../../calendar/clock.ts';
import { DAY_MS, MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { SavedSearch, SavedSearches } from '../../topics/run-search.ts';
import type { SourceAnswers } from '../../topics/source-search.ts';
import type { RowLog } from './row-log.ts';
import { type FormDraft, readFormDraft, readPaperIds, readSearches, readText } from './schema.ts';
import type { Database } from './database/tables.ts';
import { access } from './database/transact.ts';

/** A few values that the bot keeps between starts. */
export interface MetaStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
}

export interface KeyvStores {
  readonly savedSearches: SavedSearches;
  readonly sourceAnswers: SourceAnswers;
  readonly formDrafts: FormDraftStore;
  readonly meta: MetaStore;
}

/** The latest form of each person that was refused. */
interface FormDraftStore {
  keep(userId: string, draft: FormDraft): Promise<void>;
  of(userId: string): Promise<FormDraft | undefined>;
  removeOf(userId: string): Promise<void>;
}

const SEARCHES_EACH = 200;
const SEARCHES_MS = 365 * DAY_MS;
const ANSWERS_MS = 10 * MINUTE_MS;
const DRAFTS_MS = DAY_MS;
const HASH_LENGTH = 16;
const SEARCH_KEY = /^(\d{1,20})-([0-9a-f]{16})$/;

/** What has a key and a lifetime. All of it raises `StorageError`. */
export function createKeyvStores(db: Database, clock: Clock, rows: RowLog): KeyvStores {
  const open = <T>(namespace: string, read: (value: unknown) => T | undefined): Values<T> =>
    createValues({ keyv: openKeyv(db, namespace, clock), namespace, read, rows });
  return {
    savedSearches: createSavedSearches(open('searches', readSearches), clock),
    sourceAnswers: createSourceAnswers(open('source-answers', readPaperIds)),
    formDrafts: createFormDrafts(open('form-drafts', readFormDraft)),
    meta: open('meta', readText),
  };
}

interface Values<T> {
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T, lifetimeMs?: number): Promise<void>;
  remove(key: string): Promise<void>;
}

function createValues<T>(options: {
  readonly keyv: Keyv;
  readonly namespace: string;
  readonly read: (value: unknown) => T | undefined;
  readonly rows: RowLog;
}): Values<T> {
  const { keyv, namespace, read, rows } = options;
  return {
    get: (key) =>
      access(async () => {
        const value: unknown = await keyv.get(key);
        const known = read(value);
        if (value !== undefined && known === undefined) rows.unreadable(namespace, key);
        return known;
      }),
    set: (key, value, lifetimeMs) => access(async () => void (await keyv.set(key, value, lifetimeMs))),
    remove: (key) => access(async () => void (await keyv.delete(key))),
  };
}

function createSourceAnswers(values: Values<string[]>): SourceAnswers {
  return {
    get: (words) => values.get(words),
    set: (words, paperIds) => values.set(words, [...paperIds], ANSWERS_MS),
  };
}

function createFormDrafts(values: Values<FormDraft>): FormDraftStore {
  return {
    keep: (userId, draft) => values.set(userId, draft, DRAFTS_MS),
    of: values.get,
    removeOf: values.remove,
  };
}

/** One value a person, so that deleting somebody's data is one write. The newest searches are kept. */
function createSavedSearches(
  values: Values<NonNullable<ReturnType<typeof readSearches>>>,
  clock: Clock,
): SavedSearches {
  let last: Promise<unknown> = Promise.resolve();
  /** One after the other: each reads what the one before wrote. */
  function inTurn<T>(run: () => Promise<T>): Promise<T> {
    const turn = last.then(run);
    last = turn.catch(() => undefined);
    return turn;
  }
  return {
    save: (userId, search) =>
      inTurn(async () => {
        const hash = hashOf(search);
        const present = (await values.get(userId)) ?? {};
        const kept = Object.entries({ ...present, [hash]: { ...search, at: clock.now() } })
          .toSorted(([, one], [, other]) => other.at - one.at)
          .slice(0, SEARCHES_EACH);
        await values.set(userId, Object.fromEntries(kept), SEARCHES_MS);
        return `${userId}-${hash}`;
      }),
    async get(key) {
      const [, userId, hash] = SEARCH_KEY.exec(key) ?? [];
      if (userId === undefined || hash === undefined) return undefined;
      const saved = (await values.get(userId))?.[hash];
      return saved && withoutTime(saved);
    },
    async of(userId) {
      const kept = Object.values((await values.get(userId)) ?? {});
      return kept.toSorted((one, other) => other.at - one.at).map(withoutTime);
    },
    removeOf: (userId) => inTurn(() => values.remove(userId)),
  };
}

function withoutTime({ at: _at, ...search }: SavedSearch & { readonly at: number }): SavedSearch {
  return search;
}

function hashOf({ query, sort, name }: SavedSearch): string {
  const words = [sort, query, ...(name === undefined ? [] : [name])].join('\n');
  return createHash('sha256').update(words).digest('hex').slice(0, HASH_LENGTH);
}

/**
 * A Keyv of its own namespace on the table of keys and values. What is too old is not found any more, by `clock`; it is
 * deleted with the purge. It has no `error` listener: with one, Keyv answers a failed read with "absent".
 */
function openKeyv(db: Database, namespace: string, clock: Clock): Keyv {
  return new Keyv({
    store: createKeyvAdapter(db, namespace, clock),
    namespace,
    throwOnErrors: true,
    // The adapter knows the clock; Keyv reads the system's.
    checkExpired: false,
    // One damaged value reads as its text, which no schema takes.
    serialization: { stringify: JSON.stringify, parse: parseLeniently },
  });
}

type Adapter = Pick<
  KeyvStorageAdapter,
  | 'namespace'
  | 'capabilities'
  | 'get'
  | 'getMany'
  | 'set'
  | 'setMany'
  | 'has'
  | 'hasMany'
  | 'delete'
  | 'deleteMany'
  | 'clear'
>;

/** https://keyv.org/docs/storage-adapters/custom/ */
function createKeyvAdapter(db: Database, namespace: string, clock: Clock): Adapter {
  const live = (key: string) =>
    db
      .selectFrom('key_values')
      .where('namespace', '=', namespace)
      .where('key', '=', key)
      .where((row) => row.or([row('expires_at', 'is', null), row('expires_at', '>', clock.now())]));

  const adapter: Adapter = {
    namespace,
    async get(key) {
      return (await live(key).select('value').executeTakeFirst())?.value;
    },
    getMany: (keys) => Promise.all(keys.map((key) => adapter.get<never>(key))),
    async set(key, value, expires) {
      // Keyv counts from the system's time.
      const expires_at = expires === undefined ? null : Math.round(clock.now() + expires - Date.now());
      const written = { value: String(value), expires_at };
      await db
        .insertInto('key_values')
        .values({ namespace, key, ...written })
        .onConflict((conflict) => conflict.columns(['namespace', 'key']).doUpdateSet(written))
        .execute();
      return true;
    },
    setMany: <Value>(entries: KeyvStorageEntry<Value>[]) =>
      Promise.all(entries.map(({ key, value, expires }) => adapter.set(key, value, expires))),
    async has(key) {
      return (await live(key).select('key').executeTakeFirst()) !== undefined;
    },
    hasMany: (keys) => Promise.all(keys.map((key) => adapter.has(key))),
    async delete(key) {
      const own = db.deleteFrom('key_values').where('namespace', '=', namespace);
      return (await own.where('key', '=', key).executeTakeFirst()).numDeletedRows > 0n;
    },
    deleteMany: (keys) => Promise.all(keys.map((key) => adapter.delete(key))),
    async clear() {
      await db.deleteFrom('key_values').where('namespace', '=', namespace).execute();
    },
  };
  // Tells Keyv that the third argument of `set` is an instant, and not a time to live.
  return { ...adapter, capabilities: keyvStorageCapability(adapter) };
}

function parseLeniently(text: string) {
  try {
    const parsed = JSON.parse(text);
    return Object.hasOwn(parsed, 'value') ? { value: parsed.value } : { value: text };
  } catch {
    return { value: text };
  }
}
