import { parseArgs } from 'node:util';
import { runYear } from './run-year.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    days: { type: 'string', default: '366' },
    places: { type: 'string', default: '500' },
  },
});
/** Half an hour after a list day has begun; the year has 29 February 2028 in it. */
const START = Date.UTC(2027, 6, 1, 2);
const MB = 1e6;
const LINES = 20;

const report = await runYear({
  seed: Number(values.seed),
  days: Number(values.days),
  places: Number(values.places),
  start: START,
  log: (line) => console.error(line),
});
const { months, violations, logged, ...figures } = report;
console.table(
  months.map(({ month, heapBytes, rssBytes, ledgerBytes, archiveBytes, rows }) => ({
    month,
    'heap MB': inMegabytes(heapBytes),
    'rss MB': inMegabytes(rssBytes),
    'ledger MB': inMegabytes(ledgerBytes),
    'archive MB': inMegabytes(archiveBytes),
    ...rows,
  })),
);
console.table(Object.fromEntries(logged));
for (const { kind, channelId, about } of violations.slice(0, LINES))
  console.log(`${kind}: ${about} (channel ${channelId ?? 'none'})`);
const counts = Object.groupBy(violations, ({ kind }) => kind);
const broken = Object.entries(counts).map(([kind, some = []]) => [kind, some.length]);
console.log(JSON.stringify({ ...figures, lost: 0, twice: 0, late: 0, ...Object.fromEntries(broken) }));
process.exit(violations.length === 0 ? 0 : 1);

function inMegabytes(bytes: number): number {
  return Math.round((bytes / MB) * 10) / 10;
}
