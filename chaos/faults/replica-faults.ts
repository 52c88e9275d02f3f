import { setTimeout } from 'node:timers/promises';
import { pickNumber, pickOne } from '../random.ts';
import type { Replica, Replicas } from '../replicas/replicas.ts';
import { awaitSending, beside, type Fault, leap, SENDS, type Stop, type Storm } from './fault.ts';

/** What befalls several processes on one database; `kill` and `terminate` befall the one that leads. */
export const REPLICA_FAULTS: readonly Fault[] = [
  {
    name: 'leader-stopped',
    says: 'The leader stands still for longer than its lease holds, and than its requests may take, and then goes on.',
    weight: 6,
    needs: 'replicas',
    // A request may have its effect within 17 s.
    lasts: [22_000, 23_000],
    start: (storm) =>
      befallLeader(storm, { kind: 'down', begin: (replicas, leader) => replicas.stop(leader) }),
  },
  {
    name: 'leader-cut-off',
    says: 'The leader is cut off from the database, for less or for more than its lease holds.',
    weight: 6,
    needs: 'replicas',
    lasts: [1_000, 9_000],
    start: (storm) =>
      befallLeader(storm, { kind: 'storage', begin: (replicas, leader) => replicas.cutOff(leader) }),
  },
  {
    name: 'killed-mid-request',
    says: 'The leader is killed, and what it sent last has its effect seconds later.',
    weight: 4,
    needs: 'replicas',
    async start(storm) {
      const { world, random, met } = storm;
      const { supervisor } = world;
      const { promise: isSending, resolve } = Promise.withResolvers<boolean>();
      const stop = world.spoil('discord', ({ method, path }) => {
        if (method !== 'POST' || !SENDS.test(path)) return undefined;
        resolve(true);
        return { kind: 'slow', ms: pickNumber(random, ...ON_THE_WAY_MS) };
      });
      leap(storm);
      if (await Promise.race([isSending, setTimeout(SENT_WITHIN_MS, false)])) met();
      await setTimeout(pickNumber(random, 0, AMID_MS));
      await supervisor.end('SIGKILL');
      stop();
      await supervisor.start();
    },
  },
  {
    name: 'standby-killed',
    says: 'A process that waits for its turn to lead is killed.',
    weight: 3,
    needs: 'replicas',
    async start({ world: { replicas }, random, met }) {
      const [first, ...others] = replicas?.standbys() ?? [];
      if (first === undefined) return;
      const { supervisor } = pickOne(random, [first, ...others]);
      await supervisor.end('SIGKILL');
      met();
      void supervisor.start();
    },
  },
  {
    name: 'deploy',
    says: 'Each process is asked to stop and started again, one after the other, the leader last.',
    weight: 4,
    needs: 'replicas',
    start(storm) {
      const { replicas } = storm.world;
      if (replicas !== undefined) beside(storm, deploy(replicas).then(storm.met));
    },
  },
  {
    name: 'database-killed',
    says: 'The database is killed, and started again.',
    weight: 5,
    needs: 'postgres',
    tells: 'storage',
    async start(storm) {
      const { world, random, met } = storm;
      if (world.replicas === undefined) return;
      const { postgres } = world.replicas;
      await beAmidSending(storm);
      await postgres.kill();
      met();
      await setTimeout(pickNumber(random, ...DOWN_MS));
      await postgres.start();
      await setTimeout(NOTICED_MS);
    },
  },
];

/** Less than the 17 s within which a request may have its effect, and longer than a take-over. */
const ON_THE_WAY_MS = [3_000, 8_000] as const;
/** From a leap: a tick, a collection and a plan. */
const SENT_WITHIN_MS = 4_000;
const DOWN_MS = [1_000, 4_000] as const;
/** Until each process has connected again. */
const NOTICED_MS = 1_500;
/** A burst of messages has as many on their way by then as it will have. */
const AMID_MS = 400;

async function beAmidSending(storm: Storm): Promise<void> {
  if (storm.random() < 0.2) return;
  leap(storm);
  await awaitSending(storm);
  await setTimeout(pickNumber(storm.random, 0, AMID_MS));
}

/** Something befalls the leader until it is over, and the bot until then, or until another process leads. */
async function befallLeader(
  storm: Storm,
  {
    kind,
    begin,
  }: { readonly kind: string; readonly begin: (replicas: Replicas, leader: Replica) => () => void },
): Promise<Stop | undefined> {
  const { world, met } = storm;
  const { replicas } = world;
  if (replicas === undefined) return undefined;
  await beAmidSending(storm);
  const leader = replicas.leader();
  // Somebody has to take its place.
  if (leader === undefined || replicas.standbys().length === 0) return undefined;
  met();
  const settle = world.disturb(kind);
  const undo = begin(replicas, leader);
  const over = new AbortController();
  beside(storm, replicas.awaitOther(leader, over.signal).then(settle));
  return () => {
    undo();
    over.abort();
  };
}

async function deploy(replicas: Replicas): Promise<void> {
  const last = replicas.leader();
  const order = [...replicas.standbys(), ...(last === undefined ? [] : [last])];
  for (const { supervisor } of order) {
    await supervisor.end('SIGTERM');
    await supervisor.start();
  }
}
