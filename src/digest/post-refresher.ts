import type { Clock } from '../calendar/clock.ts';
import type { Json, RenderedStep } from '../delivery/delivery.ts';
import { StorageError } from '../errors.ts';
import type { Log } from '../log.ts';
import {
  afterEdit,
  afterRefresh,
  type EditAnswer,
  isOver,
  type Post,
  type PostLedger,
  type PostTransport,
  type Refreshed,
} from './post.ts';
import type { Lane } from './scheduler.ts';

export interface PostRefreshTools {
  readonly clock: Clock;
  readonly posts: PostLedger;
  readonly transport: PostTransport;
  /** The message of a view as it should be now; undefined when it cannot be made, such as after a paper was lost. */
  readonly renderAgain: (view: Json) => Required<RenderedStep> | undefined;
  /** Holds as many channels as are edited at a time. */
  readonly lane: Lane;
  readonly log: Log;
  readonly onFatal: (message: string) => void;
}

export interface PostRefresher {
  /** Refreshes posts that are due, one batch at a time. Never rejects. */
  refreshDue(): Promise<void>;
  /** Waits for no answer: an edit whose answer is not known is made again. */
  stop(): Promise<void>;
}

/** Of one batch, of which one begins each minute at most. */
const POSTS = 400;
/** Discord takes three edits in six seconds of a channel's messages that are older than an hour, and does not say so. */
const BETWEEN_EDITS_MS = 2_000;

export function createPostRefresher(tools: PostRefreshTools): PostRefresher {
  const { clock, posts, transport, renderAgain, lane, log } = tools;
  const stopping = new AbortController();
  let running: Promise<void> | undefined;

  async function refreshBatch(): Promise<void> {
    const due = await posts.due(clock.now(), POSTS);
    const done: Refreshed[] = [];
    const channels = Map.groupBy(due, ({ channelId }) => channelId);
    const refreshAll = async (ofChannel: readonly Post[]) => {
      for (const post of ofChannel) {
        if (stopping.signal.aborted) return;
        const refreshed = await refresh(post);
        if (refreshed !== undefined) done.push(refreshed);
      }
    };
    const ended = await Promise.allSettled(
      [...channels.values()].map((ofChannel) => lane(() => refreshAll(ofChannel))),
    );
    if (done.length > 0) {
      await posts.settle(done);
      const sealed = done.filter(({ kind }) => kind === 'sealed').length;
      log.info({ posts: done.length, sealed }, 'refreshed');
    }
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }

  async function refresh(post: Post): Promise<Refreshed | undefined> {
    if (isOver(post, clock.now())) return { kind: 'sealed', post };
    // Making a message takes a millisecond: others have their turn.
    await clock.sleep(0);
    const { payload, shown } = renderAgain(post.view) ?? { payload: undefined, shown: post.shown };
    if (payload === undefined || shown === post.shown) return afterRefresh(post, shown, clock.now());
    const answer = await untilStopped(transport.edit(post, payload));
    tell(post, answer);
    await clock.sleep(BETWEEN_EDITS_MS, stopping.signal);
    return afterEdit(post, answer, { shown, now: clock.now() });
  }

  function tell({ deliveryId, n }: Post, answer: EditAnswer): void {
    const { kind } = answer;
    const fields = { delivery: deliveryId, step: n, answer };
    if (kind === 'fatal') tools.onFatal(answer.message);
    if (kind === 'lasting') log.info(fields, 'a post is left alone from now on');
    if (kind === 'failed' || kind === 'unclear') log.warn(fields, 'a post could not be edited, trying again');
  }

  function untilStopped(edit: Promise<EditAnswer>): Promise<EditAnswer> {
    return new Promise((resolve, reject) => {
      const giveUp = () => resolve({ kind: 'held-back' });
      stopping.signal.addEventListener('abort', giveUp, { once: true });
      edit.then(resolve, reject).finally(() => stopping.signal.removeEventListener('abort', giveUp));
    });
  }

  async function run(): Promise<void> {
    try {
      await refreshBatch();
    } catch (error) {
      const isStorage = error instanceof StorageError;
      log.error({ err: error }, isStorage ? 'storage failed, trying again' : 'unexpected error');
    }
  }

  return {
    async refreshDue() {
      if (stopping.signal.aborted) return;
      running ??= run().finally(() => {
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
