import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';

/** A server that nobody else uses, in a temporary folder. */
export interface OwnPostgres {
  readonly port: number;
  readonly url: string;
  query<Row extends object>(sql: string): Promise<readonly Row[]>;
  start(): Promise<void>;
  /** Without a goodbye: its connections break. */
  kill(): Promise<void>;
  remove(): Promise<void>;
}

/** PostgreSQL refuses to run as root. */
function serverUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** The folder of its programs, as Debian and its like lay them out. */
function findPrograms(): string | undefined {
  return globSync('/usr/lib/postgresql/*/bin').toSorted().at(-1);
}

export function isPostgresInstalled(): boolean {
  return findPrograms() !== undefined;
}

/** Raises where PostgreSQL is not installed. */
export async function startOwnPostgres(): Promise<OwnPostgres> {
  const bin = findPrograms();
  if (bin === undefined) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  const folder = mkdtempSync(path.join(tmpdir(), 'paperboy-postgres-'));
  const user = serverUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = path.join(folder, 'data');
  const as = { ...user, cwd: folder, env: {}, stdio: 'ignore' } as const;
  execFileSync(path.join(bin, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust'], as);
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;
  let isRemoved = false;

  async function query<Row extends object>(sql: string): Promise<readonly Row[]> {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async function start(): Promise<void> {
    // Whoever has killed it may want it back when it is over with it.
    if (isRemoved) return;
    const flags = ['-D', data, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1'];
    server = spawn(path.join(bin ?? '', 'postgres'), flags, as);
    for (let tries = 0; tries < 200; tries += 1) {
      const answers = await query('SELECT 1').then(
        () => true,
        () => false,
      );
      if (answers || isRemoved) return;
      await setTimeout(50);
    }
    throw new Error('PostgreSQL does not start');
  }

  async function kill(): Promise<void> {
    const running = server;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const gone = once(running, 'exit');
    running.kill('SIGKILL');
    await gone;
  }

  await start();
  return {
    port,
    url,
    query,
    start,
    kill,
    async remove() {
      isRemoved = true;
      await kill();
      // Its children notice that it is gone.
      await setTimeout(500);
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
