import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { Delivery, Step } from '../../../src/delivery/delivery.ts';
import { choosePaper } from '../../../src/reading/choose-paper.ts';
import { buildMeeting } from '../../../src/reading/close-meeting.ts';
import {
  afterDelivery,
  afterLook,
  afterPlan,
  beforePosting,
  pickWinner,
} from '../../../src/reading/meeting-after.ts';
import { type MeetingAction, nextAction } from '../../../src/reading/meeting.ts';
import { planDelivery } from '../../../src/reading/plan-delivery.ts';
import type { GroupState, Meeting, ReadingGroup } from '../../../src/reading/reading-group.ts';

const NOW = Date.parse('2026-06-09T12:00Z');
const START = NOW + 7 * DAY_MS;
const group: ReadingGroup = {
  guildId: '2',
  channelId: '1',
  channelKind: 'text',
  minutes: 60,
  pollHours: 48,
  readDays: 3,
  held: 1,
};
const gathering: Meeting = {
  ...buildMeeting(group, { id: 'm000000000000001', now: NOW }),
  startsAt: START,
  decideAt: NOW + DAY_MS,
};
const poll = {
  kind: 'native',
  candidates: ['a', 'b', 'c'],
  hours: 48,
  closesAt: NOW + 2 * DAY_MS,
  messageId: '9',
  lookAt: NOW + 10 * MINUTE_MS,
  looks: 0,
} as const;
const { messageId: _posted, ...unposted } = poll;
const polling: Meeting = { ...gathering, state: 'polling', poll };
const { decideAt: _decided, ...undecided } = gathering;
const chosen: Meeting = {
  ...undecided,
  state: 'chosen',
  choice: { paperId: 'a', how: 'only' },
  announced: { at: NOW, messageId: '9', hasThread: true },
};
const { announced: _none, ...unannounced } = chosen;

describe('the next action of a meeting', () => {
  it.each<[string, Meeting, number, MeetingAction]>([
    ['waits for its nominations', gathering, NOW, { kind: 'rest', until: NOW + DAY_MS }],
    ['decides them', gathering, NOW + DAY_MS, { kind: 'choose' }],
    ['is planned again where a wrong clock did', gathering, START - 64 * DAY_MS, { kind: 'plan-again' }],
    ['is over where nobody decided', undecided, START, { kind: 'close', as: 'passed' }],
    ['follows what is under way', afterPlan(chosen, 'd', 'day'), START + DAY_MS, { kind: 'follow' }],
    ['posts a poll', { ...polling, poll: unposted }, NOW, { kind: 'post-poll' }],
    ['looks at a poll now and then', polling, NOW + 10 * MINUTE_MS, { kind: 'look-at-poll' }],
    [
      'waits for a poll by buttons',
      { ...polling, poll: { ...poll, kind: 'buttons' } },
      NOW,
      { kind: 'rest', until: poll.closesAt },
    ],
    ['counts one', { ...polling, poll: { ...poll, kind: 'buttons' } }, poll.closesAt, { kind: 'count' }],
    ['reminds a day before', chosen, START - DAY_MS, { kind: 'remind', reminder: 'day' }],
    [
      'leaves a reminder out that is too late',
      chosen,
      START - 2 * HOUR_MS,
      { kind: 'rest', until: START - HOUR_MS },
    ],
    ['leaves the last one out once it has begun', chosen, START, { kind: 'rest', until: START + HOUR_MS }],
    [
      'reminds an hour before',
      { ...chosen, reminded: ['day'] },
      START - HOUR_MS,
      { kind: 'remind', reminder: 'hour' },
    ],
    [
      'leaves a reminder out of what was just announced',
      { ...chosen, announced: { at: START - 2 * HOUR_MS, hasThread: false } },
      START - 2 * HOUR_MS,
      { kind: 'rest', until: START - HOUR_MS },
    ],
    [
      'reminds of what a wrong clock announced',
      { ...chosen, announced: { at: START, hasThread: false } },
      START - DAY_MS,
      { kind: 'remind', reminder: 'day' },
    ],
    ['announces what was chosen', unannounced, START, { kind: 'announce' }],
    [
      'is passed where nobody was told what to read',
      unannounced,
      START + HOUR_MS,
      { kind: 'close', as: 'passed' },
    ],
    ['ends', { ...chosen, reminded: ['day', 'hour'] }, START + HOUR_MS, { kind: 'close', as: 'over' }],
    [
      'waits after a refusal',
      { ...chosen, retryAt: NOW + HOUR_MS },
      NOW,
      { kind: 'rest', until: NOW + HOUR_MS },
    ],
    [
      'does not wait for what a wrong clock wrote',
      { ...polling, poll: { ...poll, lookAt: NOW + DAY_MS } },
      NOW,
      { kind: 'rest', until: NOW + 10 * MINUTE_MS },
    ],
  ])('%s', (_, meeting, now, action) => {
    expect(nextAction(meeting, now)).toEqual(action);
  });
});

