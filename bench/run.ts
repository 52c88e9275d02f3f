import { parseArgs } from 'node:util';
import type { Bench } from './figure.ts';
import { measureFailover } from './failover/failover.ts';
import { measureFanout } from './fanout.ts';
import { measureGrowth } from './growth.ts';
import { measureHostile } from './hostile.ts';
import { measureLibrary } from './library.ts';
import { measureMatching } from './matching.ts';
import { measureRecommend } from './recommend.ts';
import { measureRising } from './rising.ts';
import { measureSearch } from './search.ts';
import { measureShards } from './shards.ts';
import { measureStartup } from './startup.ts';

const BENCHES: Readonly<Record<string, Bench>> = {
  startup: measureStartup,
  fanout: measureFanout,
  hostile: measureHostile,
  failover: measureFailover,
  matching: measureMatching,
  search: measureSearch,
  growth: measureGrowth,
  shards: measureShards,
  library: measureLibrary,
  rising: measureRising,
  recommend: measureRecommend,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    later: { type: 'string' },
    lists: { type: 'string' },
    questions: { type: 'string' },
    faults: { type: 'string' },
    broken: { type: 'string' },
  },
});
const names = positionals.length === 0 ? Object.keys(BENCHES) : positionals;
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}

const seed = Number(values.seed);
if (!Number.isSafeInteger(seed)) {
  console.error(`--seed takes a whole number, not ${values.seed}.`);
  process.exit(1);
}

for (const name of names) {
  try {
    const { later, lists, questions, broken } = values;
    const faults = values.faults === undefined ? {} : { faults: Number(values.faults) };
    const figures = (await BENCHES[name]?.({ seed, later, lists, questions, broken, ...faults })) ?? [];
    const rows = figures.map((measured) => ({ bench: name, ...measured }));
    if (values.json) for (const row of rows) console.log(JSON.stringify(row));
    else console.table(rows);
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
