import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startFlags } from '../playground/start-flags.ts';
import { Progress } from './schema.ts';

const GIVE_UP_MS = 120_000;

/** A process of its own that waits for being told to work; `doMeasuredWork` is its other end. */
export interface MeasuredProcess {
  begin(): void;
  /** CPU seconds from the beginning of the work to its end. */
  done(): Promise<number>;
  /** The longest stalls of its event loop, where its script watches it. */
  stalls(): Promise<Extract<Progress, { step: 'stalls' }>>;
  /** The most that it ever held. */
  peakMb(): number;
  kill(): Promise<void>;
}

/** Starts a script of this folder, and waits until it is ready. */
export async function startMeasured(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<MeasuredProcess> {
  const child = spawn(process.execPath, [...startFlags(), path.join(import.meta.dirname, script)], {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ended = once(child, 'exit');
  const done = hear(child, 'done');
  done.catch(() => undefined);
  await hear(child, 'ready');
  return {
    begin: () => void child.send('begin'),
    done: async () => (await done).cpuSeconds,
    async stalls() {
      const told = hear(child, 'stalls');
      child.send('stalls');
      return await told;
    },
    peakMb: () => readMb(child, 'VmHWM'),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function hear<Step extends Progress['step']>(
  child: ChildProcess,
  step: Step,
): Promise<Extract<Progress, { step: Step }>> {
  return await new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No word of "${step}" in time.`)), GIVE_UP_MS);
    child.once('exit', () => reject(new Error(`The process ended before "${step}".`)));
    child.on('message', (message) => {
      const told = Progress.parse(message);
      if (!isStep(told, step)) return;
      clearTimeout(late);
      resolve(told);
    });
  });
}

function isStep<Step extends Progress['step']>(
  told: Progress,
  step: Step,
): told is Extract<Progress, { step: Step }> {
  return told.step === step;
}

/** https://www.kernel.org/doc/html/latest/filesystems/proc.html */
export function readMb({ pid }: { readonly pid?: number | undefined }, field: 'VmRSS' | 'VmHWM'): number {
  const status = pid === undefined ? '' : readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kilobytes === undefined) throw new Error('This system does not say how much memory a process holds.');
  return Number(kilobytes) / 1024;
}
