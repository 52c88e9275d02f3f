import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import { MINUTE_MS } from '../calendar/zoned-time.ts';
import { SourceError } from '../errors.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { Paper } from '../papers/paper.ts';
import type { PaperSource } from '../papers/paper-source.ts';
import { type Asker, createSourceShares } from './source-shares.ts';

/** What the source answered to equal words some minutes ago. Raises `StorageError`. */
export interface SourceAnswers {
  get(words: string): Promise<readonly string[] | undefined>;
  set(words: string, paperIds: readonly string[]): Promise<void>;
}

/** Ids of papers that the source finds, best first, all of them in the archive; or why it was not asked, or in vain. */
export type SourceAnswer = readonly string[] | 'failed' | 'too-many';

export interface SourceSearch {
  /** Without an asker nobody's share is used: the words are the bot's own. Raises `StorageError`. */
  find(words: string, asker?: Asker): Promise<SourceAnswer>;
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
/** A source that failed is left alone for a while: its trouble is not over in a second. */
const PAUSE_MS = MINUTE_MS / 2;

/** Asks the source's own search. Papers that are new are kept with no list day. */
export function createSourceSearch(options: SourceSearchOptions): SourceSearch {
  const { source, archive, answers, clock, log, timeoutMs = PATIENCE_MS } = options;
  const running = new Map<string, Promise<SourceAnswer>>();
  const shares = createSourceShares(clock);
  let failedAt: Moment | undefined;

  async function searchSource(words: string): Promise<readonly Paper[] | 'failed' | 'too-many'> {
    try {
      return await source.search(words, PAPERS, AbortSignal.timeout(timeoutMs));
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      if (error.reason === 'busy') return 'too-many';
      failedAt = momentOf(clock);
      log.warn({ err: error }, 'the source did not answer a search');
      return 'failed';
    }
  }

  async function ask(words: string): Promise<SourceAnswer> {
    const papers = await searchSource(words);
    if (typeof papers === 'string') return papers;
    archive.save(
      papers.map(({ listDay: _listed, ...paper }) => paper),
      clock.now(),
    );
    const ids = papers.map(({ id }) => id);
    await answers.set(words, ids);
    return ids;
  }

  return {
    async find(words, asker) {
      const known = (await answers.get(words)) ?? running.get(words);
      if (known !== undefined) return known;
      if (failedAt !== undefined && !hasPassed(PAUSE_MS, failedAt, clock)) return 'failed';
      if (asker !== undefined && !shares.take(asker)) return 'too-many';
      const asking = ask(words).finally(() => running.delete(words));
      running.set(words, asking);
      return asking;
    },
  };
}
