/** Runs work of one key one after the other, in the order of the calls; work of different keys runs at once. */
export type KeyedQueue = <T>(key: string, work: () => Promise<T>) => Promise<T>;

export function createKeyedQueue(): KeyedQueue {
  const tails = new Map<string, Promise<unknown>>();
  return async (key, work) => {
    const before = tails.get(key);
    const task = before === undefined ? work() : before.then(work, work);
    tails.set(key, task);
    try {
      return await task;
    } finally {
      if (tails.get(key) === task) tails.delete(key);
    }
  };
}