describe('a winner', () => {
  it.each([
    ['has most votes', [1, 3, 2], 'b', 3],
    ['of a tie was nominated first', [0, 2, 2], 'b', 2],
    ['without votes was nominated first', [], 'a', 0],
  ])('%s', (_, votes, paperId, most) => {
    expect(pickWinner(poll.candidates, votes)).toMatchObject({ paperId, votes: most });
  });
});

describe('a look at a poll', () => {
  const there = { kind: 'there', closesAt: poll.closesAt, isFinal: false, votes: [0, 0, 1] } as const;

  it('comes less often the longer Discord counts, and after an hour takes what there is', () => {
    let meeting = polling;
    const waits: number[] = [];
    for (let now: number = poll.closesAt; now < poll.closesAt + HOUR_MS;) {
      const after = afterLook(meeting, there, now);
      expect(after.winner).toBeUndefined();
      meeting = after.meeting;
      const next = meeting.poll?.lookAt ?? Infinity;
      waits.push((next - now) / MINUTE_MS);
      now = next;
    }

    expect(waits.slice(0, 5)).toEqual([1, 2, 4, 8, 10]);
    expect(afterLook(meeting, there, poll.closesAt + HOUR_MS).winner?.paperId).toBe('c');
  });

  it('that is in vain until an hour before the meeting leaves a poll without votes', () => {
    const unanswered = { kind: 'unanswered' } as const;
    const late = { ...polling, startsAt: poll.closesAt + 5 * HOUR_MS };

    expect(afterLook(late, unanswered, poll.closesAt + 3 * HOUR_MS).winner).toBeUndefined();
    expect(afterLook(late, unanswered, poll.closesAt + 4 * HOUR_MS).winner).toMatchObject({
      paperId: 'a',
      total: 0,
    });
  });
});

describe('what was nominated', () => {
  const state = (...papers: readonly string[]): GroupState => ({
    group,
    meeting: gathering,
    nominations: papers.map((paperId) => ({ paperId, nominatedAt: NOW })),
    presenters: ['p', 'q', 'r'],
    votes: new Map(),
    delivery: undefined,
  });
  const choose = (papers: readonly string[], now = NOW, mostSaved?: string) =>
    choosePaper(state(...papers), gathering, group, { now, pollKind: 'native', mostSaved });

  it('is put to the vote, ten at most', () => {
    const papers = Array.from({ length: 12 }, (_, at) => `paper ${at}`);

    expect(choose(papers).meeting?.poll).toMatchObject({ candidates: papers.slice(0, 10), hours: 48 });
  });

  it('is taken where it is the only one, and who presents has the turn', () => {
    expect(choose(['a'])).toMatchObject({
      meeting: { state: 'chosen', choice: { paperId: 'a', how: 'only' }, presenterId: 'q' },
    });
  });

  it('has a shorter poll that ends an hour before the meeting, or none where no hour is left', () => {
    expect(choose(['a', 'b'], START - 6 * HOUR_MS).meeting?.poll?.hours).toBe(5);
    expect(choose(['a', 'b'], START - HOUR_MS).meeting?.choice).toEqual({ paperId: 'a', how: 'first' });
  });

  it('is what was saved most where there is nothing, and else the meeting is passed', () => {
    expect(choose([], NOW, 's').meeting?.choice).toEqual({ paperId: 's', how: 'saved' });
    expect(choose([]).meeting?.state).toBe('passing');
  });
});

