import { StorageError } from '../errors.ts';
import { freezeDeeply } from './freeze-deeply.ts';
import type { KeyvNamespace } from './keyv-namespace.ts';
import { Envelope } from './state/schema.ts';

export interface StateLog {
  error(fields: object, message: string): void;
}

/** Reads a value that came from the store; undefined when it is not what it should be. */
export type ReadRecord<T> = (value: unknown) => T | undefined;

/** Validated values under keys; what is read is frozen. Everything raises `StorageError`. */
export interface Records<T> {
  load(): Promise<Map<string, T>>;
  get(key: string): Promise<T | undefined>;
  set(key: string, value: T, ttl?: number): Promise<void>;
  remove(key: string): Promise<void>;
}

export interface RecordsOptions<T> {
  readonly namespace: KeyvNamespace;
  /** Where unreadable values are kept for the operator. */
  readonly setAside: KeyvNamespace;
  readonly read: ReadRecord<T>;
  readonly log: StateLog;
}

/** Raised when the shape of a value changes; `read` then also takes the older ones. */
const VERSION = 1;

export function createRecords<T>({ namespace, setAside, read, log }: RecordsOptions<T>): Records<T> {
  async function unwrap(key: string, stored: unknown): Promise<T | undefined> {
    const envelope = Envelope.safeParse(stored);
    if (envelope.success && envelope.data.version > VERSION) {
      throw new StorageError(
        `The state "${namespace.name}" was written by a newer version of Paperboy. Start that version, or restore a backup.`,
      );
    }
    const value = envelope.success ? read(envelope.data.value) : undefined;
    if (value !== undefined) return freezeDeeply(value);
    await setAside.set(`${namespace.name}:${key}`, stored);
    await namespace.remove(key);
    log.error({ record: namespace.name, key }, 'an unreadable record was set aside');
    return undefined;
  }

  return {
    async load() {
      const stored: (readonly [string, unknown])[] = [];
      for await (const entry of namespace.entries()) stored.push(entry);
      const values = new Map<string, T>();
      for (const [key, raw] of stored) {
        const value = await unwrap(key, raw);
        if (value !== undefined) values.set(key, value);
      }
      return values;
    },
    async get(key) {
      const stored = await namespace.get(key);
      return stored === undefined ? undefined : await unwrap(key, stored);
    },
    set: (key, value, ttl) => namespace.set(key, { version: VERSION, value }, ttl),
    remove: (key) => namespace.remove(key),
  };
}
