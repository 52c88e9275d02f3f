import PQueue from 'p-queue';
import type { Answer, ArchiveReader } from './archive-worker.ts';
import { Piscina } from 'piscina';
import { StorageError, UserError } from '../../../errors.ts';
import type { Damage } from '../open-database.ts';

type Task<Name extends keyof ArchiveReader> = Parameters<ArchiveReader[Name]>;
type Value<Name extends keyof ArchiveReader> = ReturnType<ArchiveReader[Name]>;

/** What waits is answered in this order; what is alike, as it came. */
const PRIORITIES = { digest: 3, suggestion: 2, usual: 1, heavy: 0 } as const;

export interface Urgency {
  readonly priority: keyof typeof PRIORITIES;
  /** How long it may take once its turn has come and the thread is there. */
  readonly deadlineMs: number;
  /** How long it may wait for its turn; as long as it takes, when absent. */
  readonly waitMs?: number;
}

/** The thread that answers queries, one at a time. */
export interface QueryWorker {
  /**
   * Raises `query-too-slow` when the deadline passes, which ends the thread and starts another, `search-busy` when
   * its turn does not come in time, and `StorageError`.
   */
  ask<Name extends keyof ArchiveReader>(name: Name, task: Task<Name>, urgency: Urgency): Promise<Value<Name>>;
  /** The next query is answered by a new thread, which opens the file anew. */
  restart(): void;
  close(): Promise<void>;
}

export interface QueryWorkerOptions {
  readonly file: string;
  /** The thread's own connection found the file damaged. */
  readonly onDamage: (damage: Damage, message: string) => void;
}

/** Whatever is typed, a query that needs more than this ends its thread and nothing else. */
const MEMORY_MB = 64;
/** A thread that does not start in this time is of no use. On a busy machine it takes a second or two. */
const START_MS = 30_000;

/** Starts the thread with the first query. */
export function createQueryWorker({ file, onDamage }: QueryWorkerOptions): QueryWorker {
  const queue = new PQueue({ concurrency: 1 });
  let pool: Piscina | undefined;
  /** A deadline ends the thread. The start of the next one must not count, or a busy machine would never have one. */
  let isStarted = false;
  let isClosed = false;

  async function run<Name extends keyof ArchiveReader>(
    name: Name,
    task: Task<Name>,
    deadlineMs: number,
  ): Promise<Value<Name>> {
    const thread = await startThread();
    const answer = await runWithin(thread, { name, task, deadlineMs }).catch((error: unknown) => {
      isStarted = false;
      throw error;
    });
    if ('value' in answer) return answer.value;
    const { damage, message } = answer.failure;
    if (thread === pool) onDamage(damage, message);
    throw new StorageError(`The archive could not be searched: ${message}`);
  }

  async function startThread(): Promise<Piscina> {
    if (isClosed) throw new StorageError('The archive is closed.');
    pool ??= createThread(file);
    const thread = pool;
    if (isStarted) return thread;
    try {
      await thread.run(undefined, { name: 'start', signal: AbortSignal.timeout(START_MS) });
    } catch (error) {
      throw new StorageError('The thread of queries did not start.', error);
    }
    isStarted = true;
    return thread;
  }

  return {
    async ask(name, task, { priority, deadlineMs, waitMs }) {
      const waiting = new AbortController();
      const refuse = () => waiting.abort(new UserError('search-busy', {}));
      const timer = waitMs === undefined ? undefined : setTimeout(refuse, waitMs);
      const answer = queue.add(
        () => {
          clearTimeout(timer);
          return run(name, task, deadlineMs);
        },
        { priority: PRIORITIES[priority], signal: waiting.signal },
      );
      return await answer.finally(() => clearTimeout(timer));
    },
    restart() {
      void pool?.destroy();
      pool = undefined;
      isStarted = false;
    },
    async close() {
      isClosed = true;
      await pool?.destroy();
      await queue.onIdle();
    },
  };
}

interface Run<Name extends keyof ArchiveReader> {
  readonly name: Name;
  readonly task: Task<Name>;
  readonly deadlineMs: number;
}

async function runWithin<Name extends keyof ArchiveReader>(
  pool: Piscina,
  { name, task, deadlineMs }: Run<Name>,
): Promise<Answer<Value<Name>>> {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    return await pool.run(task, { name, signal: deadline });
  } catch (error) {
    if (deadline.aborted || isOutOfMemory(error)) throw new UserError('query-too-slow', {});
    throw new StorageError('The archive could not be searched.', error);
  }
}

function createThread(file: string): Piscina {
  return new Piscina({
    filename: new URL('./archive-worker.ts', import.meta.url).href,
    minThreads: 1,
    maxThreads: 1,
    workerData: { file },
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB, maxYoungGenerationSizeMb: 4 },
  });
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
