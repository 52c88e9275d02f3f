import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startFlags } from '../../playground/start-flags.ts';
import type { RunningTimeline } from '../timeline.ts';

export interface BotSettings {
  /** The folder of the checkout whose bot is run. */
  readonly root: string;
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly timeline: Pick<RunningTimeline, 'ofMachine'>;
}

/** Starts a process of the bot, whose clock is that of the run. */
export function forkBot(
  { root, env, folder, timeline }: BotSettings,
  seed: number,
  onLine: (line: string) => void,
): ChildProcess {
  const args = JSON.stringify({ ...timeline.ofMachine(), seed });
  const child = fork(path.join(root, 'chaos/bot/bot-process.ts'), [args], {
    execArgv: [...startFlags(root)],
    env: { PATH: process.env['PATH'] ?? '', ...env },
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', onLine);
  }
  // It may end while a message is on its way to it.
  child.on('error', () => undefined);
  return child;
}
