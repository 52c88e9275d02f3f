/** Starts tasks in the order of asking. Thousands can wait: each is but an id. */
export interface StartQueue {
  /** Harmless to repeat while it waits. */
  add(id: string): void;
  isWaiting(id: string): boolean;
  /** Resolves when nothing waits, and all that was started has ended. */
  settled(): Promise<void>;
}

/** Runs a task, and calls back when the next one can start, which its end is at the latest. Never rejects. */
export type StartTask = (id: string, onBegun: () => void) => Promise<void>;

/** Lets so many tasks begin at a time. */
export function createStartQueue(places: number, start: StartTask): StartQueue {
  const waiting = new Set<string>();
  const running = new Set<Promise<void>>();
  let beginning = 0;

  function startNext(): void {
    for (const id of waiting) {
      if (beginning >= places) return;
      waiting.delete(id);
      run(id);
    }
  }

  function run(id: string): void {
    let hasBegun = false;
    beginning += 1;
    const begun = () => {
      if (hasBegun) return;
      hasBegun = true;
      beginning -= 1;
      startNext();
    };
    const task = start(id, begun).finally(() => {
      begun();
      running.delete(task);
    });
    running.add(task);
  }

  return {
    add(id) {
      waiting.add(id);
      startNext();
    },
    isWaiting: (id) => waiting.has(id),
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
}
