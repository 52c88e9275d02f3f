const WINDOW_MS = 60_000;
/** With more people at once, those who were quiet for longest are forgotten. */
const PEOPLE_KEPT = 10_000;

interface Window {
  /** By a monotonic clock. */
  readonly began: number;
  used: number;
}

/** Counts one use by a person; the seconds to wait where that is one too many, else 0. */
export type PersonLimit = (userId: string) => number;

/** So many uses a person in each minute that begins with a use. */
export function createPersonLimit(perMinute: number, monotonic: () => number): PersonLimit {
  const windows = new Map<string, Window>();
  return (userId) => {
    const now = monotonic();
    const present = windows.get(userId);
    const isOver = present === undefined || now - present.began >= WINDOW_MS;
    const window = isOver ? { began: now, used: 0 } : present;
    if (window.used >= perMinute) return Math.ceil((window.began + WINDOW_MS - now) / 1000);
    window.used += 1;
    windows.delete(userId);
    windows.set(userId, window);
    const [quietest] = windows.keys();
    if (windows.size > PEOPLE_KEPT && quietest !== undefined) windows.delete(quietest);
    return 0;
  };
}
