import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { startFlags } from '../../playground/start-flags.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import { LogLine } from '../schema.ts';
import { YearAnswer, type YearMessage } from './schema.ts';

/** The bot's process, which does what is due when it is told the time. */
export interface YearBot {
  /** What it logged as wrong, and how often. */
  readonly complaints: ReadonlyMap<string, number>;
  /** Resolves when all that is due has been done. */
  tell(kind: YearMessage['kind'], at: Instant): Promise<YearAnswer>;
  stop(): Promise<void>;
}

/** https://getpino.io/#/docs/api?id=loggerlevels-object */
const WARNING_LEVEL = 40;

export async function startYearBot(options: {
  readonly env: Readonly<Record<string, string>>;
  readonly start: Instant;
  readonly seed: number;
}): Promise<YearBot> {
  const { env, start, seed } = options;
  const complaints = new Map<string, number>();
  const child = fork(path.join(import.meta.dirname, 'bot-process.ts'), [JSON.stringify({ start, seed })], {
    // What is not in use is collected when it is measured.
    execArgv: [...startFlags(), '--expose-gc'],
    env: { PATH: process.env['PATH'] ?? '', LOG_LEVEL: 'warn', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  if (child.stdout !== null) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { msg, level = 0 } = LogLine.safeParse(line).data ?? {};
      if (msg !== undefined && level >= WARNING_LEVEL) complaints.set(msg, (complaints.get(msg) ?? 0) + 1);
    });
  }
  const ended = once(child, 'exit');
  const answer = async () => {
    const said = await Promise.race([once(child, 'message'), ended.then(() => undefined)]);
    if (said === undefined) throw new Error('the bot has ended');
    return YearAnswer.parse(said[0]);
  };
  await answer();
  return {
    complaints,
    async tell(kind, at) {
      const done = answer();
      child.send({ kind, at } satisfies YearMessage);
      return await done;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.send({ kind: 'stop', at: 0 } satisfies YearMessage);
      await ended;
    },
  };
}
