import { parseArgs } from 'node:util';
import type { Bench } from './figure.ts';
import { measureFanout } from './fanout.ts';
import { measureMatching } from './matching.ts';
import { measureStartup } from './startup.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  startup: measureStartup,
  fanout: measureFanout,
  matching: measureMatching,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals;
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}

for (const name of names) {
  const figures = (await BENCHES[name]?.()) ?? [];
  const rows = figures.map((measured) => ({ bench: name, ...measured }));
  if (values.json) for (const row of rows) console.log(JSON.stringify(row));
  else console.table(rows);
}
