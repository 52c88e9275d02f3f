import { setTimeout } from 'node:timers/promises';
import { type CuttableWire, openWire } from '../../playground/postgres/cuttable-wire.ts';
import type { OwnPostgres } from '../../playground/postgres/own-postgres.ts';
import type { Absence, Life, Write } from '../audit/history.ts';
import type { Gate } from '../bot/gate.ts';
import { createSupervisor, type Supervisor, type SupervisorOptions } from '../bot/supervisor.ts';

/** One of several equal processes, started again whenever it ends. */
export interface Replica {
  readonly number: number;
  readonly supervisor: Supervisor;
  /** Between it and the database. */
  readonly wire: CuttableWire;
}

/** Processes of the bot on one database. */
export interface Replicas {
  readonly postgres: OwnPostgres;
  readonly all: readonly Replica[];
  readonly absences: readonly Absence[];
  /** The one that acts; undefined while none does. */
  leader(): Replica | undefined;
  /** Those that run and do not lead. */
  standbys(): readonly Replica[];
  /** Resolves when another one leads than the one given, or when the signal ends the wait. */
  awaitOther(than: Replica, signal: AbortSignal): Promise<void>;
  /** Lets a process stand still until the function that it returns is called. */
  stop(replica: Replica): () => void;
  /** Cuts a process off from the database until the function that it returns is called. */
  cutOff(replica: Replica): () => void;
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 20;
/** Statements that write; the row of the lease is written by everybody, and by statements in capitals. */
const WRITES = /(?:insert into|update|delete from) "/;
/** Of the processes of one replica, whose seeds are those after its own. */
const SEEDS_APART = 1_000;

export async function createReplicas(parts: {
  readonly count: number;
  readonly postgres: OwnPostgres;
  /** Of all of them. */
  readonly settings: Omit<SupervisorOptions, 'archive' | 'replica'>;
  readonly archiveOf: (replica: number) => string;
  readonly openGate: (replica: number) => Promise<Gate>;
  readonly onWrite: (write: Write) => void;
}): Promise<Replicas> {
  const { postgres, settings } = parts;
  const gates: Gate[] = [];
  const all: Replica[] = [];
  const still = new Set<Replica>();
  const absences: { -readonly [key in keyof Absence]: Absence[key] }[] = [];

  for (let number = 0; number < parts.count; number += 1) {
    const wire = await openWire(
      () => postgres.port,
      (chunk) => {
        if (WRITES.test(chunk.toString('latin1'))) parts.onWrite({ at: Date.now(), replica: number });
      },
    );
    const gate = await parts.openGate(number);
    gates.push(gate);
    const databaseUrl = new URL(postgres.url);
    databaseUrl.port = String(wire.port);
    const supervisor = createSupervisor({
      ...settings,
      seed: settings.seed + number * SEEDS_APART,
      env: { ...settings.env, ...gate.env, DATABASE_URL: databaseUrl.href },
      archive: parts.archiveOf(number),
      replica: number,
    });
    all.push({ number, supervisor, wire });
  }

  function leader(): Replica | undefined {
    const lives = all.flatMap(({ supervisor }) => supervisor.lives);
    const last = findLatest(lives);
    const found = all.find(({ number }) => number === last?.replica);
    const isThere = last?.endedAt === undefined && last?.signalledAt === undefined;
    return found !== undefined && isThere && !still.has(found) ? found : undefined;
  }

  function noteAbsence({ number }: Replica): () => void {
    const begun = { replica: number, from: Date.now(), to: Infinity };
    absences.push(begun);
    return () => {
      begun.to = Date.now();
    };
  }

  return {
    postgres,
    all,
    absences,
    leader,
    standbys() {
      const leading = leader();
      return all.filter((one) => one !== leading && one.supervisor.pid !== undefined && !still.has(one));
    },
    async awaitOther(than, signal) {
      while (!signal.aborted) {
        const leading = leader();
        if (leading !== undefined && leading !== than) return;
        await setTimeout(LOOK_EVERY_MS);
      }
    },
    stop(replica) {
      const { pid } = replica.supervisor;
      const settle = noteAbsence(replica);
      still.add(replica);
      send(pid, 'SIGSTOP');
      return () => {
        send(pid, 'SIGCONT');
        still.delete(replica);
        settle();
      };
    },
    cutOff(replica) {
      replica.wire.cut();
      return () => replica.wire.mend();
    },
    async close() {
      await Promise.all(all.map(({ supervisor }) => supervisor.retire()));
      for (const { wire } of all) wire.close();
      await Promise.all(gates.map((gate) => gate.close()));
      await postgres.remove();
    },
  };
}

function findLatest(lives: readonly Life[]): Life | undefined {
  const led = lives.filter(({ leadsFrom }) => leadsFrom !== undefined);
  return led.toSorted((a, b) => (a.leadsFrom ?? 0) - (b.leadsFrom ?? 0)).at(-1);
}

/** One that has ended meanwhile hears nothing. */
function send(pid: number | undefined, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    if (pid !== undefined) process.kill(pid, name);
  } catch {
    return;
  }
}
