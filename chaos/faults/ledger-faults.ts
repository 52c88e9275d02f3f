import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import type { ChaosWorld } from '../world.ts';
import { awaitSending, type Fault, leap, pickChannel } from './fault.ts';
import { awaitFree } from './wrong-starts.ts';

const run = promisify(execFile);

/** What befalls what the ledger says. */
export const LEDGER_FAULTS: readonly Fault[] = [
  {
    name: 'damaged-row',
    says: 'What the ledger says of one place is damaged for a while.',
    weight: 1,
    needs: 'sqlite',
    async start(storm) {
      const { world, met } = storm;
      const channel = pickChannel(storm, ({ settings, kind }) => settings !== undefined && kind !== 'dm');
      if (channel === undefined) return;
      const settle = world.disturb('permission', channel.id);
      const row = await rewriteRow(world, channel.id, '{"id":');
      if (row !== undefined) met();
      leap(storm);
      await awaitSending(storm);
      if (row !== undefined) await rewriteRow(world, channel.id, row);
      settle();
    },
  },
  {
    name: 'backup',
    says: 'The ledger is backed up while the bot runs.',
    weight: 1,
    needs: 'sqlite',
    async start({ world, met }) {
      const file = await backUp(world);
      if (file === undefined) return;
      met();
      rmSync(file);
    },
  },
  {
    name: 'restore',
    says: 'The bot is stopped, its ledger backed up and restored, and the bot started again.',
    weight: 1,
    needs: 'sqlite',
    async start({ world, random, met }) {
      await world.supervisor.end(random() < 0.5 ? 'SIGTERM' : 'SIGKILL');
      await awaitFree(world.paths.state);
      const file = await backUp(world);
      if (file !== undefined && (await runEntry(world, 'restore.ts', file))) met();
      await world.supervisor.start();
    },
  },
];

/** Changes what the ledger says of a place, between two processes; gives back what it said. */
async function rewriteRow(
  world: ChaosWorld,
  channelId: string,
  document: string,
): Promise<string | undefined> {
  await world.supervisor.end('SIGTERM');
  const id = `c${channelId}`;
  await awaitFree(world.paths.state);
  const database = new DatabaseSync(world.paths.state);
  const row = database.prepare('SELECT document FROM destinations WHERE id = ?').get(id);
  database.prepare('UPDATE destinations SET document = ? WHERE id = ?').run(document, id);
  database.close();
  await world.supervisor.start();
  return row === undefined ? undefined : String(row['document']);
}

let backups = 0;

async function backUp(world: ChaosWorld): Promise<string | undefined> {
  backups += 1;
  const file = path.join(path.dirname(world.paths.state), '..', `backup-${backups}.sqlite`);
  return (await runEntry(world, 'backup.ts', file)) ? file : undefined;
}

/** Does what `npm run backup` or `npm run restore` does; one that fails is noted. */
async function runEntry(world: ChaosWorld, entry: string, file: string): Promise<boolean> {
  try {
    await run(process.execPath, [path.join(world.root, 'src', entry), file], {
      cwd: path.dirname(file),
      env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: `sqlite://${world.paths.state}` },
    });
    return true;
  } catch (error) {
    world.noteIncident(`${entry} failed: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
