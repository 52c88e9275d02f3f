import type { Progress } from './schema.ts';

/** Says that the process is ready, does the work once it is told to, and says what that cost. */
export async function doMeasuredWork(work: () => Promise<void>): Promise<void> {
  const told = new Promise((resolve) => {
    process.once('message', resolve);
  });
  process.send?.({ step: 'ready' } satisfies Progress);
  await told;
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  process.send?.({ step: 'done', cpuSeconds: (user + system) / 1e6 } satisfies Progress);
}
