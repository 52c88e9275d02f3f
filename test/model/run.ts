import { type Exploration, explore } from './explore.ts';
import { MISTAKES, scenarioOf } from './mistakes.ts';
import { HABITS, type Setting, TABLE } from './world.ts';
import { WORLDS } from './worlds.ts';

/**
 * `--all` explores every world, and looks for every mistake; `--worlds` and `--mistakes` do one of the two; anything else
 * is a part of the names of worlds or mistakes. Exit code 1 when a world fails, or a mistake is not found.
 */
const wanted = process.argv.slice(2);
const isWanted = (name: string, kind: '--worlds' | '--mistakes'): boolean =>
  wanted.length === 0 ||
  wanted.some((one) => one === '--all' || one === kind || (!one.startsWith('--') && name.includes(one)));

function report({ states, moves, seconds }: Exploration, text: string): void {
  const figures = `${String(states).padStart(8)} states ${String(moves).padStart(9)} moves ${seconds.toFixed(1).padStart(6)} s`;
  process.stdout.write(`${figures} | ${text}\n`);
}

let unexpected = 0;
let states = 0;

const settings: readonly [string, Setting][] = Object.entries(WORLDS);
for (const [name, setting] of settings.filter(([one]) => isWanted(one, '--worlds'))) {
  const result = explore({ setting, habits: HABITS, table: TABLE });
  states += result.states;
  report(result, `${name} | ${result.failure?.wrong ?? 'holds'}`);
  if (result.failure === undefined) continue;
  unexpected += 1;
  for (const line of result.failure.story) process.stdout.write(`      ${line}\n`);
}

for (const mistake of MISTAKES.filter(({ name }) => isWanted(name, '--mistakes'))) {
  const result = explore(scenarioOf(mistake));
  if (result.failure === undefined) unexpected += 1;
  report(result, `${mistake.name} | in: ${mistake.world} | ${result.failure?.wrong ?? 'NOT FOUND'}`);
}

process.stdout.write(`${states} states of the table as it is; unexpected results: ${unexpected}\n`);
process.exitCode = unexpected === 0 ? 0 : 1;
