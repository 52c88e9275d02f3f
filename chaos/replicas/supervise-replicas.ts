import { setTimeout } from 'node:timers/promises';
import type { Supervisor } from '../bot/supervisor.ts';
import type { Replica, Replicas } from './replicas.ts';

const LOOK_EVERY_MS = 20;

/** All of them as if they were one process: the one that leads. */
export function superviseReplicas({ all, leader, standbys }: Omit<Replicas, 'close'>): Supervisor {
  const supervisors = all.map(({ supervisor }) => supervisor);
  /** Whom a fault befalls, or befell last. */
  let hit: Replica | undefined;
  const retired = new AbortController();

  /** The leader, or where nobody leads any other that runs. */
  function target(): Replica | undefined {
    return leader() ?? standbys()[0];
  }

  function isServed(): boolean {
    const wasReady = supervisors.some(({ lives }) => lives.some(({ readyAt }) => readyAt !== undefined));
    return wasReady && leader() !== undefined;
  }

  return {
    get lives() {
      return supervisors.flatMap(({ lives }) => lives).toSorted((a, b) => a.startedAt - b.startedAt);
    },
    get log() {
      return supervisors.flatMap(({ log }) => log);
    },
    get pid() {
      return target()?.supervisor.pid;
    },
    get archive() {
      const [first] = supervisors;
      return (hit ?? target())?.supervisor.archive ?? first?.archive ?? '';
    },
    /** Resolves when one of them leads; the first time, when one hears what people want too. */
    async start() {
      if (retired.signal.aborted) return;
      hit = undefined;
      for (const one of supervisors) one.start().catch(() => undefined);
      while (!retired.signal.aborted && !isServed()) await setTimeout(LOOK_EVERY_MS);
    },
    async end(signal) {
      const ending = target();
      hit = ending;
      await ending?.supervisor.end(signal);
    },
    tryStart() {
      throw new Error('any number of processes may start on PostgreSQL');
    },
    async retire() {
      retired.abort();
      await Promise.all(supervisors.map((one) => one.retire()));
    },
    passTime() {
      for (const one of supervisors) one.passTime();
    },
  };
}
