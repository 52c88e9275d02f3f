import { schedule } from 'node-cron';

/** Calls `onTick` at the start of each minute; returns what stops it. Ticks do not wait for one another. */
export function startCronTicks(onTick: () => void): () => Promise<void> {
  const task = schedule('* * * * *', onTick, { name: 'minute' });
  return async () => {
    await task.destroy();
  };
}
