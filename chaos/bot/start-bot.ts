import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type SyncedDisk, watchDisk } from '../disk/synced-disk.ts';
import type { BotSettings } from './fork-bot.ts';
import type { Gate } from './gate.ts';
import type { Replicas } from '../replicas/replicas.ts';
import { createSupervisor, type Supervisor } from './supervisor.ts';

/** The bot of a run, which nobody has started yet, with what it keeps its things in. */
export interface Bot {
  readonly supervisor: Supervisor;
  readonly disk: SyncedDisk;
  /** `state`: of a ledger that is a file. */
  readonly paths: { readonly state: string; readonly archive: string };
  /** On PostgreSQL. */
  readonly replicas?: Replicas;
  close(): Promise<void>;
}

export interface BotParts extends BotSettings {
  readonly seed: number;
  readonly openGate: (replica?: number) => Promise<Gate>;
}

/** One process, whose ledger is a file. */
export async function startOnSqlite({ openGate, ...settings }: BotParts): Promise<Bot> {
  const { folder } = settings;
  const data = path.join(folder, 'data');
  mkdirSync(data);
  const disk = watchDisk(data, folder);
  const paths = { state: path.join(data, 'paperboy.sqlite'), archive: path.join(data, 'archive.sqlite') };
  const gate = await openGate();
  const env = { ...settings.env, ...gate.env, DATABASE_URL: `sqlite://${paths.state}` };
  const supervisor = createSupervisor({ ...settings, env, disk, archive: paths.archive });
  return {
    supervisor,
    disk,
    paths,
    async close() {
      await supervisor.retire();
      await gate.close();
    },
  };
}
