import { describe, expect, it } from 'vitest';
import { HOUR_MS, type Instant, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { Json } from '../../../src/delivery/delivery.ts';
import { type EditAnswer, nextRefresh, type Post } from '../../../src/digest/post.ts';
import { createPostRefresher } from '../../../src/digest/post-refresher.ts';
import { StorageError } from '../../../src/errors.ts';
import { buildPost } from '../../support/build-post.ts';
import { createScriptedClock } from '../../support/scripted-clock.ts';
import { createTestLog } from '../../support/test-log.ts';

const PAPER = '2606.00001';
const EDITED: EditAnswer = { kind: 'edited' };

/** Posts of one paper each, at a Discord that answers as it is told to. */
function open() {
  const clock = createScriptedClock(Date.UTC(2026, 5, 9, 7));
  const { log, logged } = createTestLog();
  const votes = new Map<string, number>([[PAPER, 5]]);
  const kept = new Map<string, Post>();
  const edits: { readonly messageId: string; readonly message: Json; readonly at: Instant }[] = [];
  const fatal: string[] = [];
  let answer: () => EditAnswer | Promise<EditAnswer> = () => EDITED;
  let isBroken = false;
  const expectDisk = () => {
    if (isBroken) throw new StorageError('The disk is full.');
  };
  const refresher = createPostRefresher({
    clock,
    log,
    posts: {
      async due(now, limit) {
        expectDisk();
        return [...kept.values()].filter(({ refreshAt }) => refreshAt <= now).slice(0, limit);
      },
      async settle(refreshed) {
        expectDisk();
        for (const { kind, post } of refreshed) {
          if (kind === 'kept') kept.set(post.messageId, post);
          else kept.delete(post.messageId);
        }
      },
    },
    transport: {
      async edit({ messageId }, message) {
        edits.push({ messageId, message, at: clock.now() });
        return await answer();
      },
    },
    renderAgain: (view) => {
      const upvotes = votes.get(typeof view === 'string' ? view : '');
      return upvotes === undefined ? undefined : { payload: `▲ ${upvotes}`, shown: `of ${upvotes}` };
    },
    lane: (task) => task(),
    onFatal: (message) => fatal.push(message),
  });

  return {
    clock,
    logged,
    votes,
    kept,
    edits,
    fatal,
    refresher,
    answerWith(next: typeof answer) {
      answer = next;
    },
    breakDisk(broken: boolean) {
      isBroken = broken;
    },
    /** A message that shows the paper as it is now. */
    post(messageId: string, channelId = '1'): void {
      const postedAt = clock.now();
      const refreshAt = nextRefresh(postedAt, postedAt) ?? postedAt;
      const shown = `of ${votes.get(PAPER)}`;
      kept.set(messageId, buildPost({ messageId, channelId, postedAt, refreshAt, shown, view: PAPER }));
    },
    /** Every ten minutes until so many have passed. */
    async pass(ms: number): Promise<void> {
      const end = clock.now() + ms;
      while (clock.now() < end) {
        await clock.passTo(Math.min(end, clock.now() + 10 * MINUTE_MS));
        void refresher.refreshDue();
        await clock.passTo(clock.now());
      }
    },
  };
}

describe('what a reader sees', () => {
  it('is edited where it has changed, at the next look, and then no more until it changes again', async () => {
    const { votes, post, edits, pass } = open();
    post('a');
    votes.set(PAPER, 9);

    await pass(50 * MINUTE_MS);
    expect(edits).toEqual([]);
    await pass(30 * HOUR_MS);

    expect(edits.map(({ message }) => message)).toEqual(['▲ 9']);
  });

  it('stays as it is when nothing has changed, and is sealed after three days', async () => {
    const { votes, post, edits, kept, pass } = open();
    post('a');

    await pass(72 * HOUR_MS);
    votes.set(PAPER, 9);
    await pass(100 * HOUR_MS);

    expect(edits).toEqual([]);
    expect(kept.size).toBe(0);
  });

  it('is edited six times at most, however often it changes', async () => {
    const { clock, votes, post, edits, pass } = open();
    post('a');
    const postedAt = clock.now();

    for (let hour = 0; hour < 100; hour += 1) {
      votes.set(PAPER, 10 + hour);
      await pass(HOUR_MS);
    }

    expect(edits.map(({ at }) => Math.round((at - postedAt) / HOUR_MS))).toEqual([1, 4, 12, 24, 48, 72]);
  });

  it('stays as it is while the archive has lost a paper', async () => {
    const { votes, post, edits, pass } = open();
    post('a');
    votes.delete(PAPER);
    await pass(6 * HOUR_MS);
    expect(edits).toEqual([]);

    votes.set(PAPER, 7);
    await pass(6 * HOUR_MS);

    expect(edits.map(({ message }) => message)).toEqual(['▲ 7']);
  });

  it('is not edited days later by a bot that was off', async () => {
    const { clock, votes, post, edits, kept, pass } = open();
    post('a');
    votes.set(PAPER, 9);

    await clock.passTo(clock.now() + 80 * HOUR_MS);
    await pass(10 * MINUTE_MS);

    expect(edits).toEqual([]);
    expect(kept.size).toBe(0);
  });
});

describe('the limit of a channel', () => {
  it('is kept: two seconds between edits, also from one minute to the next, and other channels do not wait', async () => {
    const { clock, votes, post, edits, refresher } = open();
    for (let index = 0; index < 40; index += 1) post(`a${index}`, 'a');
    post('b', 'b');
    votes.set(PAPER, 9);
    await clock.passTo(clock.now() + HOUR_MS);
    const start = clock.now();

    for (let minute = 0; minute < 4; minute += 1) {
      void refresher.refreshDue();
      await clock.passTo(start + minute * MINUTE_MS);
    }

    const inA = edits.filter(({ messageId }) => messageId.startsWith('a')).map(({ at }) => at);
    expect(inA).toHaveLength(40);
    expect(inA.every((at, index) => index === 0 || at - (inA[index - 1] ?? 0) >= 2000)).toBe(true);
    expect(edits.find(({ messageId }) => messageId === 'b')?.at).toBe(start);
  });
});

describe('an edit that does not succeed', () => {
  it('is tried again ten minutes later when Discord asks to wait', async () => {
    const { votes, post, edits, pass, answerWith } = open();
    post('a');
    votes.set(PAPER, 9);
    answerWith(() => ({ kind: 'failed', message: 'Discord asks to wait', retryAfterMs: 3000 }));
    await pass(HOUR_MS);
    answerWith(() => EDITED);

    await pass(20 * MINUTE_MS);

    expect(edits.map(({ message }) => message)).toEqual(['▲ 9', '▲ 9']);
  });

  it('is made again when its answer was lost, even where the paper is as before again', async () => {
    const { votes, post, edits, pass, answerWith } = open();
    post('a');
    votes.set(PAPER, 9);
    answerWith(() => ({ kind: 'unclear', message: 'no answer' }));
    await pass(HOUR_MS);
    answerWith(() => EDITED);
    votes.set(PAPER, 5);

    await pass(2 * HOUR_MS);

    expect(edits.map(({ message }) => message)).toEqual(['▲ 9', '▲ 5']);
  });

  it('is the last one when the message is gone', async () => {
    const { votes, post, edits, kept, pass, answerWith } = open();
    post('a');
    votes.set(PAPER, 9);
    answerWith(() => ({ kind: 'lasting', code: 10_008, message: 'Unknown Message' }));

    await pass(HOUR_MS);
    votes.set(PAPER, 20);
    await pass(30 * HOUR_MS);

    expect(edits).toHaveLength(1);
    expect(kept.size).toBe(0);
  });

  it('stops the process when the token is refused', async () => {
    const { votes, post, fatal, kept, pass, answerWith } = open();
    post('a');
    votes.set(PAPER, 9);
    answerWith(() => ({ kind: 'fatal', message: 'Unauthorized' }));

    await pass(HOUR_MS);

    expect(fatal).toEqual(['Unauthorized']);
    expect(kept.size).toBe(1);
  });

  it('is written down although another post meets a fault', async () => {
    const { votes, post, edits, logged, pass, answerWith } = open();
    post('a', 'a');
    post('b', 'b');
    votes.set(PAPER, 9);
    answerWith(() => (edits.at(-1)?.messageId === 'b' ? Promise.reject(new RangeError('a fault')) : EDITED));

    await pass(2 * HOUR_MS);

    expect(edits.filter(({ messageId }) => messageId === 'a')).toHaveLength(1);
    expect(logged.map(({ message }) => message)).toContain('unexpected error');
  });

  it('costs a line in the log when the ledger fails, and the next minute goes on', async () => {
    const { votes, post, edits, logged, pass, breakDisk } = open();
    post('a');
    votes.set(PAPER, 9);
    breakDisk(true);
    await pass(HOUR_MS);
    breakDisk(false);

    await pass(10 * MINUTE_MS);

    expect(edits).toHaveLength(1);
    expect(logged.map(({ message }) => message)).toContain('storage failed, trying again');
  });
});

describe('at a stop', () => {
  it('no answer is waited for, what is known is written, and nothing new begins', async () => {
    const { clock, votes, post, edits, kept, refresher, answerWith } = open();
    post('a', 'a');
    post('b', 'b');
    post('b2', 'b');
    votes.set(PAPER, 9);
    answerWith(() => (edits.length === 1 ? EDITED : new Promise<never>(() => undefined)));
    await clock.passTo(clock.now() + HOUR_MS);
    void refresher.refreshDue();
    await clock.passTo(clock.now());

    await refresher.stop();
    await refresher.refreshDue();

    expect(edits.map(({ messageId }) => messageId)).toEqual(['a', 'b']);
    expect([...kept.values()].map(({ shown }) => shown)).toEqual(['of 9', 'of 5', 'of 5']);
  });
});
