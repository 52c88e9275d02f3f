import { once } from 'node:events';
import { type BotSettings, forkBot } from './fork-bot.ts';
import { LogLine } from '../schema.ts';

/** How a process went that must not get ready. */
export interface StartAttempt {
  readonly isReady: boolean;
  /** The last line that it logged, with the reason for its end. */
  readonly said: string;
  /** Exit code or signal. */
  readonly end: string;
}

const LONGEST_MS = 60_000;

/** Starts one more process of the bot and waits for its end; one that gets ready, or goes on, is ended. */
export async function tryStart(settings: BotSettings, seed: number): Promise<StartAttempt> {
  let isReady = false;
  let said = '';
  const child = forkBot(settings, seed, (line) => {
    said = line;
    if (LogLine.safeParse(line).data?.msg !== 'ready') return;
    isReady = true;
    child.kill('SIGKILL');
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  // Not `exit`: its last words may be on their way.
  await once(child, 'close');
  clearTimeout(timer);
  return { isReady, said, end: child.signalCode ?? String(child.exitCode) };
}
