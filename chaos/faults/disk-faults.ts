import { execFileSync } from 'node:child_process';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { pickNumber } from '../random.ts';
import type { ChaosWorld } from '../world.ts';
import { type Fault, leap } from './fault.ts';

/** What befalls the files. */
export const DISK_FAULTS: readonly Fault[] = [
  {
    name: 'full-disk',
    says: 'No file may grow any more.',
    weight: 1,
    needs: 'sqlite',
    lasts: [1_000, 4_000],
    tells: 'storage',
    start({ world: { supervisor }, random, met }) {
      const { pid } = supervisor;
      if (pid === undefined) return;
      limitFiles(pid, `${pickNumber(random, 1, 64) * 1024}:unlimited`);
      met();
      return () => limitFiles(pid, 'unlimited:unlimited');
    },
  },
  {
    name: 'locked-ledger',
    says: 'Another program locks the ledger.',
    weight: 1,
    needs: 'sqlite',
    lasts: [500, 7_000],
    tells: 'storage',
    start({ world, met }) {
      const database = new DatabaseSync(world.paths.state, { timeout: 200 });
      try {
        database.exec('BEGIN IMMEDIATE');
      } catch {
        return database.close();
      }
      met();
      return () => {
        database.exec('ROLLBACK');
        database.close();
      };
    },
  },
  {
    name: 'archive-damaged',
    says: "The archive's file is damaged while the bot runs.",
    weight: 1,
    tells: 'storage',
    async start(storm) {
      const { world, met } = storm;
      world.noteArchiveLost();
      damage(world.paths.archive);
      leap(storm);
      if (await awaitLine(world, /the archive broke/)) met();
      else await restart(world);
      world.noteArchiveLost();
    },
  },
];

const PAGE = 4096;
/** Of the archive, the first pages say that it is a database. */
const KEPT_PAGES = 2;
const LONGEST_LOOK_MS = 8_000;
const LOOK_EVERY_MS = 100;

function damage(file: string): void {
  const { size } = statSync(file);
  const handle = openSync(file, 'r+');
  for (let at = KEPT_PAGES * PAGE; at < size; at += PAGE)
    writeSync(handle, Buffer.alloc(PAGE, 0xa5), 0, PAGE, at);
  closeSync(handle);
}

/** Whether the bot logs such a line before long. */
async function awaitLine({ supervisor: { log } }: ChaosWorld, line: RegExp): Promise<boolean> {
  const isThere = () => log.slice(-200).some((one) => line.test(one));
  for (let waited = 0; waited < LONGEST_LOOK_MS && !isThere(); waited += LOOK_EVERY_MS)
    await setTimeout(LOOK_EVERY_MS);
  return isThere();
}

async function restart({ supervisor }: ChaosWorld): Promise<void> {
  await supervisor.end('SIGKILL');
  await supervisor.start();
}

/** https://man7.org/linux/man-pages/man1/prlimit.1.html; a process that has ended meanwhile has no limits. */
function limitFiles(pid: number, limit: string): void {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${limit}`], { stdio: 'ignore' });
  } catch {
    return;
  }
}