describe('a poll that is posted late', () => {
  const { messageId: _id, ...planned } = poll;

  it('is shorter, so that it ends an hour before the meeting', () => {
    const ready = beforePosting({ ...polling, poll: planned }, planned, START - 10 * HOUR_MS);

    expect(ready.meeting.poll).toMatchObject({ hours: 9, closesAt: START - HOUR_MS });
  });

  it('by buttons ends when its message says so, and is planned anew where that is past', () => {
    const buttons = { ...polling, poll: { ...planned, kind: 'buttons' as const } };
    const delivery = planDelivery({ id: 'd', group, meeting: buttons, purpose: 'poll', now: NOW });
    const steps = delivery.steps.map((step) => ({ ...step, status: 'sent' as const, messageId: '9' }));
    const follow = (after: Partial<Delivery>, now: number) =>
      afterDelivery(afterPlan(buttons, 'd', 'poll'), { ...delivery, ...after }, now);

    expect(delivery.slot + DAY_MS).toBe(poll.closesAt);
    expect(follow({ steps }, NOW + DAY_MS).meeting.poll?.closesAt).toBe(poll.closesAt);
    expect(follow({ state: 'expired' }, poll.closesAt)).toEqual({ meeting: buttons });
  });

  it('leaves the paper that was nominated first where not even an hour is left', () => {
    const { winner } = beforePosting(polling, planned, START - HOUR_MS);

    expect(winner).toEqual({ paperId: 'a', how: 'first' });
  });
});

describe('what became of a delivery', () => {
  it('that nobody can read any more counts as sent', () => {
    const reminded = afterDelivery(afterPlan(chosen, 'd', 'day'), undefined, NOW).meeting;

    expect(nextAction(reminded, START - 20 * HOUR_MS)).toEqual({ kind: 'rest', until: START - HOUR_MS });
  });

  it('that announced a paper settles its nomination, and one that did not get through does not', () => {
    const delivery = planDelivery({ id: 'd', group, meeting: chosen, purpose: 'announcement', now: NOW });
    const follow = (step: Partial<Step>) => {
      const steps = delivery.steps.map((one) => ({ ...one, ...step }));
      return afterDelivery(afterPlan(unannounced, 'd', 'announcement'), { ...delivery, steps }, NOW);
    };

    expect(follow({ status: 'sent', messageId: '9' }).settled).toBe('a');
    expect(follow({ status: 'barred', code: 50_013 }).settled).toBeUndefined();
    expect(follow({})).toEqual({ meeting: unannounced });
    expect(follow({ status: 'barred', code: 10_003 })).toMatchObject({ meeting: { state: 'called-off' } });
  });

  it('that could not say that there is nothing to read leaves time to nominate', () => {
    const passing: Meeting = { ...gathering, state: 'passing' };
    const delivery = planDelivery({ id: 'd', group, meeting: passing, purpose: 'pass', now: NOW });
    const steps = delivery.steps.map((step) => ({ ...step, status: 'barred' as const, code: 50_013 }));

    const { meeting } = afterDelivery(afterPlan(passing, 'd', 'pass'), { ...delivery, steps }, NOW);

    expect(nextAction(meeting, NOW)).toEqual({ kind: 'rest', until: NOW + HOUR_MS });
    expect(nextAction(meeting, NOW + HOUR_MS)).toEqual({ kind: 'choose' });
  });

  it.each([
    [10_003, 'called-off'],
    [50_013, 'chosen'],
  ])('that was refused with %i leaves the meeting %s', (code, state) => {
    const delivery = planDelivery({ id: 'd', group, meeting: chosen, purpose: 'day', now: NOW });
    const steps = delivery.steps.map((step) => ({ ...step, status: 'barred' as const, code }));

    const { meeting } = afterDelivery(
      afterPlan(chosen, 'd', 'day'),
      { ...delivery, state: 'rejected', steps },
      NOW,
    );

    expect(meeting.state).toBe(state);
    expect(meeting.reminded).toEqual([]);
  });
});
