import { type Clock, hasPassed, type Moment, momentOf } from '../calendar/clock.ts';
import { HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import { SourceError } from '../errors.ts';
import type { PaperArchive } from './paper-archive.ts';
import { mergeVisit, type Paper } from './paper.ts';
import type { PaperSource } from './paper-source.ts';

export interface LinkRefresher {
  /** Asks for the links of papers that are due, as many as the budget allows now. Never rejects. */
  refreshIfDue(): Promise<void>;
  /** Ends what is running; what it has got is kept. */
  stop(): Promise<void>;
}

export interface LinkRefresherOptions {
  readonly source: Pick<PaperSource, 'revisit'>;
  readonly archive: Pick<PaperArchive, 'days' | 'paper' | 'save' | 'withStaleLinks'>;
  /** Ids of the papers that somebody follows, however old they are. */
  readonly followed: (now: Instant) => Promise<readonly string[]>;
  readonly clock: Clock;
  readonly log: Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>;
}

/** List days whose papers are looked after: their digests are still read. */
const DAYS = 3;
/** How long the links of a paper are left as they are. */
export const LINKS_KEPT_MS = 4 * HOUR_MS;
/** The same for older papers that somebody follows. */
const FOLLOWED_KEPT_MS = 12 * HOUR_MS;
/** So many are written at once: each write makes what topics matched be found anew. */
const AT_ONCE = 25;
const PAUSE_MS = 10 * MINUTE_MS;

/** Keeps the links of fresh papers fresh. A source that fails is left alone for ten minutes. */
export function createLinkRefresher(options: LinkRefresherOptions): LinkRefresher {
  const { source, archive, followed, clock, log } = options;
  const stopping = new AbortController();
  /** Papers whose answer was of no use the last time: they come last, so that one of them does not keep back the rest. */
  const failed = new Set<string>();
  let failedAt: Moment | undefined;
  let running: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const now = clock.now();
    const since = archive.days(DAYS).at(-1)?.day;
    if (since === undefined) return;
    const stale = archive.withStaleLinks({
      since,
      askedSince: now - LINKS_KEPT_MS,
      followed: await followed(now),
      followedAskedSince: now - FOLLOWED_KEPT_MS,
      now,
      limit: AT_ONCE + failed.size,
    });
    for (const id of failed) if (!stale.includes(id)) failed.delete(id);
    const due = [...stale.filter((id) => !failed.has(id)), ...failed].slice(0, AT_ONCE);
    const found = await askEach(due);
    // Read again: a collection may have brought newer votes meanwhile.
    const papers = [...found].flatMap(([id, visited]) => {
      const paper = archive.paper(id);
      return paper === undefined ? [] : [mergeVisit(paper, visited)];
    });
    if (papers.length === 0) return;
    archive.save(papers, now);
    log.info({ papers: papers.length }, 'links refreshed');
  }

  async function askEach(ids: readonly string[]): Promise<ReadonlyMap<string, Paper | undefined>> {
    const found = new Map<string, Paper | undefined>();
    for (const id of ids) {
      failed.delete(id);
      try {
        found.set(id, await source.revisit(id, stopping.signal));
      } catch (error) {
        if (stopping.signal.aborted) break;
        if (!(error instanceof SourceError)) throw error;
        if (error.reason !== 'busy') {
          failed.add(id);
          failedAt = momentOf(clock);
          log.warn({ reason: error.reason }, 'links not refreshed');
        }
        break;
      }
    }
    return found;
  }

  return {
    async refreshIfDue() {
      if (stopping.signal.aborted) return;
      if (failedAt !== undefined && !hasPassed(PAUSE_MS, failedAt, clock)) return;
      running ??= refresh()
        .catch((error: unknown) => log.error({ err: error }, 'refreshing links failed'))
        .finally(() => {
          running = undefined;
        });
      await running;
    },

    async stop() {
      stopping.abort();
      await running;
    },
  };
}
