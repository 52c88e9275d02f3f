import { setImmediate } from 'node:timers/promises';

/** Well under the 20 ms that the event loop may be kept at most: a step that is begun is finished. */
const SLICE_MS = 5;

/** Parts long work, so that everything else has its turn in between. */
export interface Slices {
  /** Whether the work has kept the event loop long enough; then `next` is due. */
  isOver(): boolean;
  /** Resolves when everything else has had its turn. */
  next(): Promise<void>;
}

/** `now` counts milliseconds from wherever it likes, and never goes back. */
export function createSlices(now: () => number): Slices {
  let startedAt = now();
  return {
    isOver: () => now() - startedAt >= SLICE_MS,
    async next() {
      await setImmediate();
      startedAt = now();
    },
  };
}
