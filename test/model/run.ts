import { explore } from './explore.ts';
import { HABITS, type Setting, TABLE } from './world.ts';
import { WORLDS } from './worlds.ts';

let failures = 0,
  states = 0;
const only = process.argv[2];
for (const [name, setting] of Object.entries(WORLDS) as [string, Setting][]) {
  if (only && name !== only && only !== '--all') continue;
  const r = explore({ setting, habits: HABITS, table: TABLE });
  states += r.states;
  console.log(
    String(r.states).padStart(8),
    String(r.moves).padStart(9),
    r.seconds.toFixed(1).padStart(6),
    name,
    '|',
    r.failure?.wrong ?? 'holds',
  );
  if (r.failure) {
    failures++;
    for (const s of r.failure.story) console.log('      ' + s);
  }
}
console.log(states, failures);
