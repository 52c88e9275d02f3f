import { describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { afterEdit, afterRefresh, type EditAnswer, isOver, nextRefresh } from '../../../src/digest/post.ts';
import { buildPost } from '../../support/build-post.ts';

const POSTED = Date.UTC(2026, 5, 9, 7);
const after = (hours: number) => POSTED + hours * HOUR_MS;
const post = buildPost({ postedAt: POSTED, shown: 'old' });

describe('a post', () => {
  it('is looked at six times in three days', () => {
    const hours: number[] = [];
    for (let at = nextRefresh(POSTED, POSTED); at !== undefined; at = nextRefresh(POSTED, at)) {
      hours.push((at - POSTED) / HOUR_MS);
    }

    expect(hours).toEqual([1, 4, 12, 24, 48, 72]);
  });

  it('is looked at once for all the times that were missed', () => {
    expect(nextRefresh(POSTED, after(30))).toBe(after(48));
  });

  it('is sealed with the last look, and not edited at all once that is an hour ago', () => {
    expect(afterRefresh(post, 'old', after(72))).toEqual({ kind: 'sealed', post });
    expect(isOver(post, after(73))).toBe(false);
    expect(isOver(post, after(73) + 1)).toBe(true);
  });
});

describe('after an edit', () => {
  const now = after(1) + 5 * MINUTE_MS;
  const answers: readonly (readonly [EditAnswer, object | undefined])[] = [
    [{ kind: 'edited' }, { kind: 'kept', post: { ...post, shown: 'new', refreshAt: after(4) } }],
    [
      { kind: 'lasting', code: 10_008, message: '' },
      { kind: 'sealed', post },
    ],
    [
      { kind: 'failed', message: '' },
      { kind: 'kept', post: { ...post, refreshAt: now + 10 * MINUTE_MS } },
    ],
    [
      { kind: 'failed', message: '', retryAfterMs: HOUR_MS },
      { kind: 'kept', post: { ...post, refreshAt: now + HOUR_MS } },
    ],
    [
      { kind: 'unclear', message: '' },
      { kind: 'kept', post: { ...post, shown: '', refreshAt: now + 10 * MINUTE_MS } },
    ],
    [{ kind: 'held-back' }, undefined],
    [{ kind: 'fatal', message: '' }, undefined],
  ];

  it.each(answers)('that was answered with %o', (answer, expected) => {
    expect(afterEdit(post, answer, { shown: 'new', now })).toEqual(expected);
  });
});
