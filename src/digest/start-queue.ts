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
  let running = 0;
  let beginning = 0;
  /** One for all who wait: each minute asks again, and trouble can hold up thousands for hours. */
  let settling: PromiseWithResolvers<void> | undefined;

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
    running += 1;
    const begun = () => {
      if (hasBegun) return;
      hasBegun = true;
      beginning -= 1;
      startNext();
    };
    void start(id, begun).finally(() => {
      begun();
      running -= 1;
      if (running > 0) return;
      settling?.resolve();
      settling = undefined;
    });
  }

  return {
    add(id) {
      waiting.add(id);
      startNext();
    },
    isWaiting: (id) => waiting.has(id),
    settled() {
      if (running === 0) return Promise.resolve();
      settling ??= Promise.withResolvers();
      return settling.promise;
    },
  };
}
