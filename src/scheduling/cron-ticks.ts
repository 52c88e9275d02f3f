import { schedule } from 'node-cron';

const WATCHED_EVERY_MS = 10_000;

/**
 * Calls `onTick` at the start of each minute; returns what stops it. Ticks do not wait for one another. node-cron sleeps
 * until the instant that it planned, and would be silent for hours after a wall clock was set back: it is started anew.
 */
export function startCronTicks(onTick: () => void): () => void {
  const start = () => schedule('* * * * *', onTick, { name: 'minute', suppressMissedWarning: true });
  let task = start();
  let before = Date.now();
  const watch = setInterval(() => {
    const now = Date.now();
    if (now < before) {
      void task.destroy();
      task = start();
    }
    before = now;
  }, WATCHED_EVERY_MS);
  return () => {
    clearInterval(watch);
    void task.destroy();
  };
}
