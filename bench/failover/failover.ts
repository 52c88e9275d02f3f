import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { buildCopy } from '../../chaos/mutants/mutant.ts';
import type { BenchOptions, Figure } from '../figure.ts';
import { type FailoverWorld, openFailoverWorld } from './failover-world.ts';
import { type Replicas, startReplicas } from './replicas.ts';
import { measureWrites } from './writes.ts';

const REPLICAS = 3;
const FAULTS = 50;
/** Longer than a request may take to have its effect: what a stopped process then still sends would come twice. */
const STOPPED_MS = 22_000;
const CUT_MS = 9_000;
const DOWN_MS = 1_000;
/** Before a fault, so that messages are under way. */
const STEADY_MS = 700;
const LONGEST_SILENCE_MS = 30_000;
const ROUND_WITHIN_MS = 240_000;
/** With fewer left the round is over too soon. */
const ENOUGH_LEFT = 350;

interface Fault {
  readonly name: 'kill' | 'stop' | 'partition' | 'deploy' | 'postgres';
  /** Resolves when it has begun; what goes on of it settles by itself. */
  start(parts: { readonly replicas: Replicas; readonly world: FailoverWorld }): Promise<void>;
}

const FAULT_KINDS: readonly Fault[] = [
  {
    name: 'kill',
    start: async ({ replicas }) => void (await replicas.ready()).leader.process.kill('SIGKILL'),
  },
  {
    name: 'stop',
    async start({ replicas }) {
      const { leader } = await replicas.ready();
      leader.process.kill('SIGSTOP');
      leader.state = 'gone';
      void setTimeout(STOPPED_MS).then(() => leader.process.kill('SIGCONT'));
    },
  },
  {
    name: 'partition',
    async start({ replicas }) {
      const { leader } = await replicas.ready();
      leader.wire.cut();
      leader.state = 'gone';
      void setTimeout(CUT_MS).then(() => leader.wire.mend());
    },
  },
  {
    name: 'deploy',
    async start({ replicas }) {
      const { leader } = await replicas.ready();
      leader.process.kill('SIGTERM');
      leader.state = 'gone';
    },
  },
  {
    name: 'postgres',
    async start({ world: { postgres } }) {
      await postgres.kill();
      await setTimeout(DOWN_MS);
      await postgres.start();
    },
  },
];

interface Count {
  lost: number;
  twice: number;
  rateLimited: number;
}

/** Three processes on one database, of which the leader is lost in the middle of a morning, again and again. */
export async function measureFailover({ faults = FAULTS, broken }: BenchOptions): Promise<readonly Figure[]> {
  const copy = broken === undefined ? undefined : buildCopy({ file: patchOf(broken) });
  const world = await openFailoverWorld();
  const { env, postgres } = world;
  const root = copy?.root ?? path.resolve(import.meta.dirname, '../..');
  let replicas: Replicas | undefined;
  try {
    const writes = await measureWrites(postgres);
    const ports = { databasePort: postgres.port, discordPort: Number(new URL(world.discord.url).port) };
    replicas = await startReplicas({ root, count: REPLICAS, ...ports, env });
    return [...(await measureFaults(world, { faults, replicas })), ...writes];
  } finally {
    await replicas?.close();
    await world.close();
    copy?.remove();
  }
}

async function measureFaults(
  world: FailoverWorld,
  { faults, replicas }: { readonly faults: number; readonly replicas: Replicas },
): Promise<readonly Figure[]> {
  const total: Count = { lost: 0, twice: 0, rateLimited: 0 };
  const figures: Figure[] = [];
  let needless = 0;
  for (const fault of FAULT_KINDS) {
    const before = await takeOvers(world);
    const silences = await measureFault(fault, { faults, world, replicas, total });
    if (fault.name === 'postgres') needless += (await takeOvers(world)) - before;
    figures.push(round(`silence_p99_s.${fault.name}`, percentile(silences, 0.99) / 1000, 's', 2));
    figures.push(round(`silence_p50_s.${fault.name}`, percentile(silences, 0.5) / 1000, 's', 2));
    console.error(`${fault.name}: ${silences.map((ms) => (ms / 1000).toFixed(2)).join(' ')}`, total);
  }
  for (const complaint of replicas.complaints) console.error(complaint);
  return [
    ...figures,
    round('lost', total.lost, '', 0),
    round('twice', total.twice, '', 0),
    round('rate_limited', total.rateLimited, '', 0),
    round('unled', replicas.unled, '', 0),
    round('needless_take_overs', needless, '', 0),
    round('unexplained_ends', replicas.complaints.length, '', 0),
  ];
}

/** The silence after each fault, in ms. */
async function measureFault(
  fault: Fault,
  parts: {
    readonly faults: number;
    readonly world: FailoverWorld;
    readonly replicas: Replicas;
    readonly total: Count;
  },
): Promise<readonly number[]> {
  const { faults, world, replicas, total } = parts;
  const silences: number[] = [];
  while (silences.length < faults) {
    await replicas.ready();
    await world.begin();
    do {
      await nextMessage(world, Date.now());
      await setTimeout(STEADY_MS);
      await replicas.ready();
      if (world.times().length > 1_000 - ENOUGH_LEFT) break;
      const at = Date.now();
      await fault.start(parts);
      silences.push(await silenceAfter(world, at));
    } while (silences.length < faults);
    await roundOver(world);
    const { lost, twice, rateLimited } = world.count();
    total.lost += lost;
    total.twice += twice;
    total.rateLimited += rateLimited;
  }
  return silences;
}

/** The longest time without a message around the fault, once messages come again. */
async function silenceAfter(world: FailoverWorld, at: number): Promise<number> {
  const settledMs = 1_500;
  let last = at;
  // Messages that were under way still arrive: it is over when they have come for a while without a gap.
  for (;;) {
    await setTimeout(50);
    const times = world.times().filter((time) => time > at - 1_000);
    last = times.at(-1) ?? last;
    const gaps = times.map((time, n) => time - (times[n - 1] ?? time));
    const longest = Math.max(0, ...gaps);
    const sinceGap = longest === 0 ? 0 : last - (times[gaps.lastIndexOf(longest)] ?? last);
    const isQuiet = Date.now() - last > 500;
    if (!isQuiet && longest > 250 && sinceGap >= settledMs) return longest;
    if (!isQuiet && Date.now() - at > LONGEST_SILENCE_MS / 3 && longest <= 250) return longest;
    if (Date.now() - at > LONGEST_SILENCE_MS) return Math.max(longest, Date.now() - last);
  }
}

async function nextMessage(world: FailoverWorld, since: number): Promise<void> {
  while (!world.times().some((time) => time > since)) {
    if (Date.now() - since > LONGEST_SILENCE_MS) throw new Error('no message comes');
    await setTimeout(20);
  }
}

async function roundOver(world: FailoverWorld): Promise<void> {
  const begun = Date.now();
  while ((await world.left()) > 0 && Date.now() - begun < ROUND_WITHIN_MS) await setTimeout(500);
  // What a process that was stopped or cut off would send, were it not fenced.
  await setTimeout(STOPPED_MS - CUT_MS);
}

async function takeOvers({ postgres }: FailoverWorld): Promise<number> {
  const [row] = await postgres.query<{ readonly n: number }>('SELECT take_overs AS n FROM leader_lease');
  return row?.n ?? 0;
}

function patchOf(name: string): string {
  return path.join(import.meta.dirname, 'broken', `${name}.patch`);
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * part) - 1] ?? NaN;
}

function round(figure: string, value: number, unit: string, digits: number): Figure {
  return { figure, value: Number(value.toFixed(digits)), unit };
}
