import { expect, it } from 'vitest';
import { runYear } from '../../chaos/year/run-year.ts';

it('a few days of a simulated year bring what is owed, once and in time', { timeout: 240_000 }, async () => {
  // Clocks change in Europe on the fourth day.
  const start = Date.UTC(2028, 2, 23, 2);
  const told: string[] = [];

  const report = await runYear({ seed: 3, places: 30, days: 5, start, log: (line) => told.push(line) });

  expect(report.violations).toEqual([]);
  expect([...report.logged]).toEqual([]);
  expect(report.owed).toBeGreaterThan(50);
  expect(report.months.map(({ month }) => month)).toEqual(['2028-03']);
});
