import { setInterval } from 'node:timers';
import { startHuggingFace } from '../playground/hugging-face/server.ts';
import type { Random } from '../src/calendar/clock.ts';
import { type ListDay, listDayAt } from '../src/calendar/list-day.ts';
import { addDays, type Instant } from '../src/calendar/zoned-time.ts';
import { listAt, loadPapers, newestAt, type StoredPaper } from './paper-days.ts';
import type { Item } from './schema.ts';
import type { Timeline } from './timeline.ts';

/** Hugging Face of a run. */
export interface Source {
  readonly url: string;
  /** Ids of the papers that were listed last, to which something may still come. */
  newestPapers(): readonly string[];
  /** Ids of the papers that are listed within `ms` of the replayed clock, and are not yet, the next one first. */
  upcomingPapers(ms: number): readonly string[];
  /** No list has these papers until the function that it returns is called. */
  losePapers(ids: readonly string[]): () => void;
  /** A paper of today's list is of another day from now on. */
  movePaper(id: string, to: ListDay): void;
  /** Lists as they are now, by day, as Hugging Face would answer with them. */
  listsNow(): ReadonlyMap<ListDay, readonly Item[]>;
  /** Nothing is listed any more that is not listed yet. */
  stopListing(): void;
  close(): Promise<void>;
}

const DAYS_BEFORE = 6;
const DAYS_AFTER = 20;
/** Fewer than the bot looks up in a minute, of real time. */
const NEWEST_PAPERS = 8;
/** How often Hugging Face's lists change, in real time. */
const LISTS_CHANGE_MS = 500;

export async function startSource(options: {
  readonly random: Random;
  readonly start: Instant;
  readonly timeline: Timeline;
}): Promise<Source> {
  const { random, start, timeline } = options;
  const today = listDayAt(start);
  const papers = loadPapers({
    first: addDays(today, -DAYS_BEFORE),
    last: addDays(today, DAYS_AFTER),
    random,
  });
  const huggingFace = await startHuggingFace({ days: new Map(), now: timeline.now });
  const lost = new Set<readonly string[]>();
  const moves = new Map<string, NonNullable<StoredPaper['moved']>>();
  let lastListedAt = Infinity;
  let lists: ReadonlyMap<ListDay, readonly Item[]> = new Map();
  let newest: readonly string[] = [];
  const publish = () => {
    const now = timeline.now();
    const gone = new Set([...lost].flat());
    const known = papers
      .filter(({ item, listedAt }) => listedAt <= lastListedAt && !gone.has(item.paper.id))
      .map((paper) => ({ ...paper, ...movedBy(moves, paper) }));
    const before = lists;
    const next = listAt(known, now);
    for (const day of before.keys()) if (!next.has(day)) huggingFace.setDay(day, []);
    for (const [day, items] of next) huggingFace.setDay(day, items);
    // Somebody can look a paper up before it is listed. Nobody has voted for it then.
    huggingFace.setSearchable(
      papers
        .filter(({ listedAt }) => listedAt > now)
        .map(({ item }) => ({ ...item, paper: { ...item.paper, upvotes: 0, githubRepo: null } })),
    );
    lists = next;
    newest = newestAt(known, now, NEWEST_PAPERS);
  };
  publish();
  const timer = setInterval(publish, LISTS_CHANGE_MS);
  return {
    url: huggingFace.url,
    newestPapers: () => newest,
    upcomingPapers(ms) {
      const now = timeline.now();
      return papers
        .filter(({ listedAt }) => listedAt > now && listedAt <= now + ms)
        .toSorted((a, b) => a.listedAt - b.listedAt)
        .map(({ item }) => item.paper.id);
    },
    losePapers(ids) {
      lost.add(ids);
      return () => void lost.delete(ids);
    },
    movePaper: (id, to) => void moves.set(id, { to, at: timeline.now() }),
    listsNow: () => lists,
    stopListing() {
      lastListedAt = timeline.now();
    },
    async close() {
      clearInterval(timer);
      await huggingFace.close();
    },
  };
}

function movedBy(
  moves: ReadonlyMap<string, NonNullable<StoredPaper['moved']>>,
  { item }: StoredPaper,
): Pick<StoredPaper, 'moved'> {
  const moved = moves.get(item.paper.id);
  return moved === undefined ? {} : { moved };
}
