import { hasPassed, type Moment, momentOf } from '../../calendar/clock.ts';
import { type Instant, MINUTE_MS } from '../../calendar/zoned-time.ts';
import { eventsOf } from '../../papers/paper-event.ts';
import type { Planned } from '../plan-due.ts';
import { type NoticeTools, planNotice } from './plan-notice.ts';

/** The destinations that may have something to be told of the papers that are followed there. */
export interface NoticeQueue {
  /** Those whose turn it is, after a look at all followed papers where one is due. Raises `StorageError`. */
  due(): Promise<readonly string[]>;
  /** Plans what one of them is to be told. Raises `StorageError`. */
  plan(destinationId: string): Promise<Planned | undefined>;
}

/** Collections and links come no more often. */
const LOOK_EVERY_MS = 10 * MINUTE_MS;
const TRIED_AGAIN_AFTER_MS = 10 * MINUTE_MS;
/** So many papers are read before others have their turn. */
const PAPERS_AT_ONCE = 25;

/**
 * Nothing of it is stored: what was not told follows from the papers, what is followed and the records. After a start
 * everybody who follows a paper is looked at once.
 */
export function createNoticeQueue(tools: NoticeTools): NoticeQueue {
  const { clock, archive, follows } = tools;
  /** When each is tried. */
  const waiting = new Map<string, Instant>();
  /** What had come to each followed paper at the last look. */
  let seen: ReadonlyMap<string, string> = new Map();
  let lookedAt: Moment | undefined;

  async function look(): Promise<void> {
    const begun = momentOf(clock);
    const present = new Map<string, string>();
    for (const [index, id] of (await follows.papers(begun.wall)).entries()) {
      if (index % PAPERS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      const paper = archive.paper(id);
      present.set(id, paper === undefined ? '' : eventsOf(paper).join());
    }
    const changed = [...present].filter(([id, events]) => events !== (seen.get(id) ?? ''));
    const ids = changed.map(([id]) => id);
    const followers = ids.length === 0 ? [] : await follows.followersOf(ids, begun.wall);
    for (const id of followers) waiting.set(id, begun.wall);
    seen = present;
    lookedAt = begun;
  }

  return {
    async due() {
      if (lookedAt === undefined || hasPassed(LOOK_EVERY_MS, lookedAt, clock)) await look();
      const now = clock.now();
      // What waits for longer than it ever has to was written by a wrong clock.
      const isDue = (at: Instant) => at <= now || at > now + TRIED_AGAIN_AFTER_MS;
      return [...waiting].flatMap(([id, at]) => (isDue(at) ? [id] : []));
    },

    async plan(destinationId) {
      if (!waiting.has(destinationId)) return undefined;
      const plan = await planNotice(destinationId, tools);
      if (plan === 'nothing') waiting.delete(destinationId);
      else if (plan === 'later') waiting.set(destinationId, clock.now() + TRIED_AGAIN_AFTER_MS);
      return typeof plan === 'string' ? undefined : plan;
    },
  };
}
