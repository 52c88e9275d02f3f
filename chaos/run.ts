import { parseArgs } from 'node:util';
import { isPostgresInstalled } from '../playground/postgres/own-postgres.ts';
import { CALM_FAULTS } from './faults/calms.ts';
import { CONDITIONS } from './faults/conditions.ts';
import { canBeMet } from './faults/fault.ts';
import { GONE_FOR_A_MONTH } from './faults/gone-for-a-month.ts';
import { FAULTS } from './faults/table.ts';
import { runMutants } from './mutants/run-mutants.ts';
import { isClean } from './report/report.ts';
import { renderReport } from './report/report-text.ts';
import { runChaos } from './run-chaos.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    faults: { type: 'string' },
    first: { type: 'string' },
    minutes: { type: 'string' },
    channels: { type: 'string' },
    postgres: { type: 'boolean', default: false },
    replicas: { type: 'string' },
    root: { type: 'string' },
    hasty: { type: 'boolean', default: false },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string' },
    seeds: { type: 'string' },
    folder: { type: 'string' },
    today: { type: 'boolean', default: false },
  },
});
const complaint = judgeSetting(values);
if (complaint !== undefined) {
  console.error(complaint);
  process.exit(1);
}
if (values.mutants) {
  const { verdicts, unbroken, figures } = await runMutants(values, ({ mutant, seed, by }) =>
    console.error(`${mutant}, seed ${seed}: ${by || 'clean'}`),
  );
  console.table(verdicts);
  console.table(unbroken);
  console.log(JSON.stringify(figures));
  process.exit(figures.caught === figures.mutants && figures.clean ? 0 : 1);
}
const options = {
  seed: Number(values.seed),
  minutes: Number(values.minutes ?? 5),
  channels: Number(values.channels ?? 100),
  root: values.root,
  ...(values.postgres ? { replicas: Number(values.replicas ?? 1) } : {}),
  isHasty: values.hasty,
  ...(values.faults === undefined ? {} : { faults: values.faults.split(',') }),
  ...(values.first === undefined ? {} : { first: values.first.split(',') }),
};

const leaving = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => leaving.abort());

const report = await runChaos({
  ...options,
  signal: leaving.signal,
  log: (line) => console.error(line),
}).catch((error: unknown) => {
  if (!leaving.signal.aborted) throw error;
  console.error('Ended from outside; nothing is left behind.');
  return process.exit(1);
});
const met = [...FAULTS, ...CALM_FAULTS].filter((fault) => canBeMet(fault, options.replicas));
console.log(renderReport(report, [...met, ...CONDITIONS, GONE_FOR_A_MONTH]));
if (!isClean(report)) console.error(report.log.join('\n'));
console.log(JSON.stringify({ met: report.tally }));
console.log(JSON.stringify(report.figures));
console.log(
  `Again: npm run chaos -- --seed ${options.seed} --minutes ${options.minutes} --channels ${options.channels}${
    values.faults === undefined ? '' : ` --faults ${values.faults}`
  }${options.replicas === undefined ? '' : ` --replicas ${options.replicas} --postgres`}`,
);
process.exit(isClean(report) ? 0 : 1);

/** Why it cannot run like that; undefined where it can. */
function judgeSetting({
  postgres,
  replicas,
}: {
  readonly postgres: boolean;
  readonly replicas?: string | undefined;
}): string | undefined {
  if (replicas !== undefined && !postgres) return '--replicas needs --postgres: SQLite has one process.';
  if (replicas !== undefined && !/^[1-9]$/.test(replicas)) return '--replicas takes a number from 1 to 9.';
  if (postgres && !isPostgresInstalled()) return 'PostgreSQL is not installed: apt-get install postgresql';
  return undefined;
}
