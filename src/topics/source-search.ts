import type { Clock } from '../calendar/clock.ts';
import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { PaperSource } from '../papers/paper-source.ts';

/** What the source answered to equal words some minutes ago. Raises `StorageError`. */
export interface SourceAnswers {
  get(words: string): Promise<readonly string[] | undefined>;
  set(words: string, paperIds: readonly string[]): Promise<void>;
}

export interface SourceSearch {
  /** Ids of papers that the source finds, best first, all of them in the archive; undefined when it cannot be asked. */
  find(words: string): Promise<readonly string[] | undefined>;
}

export interface SourceSearchOptions {
  readonly source: Pick<PaperSource, 'search'>;
  readonly archive: Pick<PaperArchive, 'save'>;
  readonly answers: SourceAnswers;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
  /** Milliseconds that a search waits for the source. */
  readonly timeoutMs?: number;
}

const PAPERS = 20;
const PATIENCE_MS = 2_000;
/** Hugging Face allows 50 searches in five minutes; some room is left for others at the same address. */
const CALLS = 45;
const WINDOW_MS = 5 * MINUTE_MS;
/** A source that failed is left alone for a while: its limit, or its trouble, is not over in a second. */
const PAUSE_MS = MINUTE_MS / 2;

/** Asks the source's own search, within its limits. Papers that are new are kept with no list day. */
export function createSourceSearch(options: SourceSearchOptions): SourceSearch {
  const { source, archive, answers, clock, log, timeoutMs = PATIENCE_MS } = options;
  const running = new Map<string, Promise<readonly string[] | undefined>>();
  let calls: readonly Instant[] = [];
  let pausedUntil = 0;

  function mayCall(now: Instant): boolean {
    calls = calls.filter((at) => now - at < WINDOW_MS);
    return now >= pausedUntil && calls.length < CALLS;
  }

  async function ask(words: string): Promise<readonly string[] | undefined> {
    const now = clock.now();
    if (!mayCall(now)) return undefined;
    calls = [...calls, now];
    try {
      const papers = await source.search(words, PAPERS, AbortSignal.timeout(timeoutMs));
      archive.save(
        papers.map(({ listDay: _listed, ...paper }) => paper),
        now,
      );
      const ids = papers.map(({ id }) => id);
      await answers.set(words, ids);
      return ids;
    } catch (error) {
      pausedUntil = clock.now() + PAUSE_MS;
      log.warn({ err: error }, 'the source did not answer a search');
      return undefined;
    }
  }

  return {
    async find(words) {
      const known = await answers.get(words);
      if (known !== undefined) return known;
      const asking = running.get(words) ?? ask(words).finally(() => running.delete(words));
      running.set(words, asking);
      return asking;
    },
  };
}
