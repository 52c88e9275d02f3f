import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import { DAY_MS, MINUTE_MS } from '../calendar/zoned-time.ts';
import { SourceError } from '../errors.ts';
import type { PaperArchive } from './paper-archive.ts';
import type { PaperSource } from './paper-source.ts';

export interface TrendingPapers {
  /** Ids of what the source calls trending, best first, all of them in the archive; undefined when it cannot be asked. */
  find(): Promise<readonly string[] | undefined>;
}

export interface TrendingPapersOptions {
  readonly source: Pick<PaperSource, 'trending'>;
  readonly archive: Pick<PaperArchive, 'save'>;
  readonly clock: Clock;
  readonly log: { warn(fields: object, message: string): void };
}

const KEPT_MS = 10 * MINUTE_MS;
const PATIENCE_MS = 5_000;

/** Asks every ten minutes at most; a source that fails gives what it gave last, for a day. */
export function createTrendingPapers({ source, archive, clock, log }: TrendingPapersOptions): TrendingPapers {
  let asked: Moment | undefined;
  let known: { readonly ids: readonly string[]; readonly at: Moment } | undefined;
  let asking: Promise<void> | undefined;

  async function ask(): Promise<void> {
    asked = momentOf(clock);
    try {
      const papers = await source.trending(AbortSignal.timeout(PATIENCE_MS));
      archive.save(
        papers.map(({ listDay: _listed, ...paper }) => paper),
        clock.now(),
      );
      known = { ids: papers.map(({ id }) => id), at: asked };
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      log.warn({ reason: error.reason }, 'trending papers not fetched');
    }
  }

  return {
    async find() {
      if (asked === undefined || hasPassed(KEPT_MS, asked, clock)) {
        asking ??= ask().finally(() => {
          asking = undefined;
        });
      }
      await asking;
      return known === undefined || hasPassed(DAY_MS, known.at, clock) ? undefined : known.ids;
    },
  };
}
