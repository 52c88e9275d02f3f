import { parseArgs } from 'node:util';
import { FAULTS } from './faults/table.ts';
import { isClean } from './report.ts';
import { renderReport } from './report-text.ts';
import { runChaos } from './run-chaos.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '5' },
    channels: { type: 'string', default: '100' },
    faults: { type: 'string' },
  },
});
const options = {
  seed: Number(values.seed),
  minutes: Number(values.minutes),
  channels: Number(values.channels),
  ...(values.faults === undefined ? {} : { faults: values.faults.split(',') }),
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
console.log(renderReport(report, FAULTS));
if (!isClean(report)) console.error(report.log.join('\n'));
console.log(JSON.stringify({ met: report.tally }));
console.log(JSON.stringify(report.figures));
console.log(
  `Again: npm run chaos -- --seed ${options.seed} --minutes ${options.minutes} --channels ${options.channels}${
    values.faults === undefined ? '' : ` --faults ${values.faults}`
  }`,
);
process.exit(isClean(report) ? 0 : 1);
