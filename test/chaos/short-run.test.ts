import { expect, it } from 'vitest';
import { runChaos } from '../../chaos/run-chaos.ts';
import { isClean } from '../../chaos/report/report.ts';

it(
  'a short run among faults loses nothing, repeats nothing, and ends by itself',
  { timeout: 180_000 },
  async () => {
    const report = await runChaos({ seed: 7, minutes: 0.5, channels: 40, log: () => undefined });

    expect(report.violations).toEqual([]);
    expect(isClean(report)).toBe(true);
    expect(report.figures['owed']).toBeGreaterThan(20);
    expect(report.figures['kills']).toBeGreaterThan(0);
  },
);
