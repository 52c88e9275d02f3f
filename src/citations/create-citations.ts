import { Piscina } from 'piscina';
import { SourceError, UserError } from '../errors.ts';
import type { Citations } from '../papers/citations.ts';
import type { read, write } from './citation-thread.ts';

/** Five thousand papers take a tenth of this. */
const DEADLINE_MS = 30_000;
const MEMORY_MB = 256;
/** The thread is ended when nobody has needed it for so long. */
const IDLE_MS = 10_000;

/** citation-js in a thread of its own, which is there only while it is needed, and keeps no process alive. */
export function createCitations(): Citations & { close(): Promise<void> } {
  let pool: Piscina | undefined;

  async function ask<Task extends typeof read | typeof write>(
    name: string,
    task: Parameters<Task>[0],
  ): Promise<ReturnType<Task>> {
    pool ??= new Piscina({
      filename: new URL('./citation-thread.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: 1,
      idleTimeout: IDLE_MS,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const signal = AbortSignal.timeout(DEADLINE_MS);
    try {
      return await pool.run(task, { name, signal });
    } catch (error) {
      const isOutOfMemory =
        error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (signal.aborted || isOutOfMemory) throw new UserError('file-not-readable', {});
      throw error;
    }
  }

  return {
    fetch: fetchText,
    write: (papers, format) => ask<typeof write>('write', { papers, format }),
    async read(text, format, most) {
      const references = await ask<typeof read>('read', { text, format, most });
      if (references === undefined) throw new UserError('file-not-readable', {});
      return references;
    },
    async close() {
      await pool?.destroy();
    },
  };
}

const TIMEOUT_MS = 10_000;
const MEGABYTE = 1024 * 1024;

/** What is no UTF-8 is replaced. Raises `file-too-large` and `SourceError`. */
async function fetchText(url: string, mostMegabytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  try {
    const { ok, status, body } = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!ok || body === null) throw new Error(`HTTP ${status}`);
    for await (const part of body) {
      bytes += part.byteLength;
      if (bytes > mostMegabytes * MEGABYTE)
        throw new UserError('file-too-large', { megabytes: mostMegabytes });
      text += decoder.decode(part, { stream: true });
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new SourceError('Discord', 'network', { cause: error });
  }
  return text + decoder.decode();
}
