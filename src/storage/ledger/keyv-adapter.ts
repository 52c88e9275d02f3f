import { Keyv, keyvStorageCapability, type KeyvStorageAdapter, type KeyvStorageEntry } from 'keyv';
import type { Clock } from '../../calendar/clock.ts';
import type { Database } from './database/tables.ts';

/**
 * A Keyv of its own namespace on the table of keys and values. What is too old is not found any more, by `clock`; it is
 * deleted with the purge. It has no `error` listener: with one, Keyv answers a failed read with "absent".
 */
export function openKeyv(db: Database, namespace: string, clock: Clock): Keyv {
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
export function createKeyvAdapter(db: Database, namespace: string, clock: Clock): Adapter {
  const live = (key: string) =>
    db
      .selectFrom('keyValues')
      .where('namespace', '=', namespace)
      .where('key', '=', key)
      .where((row) => row.or([row('expiresAt', 'is', null), row('expiresAt', '>', clock.now())]));

  const adapter: Adapter = {
    namespace,
    async get(key) {
      return (await live(key).select('value').executeTakeFirst())?.value;
    },
    getMany: (keys) => Promise.all(keys.map((key) => adapter.get<never>(key))),
    async set(key, value, expires) {
      // Keyv counts from the system's time.
      const expiresAt = expires === undefined ? null : Math.round(clock.now() + expires - Date.now());
      const written = { value: String(value), expiresAt };
      await db
        .insertInto('keyValues')
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
      const own = db.deleteFrom('keyValues').where('namespace', '=', namespace);
      return (await own.where('key', '=', key).executeTakeFirst()).numDeletedRows > 0n;
    },
    deleteMany: (keys) => Promise.all(keys.map((key) => adapter.delete(key))),
    async clear() {
      await db.deleteFrom('keyValues').where('namespace', '=', namespace).execute();
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
