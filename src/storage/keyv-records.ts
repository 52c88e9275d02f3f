import { freezeDeeply } from './freeze-deeply.ts';
import type { KeyvNamespace } from './keyv-namespace.ts';
import { newerVersion } from './state-version.ts';
import { Envelope } from './state/schema.ts';

export interface StateLog {
  error(fields: object, message: string): void;
}

/** Reads a value that came from the store; undefined when it is not what it should be. */
export type ReadRecord<T> = (value: unknown) => T | undefined;

/** Validated values under keys; what is read is frozen. Everything raises `StorageError`. */
export interface Records<T> {
  load(): Promise<Map<string, T>>;
  /** One at a time, for what is too much to hold; they may be removed meanwhile. */
  entries(): AsyncIterable<readonly [string, T]>;
  keys(): Promise<readonly string[]>;
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T): Promise<void>;
  remove(...keys: readonly string[]): Promise<void>;
}

export interface RecordsOptions<T> {
  readonly namespace: KeyvNamespace;
  /** Where unreadable values are kept for the operator. */
  readonly setAside: KeyvNamespace;
  readonly read: ReadRecord<T>;
  readonly log: StateLog;
  /** The first makes a value of version 1 one of version 2, and so on; values are of the version after the last. */
  readonly upgrades?: readonly ((value: unknown) => unknown)[];
}

export function createRecords<T>({
  namespace,
  setAside,
  read,
  log,
  upgrades = [],
}: RecordsOptions<T>): Records<T> {
  const current = upgrades.length + 1;

  function upgrade({ version, value }: Envelope): unknown {
    return upgrades.slice(version - 1).reduce((older, toNext) => toNext(older), value);
  }

  async function unwrap(key: string, stored: unknown): Promise<T | undefined> {
    const envelope = Envelope.safeParse(stored);
    if (envelope.success && envelope.data.version > current) {
      throw newerVersion(`"${namespace.name}"`);
    }
    const value = envelope.success ? read(upgrade(envelope.data)) : undefined;
    if (value !== undefined) return freezeDeeply(value);
    await setAside.set(`${namespace.name}:${key}`, stored);
    await namespace.remove(key);
    log.error({ record: namespace.name, key }, 'an unreadable record was set aside');
    return undefined;
  }

  async function* entries(): AsyncIterable<readonly [string, T]> {
    for await (const [key, raw] of namespace.entries()) {
      const value = await unwrap(key, raw);
      if (value !== undefined) yield [key, value];
    }
  }

  return {
    async load() {
      const values = new Map<string, T>();
      for await (const [key, value] of entries()) values.set(key, value);
      return values;
    },
    entries,
    keys: () => namespace.keys(),
    async get(key) {
      const stored = await namespace.get(key);
      return stored === undefined ? undefined : await unwrap(key, stored);
    },
    set: (key, value) => namespace.set(key, { version: current, value }),
    remove: (...keys) => namespace.remove(...keys),
  };
}
