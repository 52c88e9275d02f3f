import { freezeDeeply } from '../../src/storage/freeze-deeply.ts';
import type { Records } from '../../src/storage/keyv-records.ts';
import { type Write, writeThrough } from './memory-stores.ts';
import { letRun } from './scripted-clock.ts';

/** Records whose `rows` outlive a process: copied in and out, as by a file, and written a moment after they are told to. */
export function createFaultRecords<T>(
  write: Write = writeThrough,
  rows: Map<string, T> = new Map(),
): Records<T> & { readonly rows: Map<string, T> } {
  const read = (value: T) => freezeDeeply(structuredClone(value));

  return {
    rows,
    load: async () => new Map([...rows].map(([key, value]) => [key, read(value)])),
    async *entries() {
      for (const [key, value] of rows) yield [key, read(value)];
    },
    keys: async () => [...rows.keys()],
    async get(key) {
      const value = rows.get(key);
      return value === undefined ? undefined : read(value);
    },
    async set(key, value) {
      const copy = structuredClone(value);
      await letRun();
      write(() => rows.set(key, copy), key);
    },
    async remove(...keys) {
      await letRun();
      write(() => {
        for (const key of keys) rows.delete(key);
      }, keys.join(' '));
    },
  };
}
