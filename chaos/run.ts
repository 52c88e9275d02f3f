import { parseArgs } from 'node:util';
import { FAULTS } from './faults/table.ts';
import { isClean } from './report.ts';
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
const LINES = 20;

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
console.table(FAULTS.map(({ name, says }) => ({ fault: name, met: report.tally[name] ?? 0, says })));
console.table(report.figures);
for (const { kind, channelId, about } of report.violations.slice(0, LINES))
  console.log(`${kind}: ${about} (channel ${channelId})`);
for (const incident of report.incidents) console.log(incident);
if (!isClean(report)) console.error([...report.stories, '', ...report.log].join('\n'));
console.log(JSON.stringify({ met: report.tally }));
console.log(JSON.stringify(report.figures));
console.log(
  `Again: npm run chaos -- --seed ${options.seed} --minutes ${options.minutes} --channels ${options.channels}${
    values.faults === undefined ? '' : ` --faults ${values.faults}`
  }`,
);
process.exit(isClean(report) ? 0 : 1);
