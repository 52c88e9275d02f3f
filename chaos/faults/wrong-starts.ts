import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import type { Random } from '../../src/calendar/clock.ts';
import { pickOne } from '../random.ts';
import type { StartAttempt } from '../bot/try-start.ts';
import type { ChaosWorld } from '../world.ts';

/** How long a process that has unlocked the ledger may take to end. */
const LETTING_GO_MS = 500;
/** How often it is looked whether another program has let go. */
const FREE_AGAIN_MS = 100;
const PAGE = 4096;
const SUFFIXES = ['', '-wal', '-shm'];

/**
 * A second process on the ledger of a running one: it must say so and end, and the first must go on. Resolves to whether
 * one was running all the time.
 */
export async function startSecond(world: ChaosWorld): Promise<boolean> {
  const { pid } = world.supervisor;
  if (pid === undefined) return false;
  const settle = world.disturb('storage');
  const attempt = await world.supervisor.tryStart();
  settle();
  if (attempt.isReady) await setTimeout(LETTING_GO_MS);
  // Where the first one has ended meanwhile, nothing was to be refused.
  if (world.supervisor.pid !== pid) return false;
  const problem = judgeRefusal(attempt, /Another Paperboy is running/);
  if (problem !== undefined) world.noteIncident(`a second process ${problem}`);
  return true;
}

/** A broken ledger: the bot must say so, end, and leave it as it is. What was there is then put back. */
export async function breakState(world: ChaosWorld, random: Random): Promise<void> {
  await world.supervisor.end(pickOne(random, ['SIGKILL', 'SIGTERM']));
  const { state } = world.paths;
  await awaitFree(state);
  for (const suffix of SUFFIXES) {
    if (existsSync(state + suffix)) renameSync(state + suffix, `${state}.kept${suffix}`);
  }
  copyFileSync(`${state}.kept`, state);
  pickOne(random, BREAKAGES)(state);
  const before = hashOf(state);
  const attempt = await world.supervisor.tryStart();
  const problem = judgeRefusal(attempt, /cannot be read\. It was left untouched/);
  if (problem !== undefined) world.noteIncident(`a process on a broken state ${problem}`);
  if (hashOf(state) !== before) world.noteIncident('a broken state was written to');
  for (const suffix of SUFFIXES) {
    rmSync(state + suffix, { force: true });
    if (existsSync(`${state}.kept${suffix}`)) renameSync(`${state}.kept${suffix}`, state + suffix);
  }
  await world.supervisor.start();
}

/**
 * Until no other program, nor another fault, holds a file. Closing it takes in what stands in the log beside it, which
 * would mend what is broken then.
 */
export async function awaitFree(file: string): Promise<void> {
  for (;;) {
    const database = new DatabaseSync(file, { timeout: 0 });
    try {
      database.exec('BEGIN EXCLUSIVE; ROLLBACK');
      return;
    } catch {
      await setTimeout(FREE_AGAIN_MS);
    } finally {
      database.close();
    }
  }
}

/** Undefined when the process ended as it should have, with a reason that people understand. */
export function judgeRefusal({ isReady, said, end }: StartAttempt, reason: RegExp): string | undefined {
  if (isReady) return 'got ready';
  return end === '1' && reason.test(said) ? undefined : `ended with ${end}: ${said}`;
}

/** Ways of breaking a file. */
const BREAKAGES = [cutOff, spoilStart, spoilPages] as const;

function cutOff(file: string): void {
  truncateSync(file, Math.floor(readFileSync(file).length / 2) + 1);
}

function spoilStart(file: string): void {
  writeFileSync(file, readFileSync(file).fill(0xa5, 0, 100));
}

function spoilPages(file: string): void {
  writeFileSync(file, readFileSync(file).fill(0xa5, PAGE));
}

function hashOf(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
