import { execFileSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { lasting, type Storm } from './mischief.ts';
import { pickNumber } from './random.ts';

export async function fillDisk(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const { pid } = world.supervisor;
  if (pid === undefined) return;
  limitFiles(pid, `${pickNumber(random, 1, 64) * 1024}:unlimited`);
  const settle = world.disturb('storage');
  lasting(storm, pickNumber(random, 1_000, 4_000), () => {
    limitFiles(pid, 'unlimited:unlimited');
    settle();
  });
}

/** https://man7.org/linux/man-pages/man1/prlimit.1.html; a process that has ended meanwhile has no limits. */
function limitFiles(pid: number, limit: string): void {
  try {
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${limit}`], { stdio: 'ignore' });
  } catch {
    return;
  }
}

export async function lockState(storm: Storm): Promise<void> {
  const { world, random } = storm;
  const database = new DatabaseSync(world.paths.state, { timeout: 200 });
  try {
    database.exec('BEGIN IMMEDIATE');
  } catch {
    database.close();
    return;
  }
  const settle = world.disturb('storage');
  lasting(storm, pickNumber(random, 500, 7_000), () => {
    database.exec('ROLLBACK');
    database.close();
    settle();
  });
}
