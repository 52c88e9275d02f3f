import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { startFlags } from '../../playground/start-flags.ts';
import { type CuttableWire, openWire } from '../../playground/postgres/cuttable-wire.ts';

export interface Replica {
  readonly name: string;
  readonly process: ChildProcess;
  /** Between it and the database. */
  readonly wire: CuttableWire;
  state: 'starting' | 'standby' | 'leading' | 'gone';
  /** Since when it leads, in ms of `performance.now()`. */
  leadsSince: number;
}

export interface Replicas {
  readonly all: readonly Replica[];
  /** How each process ended that no signal ended: its last lines. */
  readonly complaints: readonly string[];
  /** How many messages and posts left a process while another one led. */
  readonly unled: number;
  leader(): Replica | undefined;
  /** One leads, and another one waits. */
  ready(): Promise<{ readonly leader: Replica }>;
  close(): Promise<void>;
}

export interface ReplicaSettings {
  /** The checkout whose bot is run. */
  readonly root: string;
  readonly count: number;
  readonly databasePort: number;
  readonly discordPort: number;
  readonly env: Readonly<Record<string, string>>;
}

/** A lost machine is not back at once. Here its start would also take processor time from the take-over. */
const RESTART_AFTER_MS = 5_000;
/** What is on its way when the lease changes hands has arrived by then. */
const ON_ITS_WAY_MS = 1_000;
const SENDS = /^POST \S+\/channels\/\d+\/(?:messages|threads) HTTP/gm;
const KEPT_LINES = 20;

/** Processes of the bot, each of which is started again when it ends, as a supervisor does. */
export async function startReplicas(settings: ReplicaSettings): Promise<Replicas> {
  const { root, count, databasePort, discordPort, env } = settings;
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-replicas-'));
  const all = new Map<string, Replica>();
  const complaints: string[] = [];
  let isClosing = false;
  let unled = 0;

  const leader = () => [...all.values()].find(({ state }) => state === 'leading');
  function noteSends(name: string, chunk: Buffer): void {
    const leading = leader();
    if (leading === undefined || leading.name === name) return;
    if (performance.now() - leading.leadsSince < ON_ITS_WAY_MS) return;
    unled += chunk.toString('latin1').match(SENDS)?.length ?? 0;
  }

  async function launch(name: string): Promise<void> {
    const wire = await openWire(() => databasePort);
    const toDiscord = await openWire(
      () => discordPort,
      (chunk) => noteSends(name, chunk),
    );
    const child = spawn(
      process.execPath,
      [...startFlags(root), path.join(root, 'bench/failover/replica.ts')],
      {
        cwd: root,
        env: {
          PATH: process.env['PATH'] ?? '',
          ...env,
          DISCORD_API_URL: `http://127.0.0.1:${toDiscord.port}/api`,
          DATABASE_URL: `postgres://postgres@127.0.0.1:${wire.port}/postgres`,
          ARCHIVE_PATH: path.join(folder, `${name}.sqlite`),
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const replica: Replica = { name, process: child, wire, state: 'starting', leadsSince: 0 };
    const lines: string[] = [];
    let isExplained = false;
    all.set(name, replica);
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        lines.push(line);
        if (lines.length > KEPT_LINES) lines.shift();
        if (line.includes('"this process stands by"')) replica.state = 'standby';
        if (line.includes('"this process leads now"')) {
          replica.state = 'leading';
          replica.leadsSince = performance.now();
        }
        if (!line.includes('"level":60')) return;
        replica.state = 'gone';
        // Whoever is fenced says so, and ends.
        isExplained ||= line.includes('leads');
      });
    }
    child.on('exit', (code, signal) => {
      replica.state = 'gone';
      wire.close();
      toDiscord.close();
      if (signal === null && code !== 0 && !isExplained) complaints.push(lines.slice(-3).join('\n'));
      if (!isClosing) void setTimeout(RESTART_AFTER_MS).then(() => (isClosing ? undefined : launch(name)));
    });
  }

  await Promise.all(Array.from({ length: count }, (_, n) => launch(`replica-${n}`)));
  return {
    get all() {
      return [...all.values()];
    },
    complaints,
    get unled() {
      return unled;
    },
    leader,
    async ready() {
      for (;;) {
        const leading = leader();
        const waits = [...all.values()].some(({ state }) => state === 'standby');
        if (leading !== undefined && waits) return { leader: leading };
        await setTimeout(20);
      }
    },
    async close() {
      isClosing = true;
      const running = [...all.values()].filter(
        ({ process: { exitCode, signalCode } }) => exitCode === null && signalCode === null,
      );
      await Promise.all(
        running.map(async ({ process: child }) => {
          const gone = once(child, 'exit');
          child.kill('SIGKILL');
          await gone;
        }),
      );
      for (const { wire } of all.values()) wire.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
