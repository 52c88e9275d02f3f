import { expect, it } from 'vitest';
import { runChaos } from '../../chaos/run-chaos.ts';
import { isPostgresInstalled } from '../../playground/postgres/own-postgres.ts';

it(
  'two processes on PostgreSQL, killed and deployed, lose nothing, repeat nothing, and one at a time acts',
  { timeout: 180_000 },
  async (context) => {
    if (!isPostgresInstalled()) context.skip('PostgreSQL is not installed');

    const report = await runChaos({
      seed: 4,
      minutes: 0.2,
      channels: 12,
      replicas: 2,
      faults: ['kill', 'deploy', 'orders'],
      first: ['deploy'],
      log: () => undefined,
    });

    expect(report.violations).toEqual([]);
    expect(report.tally['kill']).toBeGreaterThan(0);
    expect(report.tally['deploy']).toBeGreaterThan(0);
    expect(report.figures['owed']).toBeGreaterThan(10);
    expect(report.figures['leaders']).toBeGreaterThan(1);
  },
);
