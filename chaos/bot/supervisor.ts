import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import type { Life } from '../audit/history.ts';
import type { SyncedDisk } from '../disk/synced-disk.ts';
import { type BotSettings, forkBot } from './fork-bot.ts';
import { LogLine } from '../schema.ts';
import { type StartAttempt, tryStart } from './try-start.ts';

export interface Supervisor {
  readonly lives: readonly Life[];
  /** The last lines that the bot logged. */
  readonly log: readonly string[];
  readonly pid: number | undefined;
  /** The file of its archive. */
  readonly archive: string;
  /** Starts the bot, and again whenever it ends by itself; resolves when it is ready. */
  start(): Promise<void>;
  /** Ends it, and leaves it ended; resolves when it is gone. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** One more process beside it, or in its place, which must not get ready. */
  tryStart(): Promise<StartAttempt>;
  /** Ends it at once and for good. */
  retire(): Promise<void>;
  /** Tells the bot what its clock shows now. */
  passTime(): void;
}

const KEPT_LINES = 20_000;
const RESTART_AFTER_MS = 300;
/** Longer than any trouble at a start lasts. */
const READY_WITHIN_MS = 180_000;
const SHOWN_LINES = 20;
/** https://getpino.io/#/docs/api?id=loggerlevels-object */
const FATAL_LEVEL = 60;

/** What a process says when it is the one of several that acts. */
const LEADS = 'this process leads now';

export interface SupervisorOptions extends BotSettings {
  readonly seed: number;
  /** The file of its archive. */
  readonly archive: string;
  /** Absent where nobody cuts its power. */
  readonly disk?: SyncedDisk;
  /** Which of several it is. */
  readonly replica?: number;
}

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { disk, replica, archive } = options;
  const settings = { ...options, env: { ...options.env, ARCHIVE_PATH: archive } };
  const watched = { ...settings, env: { ...settings.env, ...disk?.env } };
  const lives: { -readonly [key in keyof Life]: Life[key] }[] = [];
  const log: string[] = [];
  let child: ChildProcess | undefined;
  let wanted = false;
  let isRetired = false;

  function launch(): { readonly ready: Promise<void> } {
    const life: { -readonly [key in keyof Life]: Life[key] } = {
      startedAt: Date.now(),
      ...(replica === undefined ? {} : { replica }),
    };
    lives.push(life);
    const { promise, resolve } = Promise.withResolvers<void>();
    disk?.begin();
    const started = forkBot(watched, options.seed + lives.length, (line) => {
      log.push(line);
      if (log.length > KEPT_LINES) log.shift();
      const { msg, level = 0 } = LogLine.safeParse(line).data ?? {};
      if (msg !== undefined && level >= FATAL_LEVEL) life.fatal = msg;
      if (msg === LEADS) life.leadsFrom = Date.now();
      if (msg !== 'ready') return;
      life.readyAt = Date.now();
      resolve();
    });
    child = started;
    started.on('exit', (code, signal) => {
      life.endedAt = Date.now();
      life.end = signal ?? String(code);
      if (child === started) child = undefined;
      resolve();
      if (wanted) void relaunch();
    });
    return { ready: promise };
  }

  async function relaunch(): Promise<void> {
    await setTimeout(RESTART_AFTER_MS);
    if (wanted && child === undefined) launch();
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    wanted = false;
    const ending = child;
    const life = lives.at(-1);
    if (ending === undefined || life === undefined || life.endedAt !== undefined) return;
    life.signalledAt = Date.now();
    const gone = once(ending, 'exit');
    ending.kill(signal);
    await gone;
  }

  return {
    lives,
    log,
    archive,
    end,
    get pid() {
      return child?.pid;
    },
    async start() {
      if (isRetired) return;
      wanted = true;
      if (child !== undefined) return;
      const { ready } = launch();
      const late = new AbortController();
      const tooLate = setTimeout(READY_WITHIN_MS, undefined, { signal: late.signal }).then(() => {
        throw new Error(`The bot does not get ready:\n${log.slice(-SHOWN_LINES).join('\n')}`);
      });
      await Promise.race([ready, tooLate]).finally(() => late.abort());
    },
    tryStart: () => tryStart(settings, options.seed),
    async retire() {
      isRetired = true;
      await end('SIGKILL');
    },
    passTime() {
      child?.send(options.timeline.ofMachine(), () => undefined);
    },
  };
}
