import { execFileSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { pickNumber } from '../random.ts';
import type { Fault } from './fault.ts';

/** What befalls the files. */
export const DISK_FAULTS: readonly Fault[] = [
  {
    name: 'full-disk',
    says: 'No file may grow any more.',
    weight: 1,
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
];

/** https://man7.org/linux/man-pages/man1/prlimit.1.html; a process that has ended meanwhile has no limits. */
function limitFiles(pid: number, limit: string): void {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${limit}`], { stdio: 'ignore' });
  } catch {
    return;
  }
}
