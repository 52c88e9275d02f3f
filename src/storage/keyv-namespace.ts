import { setImmediate as nextTurn } from 'node:timers/promises';
import { KeyvSqlite, type SqliteDriver } from '@keyv/sqlite';
import { Keyv } from 'keyv';
import { StorageError } from '../errors.ts';
import { KeyRows } from './state/schema.ts';

/** Values under keys; a write is on disk when it resolves. Everything raises `StorageError`. */
export interface KeyvNamespace {
  readonly name: string;
  /** What is removed meanwhile may or may not come; other work gets its turn every few hundred. */
  entries(): AsyncIterable<readonly [string, unknown]>;
  keys(): Promise<readonly string[]>;
  /** Undefined for an absent key only. */
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  remove(...keys: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const BUSY_TIMEOUT_MS = 5_000;
const KEYS_AT_ONCE = 500;

/**
 * Opens one namespace of the state. Each has an adapter and a table of its own, because adapters that are shared
 * overwrite one another's keys. It has no `error` listener: with one, Keyv answers a failed read with "absent".
 */
export function openKeyvNamespace(file: string, name: string, driver: SqliteDriver): KeyvNamespace {
  const store = new KeyvSqlite({
    uri: `sqlite://${file}`,
    driver,
    table: name,
    busyTimeout: BUSY_TIMEOUT_MS,
    iterationLimit: KEYS_AT_ONCE,
  });
  const keyv = new Keyv({
    store,
    namespace: name,
    throwOnErrors: true,
    serialization: { stringify: JSON.stringify, parse: (text: string) => parseLeniently(text) },
  });

  async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StorageError) throw error;
      throw new StorageError(`The state "${name}" could not ${what}.`, error);
    }
  }

  return {
    name,
    async *entries() {
      try {
        let count = 0;
        for await (const [key, value] of keyv.iterator()) {
          yield [key, value] as const;
          if (++count % KEYS_AT_ONCE === 0) await nextTurn();
        }
      } catch (error) {
        throw new StorageError(`The state "${name}" could not be read.`, error);
      }
    },
    keys: () =>
      attempt('be read', async () => {
        const rows = KeyRows.parse(await store.query(`SELECT key FROM "${store.table}"`));
        return rows.map(({ key }) => key);
      }),
    get: (key) =>
      attempt('be read', async () => {
        if (!(await store.has(key))) return undefined;
        const value: unknown = await keyv.get(key);
        if (value === undefined) {
          throw new StorageError(`The state "${name}" has a key without a value.`);
        }
        return value;
      }),
    set: (key, value) =>
      attempt('be written', async () => {
        if (!(await keyv.set(key, value))) throw new StorageError(`The state "${name}" refused a write.`);
      }),
    remove: (...keys) =>
      attempt('be written', async () => {
        const areRemoved = await keyv.deleteMany([...keys]);
        for (const [index, key] of keys.entries()) {
          if (areRemoved[index] === true || !(await store.has(key))) continue;
          throw new StorageError(`The state "${name}" kept a removed key.`);
        }
      }),
    close: () => attempt('be closed', () => keyv.disconnect()),
  };
}

/** One damaged value must not hide the others, nor read as absent: it comes out as its text, which no schema takes. */
function parseLeniently(text: string) {
  try {
    const parsed = JSON.parse(text);
    return Object.hasOwn(parsed, 'value') ? { value: parsed.value } : { value: text };
  } catch {
    return { value: text };
  }
}
