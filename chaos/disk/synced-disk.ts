import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** A folder of databases whose power can be cut: bytes that nobody synced are gone then. */
export interface SyncedDisk {
  /** For the process that writes there; empty where nothing can be watched. */
  readonly env: Readonly<Record<string, string>>;
  /** False where there is no C compiler, or no Linux: power is never cut there. */
  readonly canCut: boolean;
  /** All that is in the folder counts as synced; to be called before a process starts. */
  begin(): void;
  /** To be called when the process is gone. */
  cutPower(): void;
}

/** Where nothing of the ledger is on a disk of the run. */
export const NO_DISK: SyncedDisk = {
  env: {},
  canCut: false,
  begin: () => undefined,
  cutPower: () => undefined,
};

const SOURCE = path.join(import.meta.dirname, 'synced-copy.c');
const COMPILERS = ['cc', 'gcc', 'clang'];
/** SQLite's shared memory is never synced, and a lock goes with its process. */
const ON_DISK = /\.sqlite(-wal|-journal)?$/;

/** `folder` holds the databases; what is needed for them is kept in `beside`. */
export function watchDisk(folder: string, beside: string): SyncedDisk {
  const library = path.join(beside, 'synced-copy.so');
  const synced = path.join(beside, 'synced');
  mkdirSync(synced, { recursive: true });
  const canCut = compile(library);
  return {
    canCut,
    env: canCut ? { LD_PRELOAD: library, SYNCED_FROM: folder, SYNCED_TO: synced } : {},
    begin: () => (canCut ? replaceAll(folder, synced) : undefined),
    cutPower: () => replaceAll(synced, folder),
  };
}

function compile(library: string): boolean {
  return (
    process.platform === 'linux' &&
    COMPILERS.some((compiler) => {
      try {
        const flags = ['-shared', '-fPIC', '-O1', '-o', library, SOURCE, '-ldl', '-lpthread'];
        execFileSync(compiler, flags, { stdio: 'ignore' });
        return existsSync(library);
      } catch {
        return false;
      }
    })
  );
}

function replaceAll(from: string, to: string): void {
  for (const name of readdirSync(to)) if (/\.sqlite/.test(name)) rmSync(path.join(to, name));
  for (const name of readdirSync(from)) {
    if (ON_DISK.test(name)) copyFileSync(path.join(from, name), path.join(to, name));
  }
}
