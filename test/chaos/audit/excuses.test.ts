import { describe, expect, it } from 'vitest';
import { audit } from '../../../chaos/audit/audit.ts';
import { createTimeline } from '../../../chaos/timeline.ts';
import {
  buildChange,
  buildHistory,
  buildMessage,
  CHANNEL,
  kinds,
  LISTED,
  listPaper,
  MINUTE,
  NINE,
  SETTINGS,
  SEVEN,
} from './audited-history.ts';

const [first] = LISTED;

describe('a paper that was refused for its content', () => {
  const refusal = { from: NINE, to: NINE + MINUTE, paperId: first?.id ?? '' };
  const without = buildMessage({ papers: LISTED.slice(1) });

  it('need not come, and any other has to', () => {
    expect(audit(buildHistory({ messages: [without], refusals: [refusal] }))).toEqual([]);
    expect(kinds(buildHistory({ messages: [], refusals: [refusal] }))).toEqual(['lost']);
  });

  it('is one of those that pass over what is hidden', () => {
    const least = listPaper({ id: '2605.00003', title: 'About boats', upvotes: 1 });
    const history = buildHistory({
      changes: [buildChange({ ...SETTINGS, max: 2, rest: 'hide' })],
      listings: [{ at: NINE - MINUTE, day: '2026-05-04', papers: [...LISTED, least] }],
      messages: [without],
    });

    expect(kinds({ ...history, refusals: [refusal] })).not.toContain('lost');
    expect(kinds(history)).toContain('lost');
  });

  it('has to come to any other place', () => {
    const elsewhere = { ...refusal, channelId: '999' };

    expect(kinds(buildHistory({ messages: [without], refusals: [elsewhere] }))).toEqual(['lost']);
    expect(
      audit(buildHistory({ messages: [without], refusals: [{ ...refusal, channelId: CHANNEL }] })),
    ).toEqual([]);
  });
});

describe("a machine's clock", () => {
  const clock = { from: NINE - 30 * MINUTE, to: NINE - 20 * MINUTE, kind: 'clock', aheadMs: 35 * MINUTE };
  const early = buildMessage({ at: NINE - 25 * MINUTE });

  it('that is fast lets a digest come before its slot, as it shows the slot', () => {
    expect(kinds(buildHistory({ messages: [early] }))).toContain('early');
    expect(kinds(buildHistory({ messages: [early], disturbances: [clock] }))).not.toContain('early');
  });

  it('that is slow may show a slot again, and nothing else brings a second digest of it', () => {
    const [papers, rest] = LISTED.map(({ id, upvotes }) => [{ id, upvotes }]);
    const messages = [
      buildMessage({ papers: papers ?? [] }),
      buildMessage({ id: '2', deliveryId: 'd2', at: NINE + 4 * MINUTE, papers: rest ?? [], roles: [] }),
    ];
    const slow = { kind: 'clock', aheadMs: -5 * MINUTE, from: NINE + 3 * MINUTE, to: NINE + 4 * MINUTE };

    expect(kinds(buildHistory({ messages }))).toContain('early');
    expect(kinds(buildHistory({ messages, disturbances: [slow] }))).not.toContain('early');
  });

  it('that is fast, and then right, may show a slot before its time and again', () => {
    const DAY = 24 * 60 * MINUTE;
    const fast = { ...clock, from: clock.from + DAY, to: clock.to + DAY };
    const messages = [NINE, NINE + DAY - 29.9 * MINUTE, NINE + DAY + MINUTE].map((at, index) =>
      buildMessage({ id: `${index}`, deliveryId: `d${index}`, at }),
    );

    expect(kinds(buildHistory({ messages }))).toContain('early');
    expect(kinds(buildHistory({ messages, disturbances: [fast] }))).not.toContain('early');
  });

  it('that is fast by less excuses nothing', () => {
    const lessFast = { ...clock, aheadMs: 5 * MINUTE };

    expect(kinds(buildHistory({ messages: [early], disturbances: [lessFast] }))).toContain('early');
    expect(kinds(buildHistory({ messages: [], disturbances: [lessFast] }))).toEqual(['lost']);
  });
});

describe('a digest after a pause', () => {
  const DAY = 24 * 60 * MINUTE;
  const pausedAt = NINE + DAY - 10_000;
  const resumedAt = NINE + DAY + 10_000;
  const resumed = { ...SETTINGS, scheduledSince: { earliest: resumedAt, latest: resumedAt + 100 } };
  const changes = [
    buildChange(SETTINGS),
    buildChange({ ...SETTINGS, isPaused: true }, pausedAt, { cancels: true }),
    buildChange(resumed, resumedAt),
  ];
  const messages = [buildMessage(), buildMessage({ id: '2', deliveryId: 'd2', at: resumedAt + 5_000 })];

  it('is none of the slot that passed in it, unless it had left before', () => {
    const lost = { kind: 'request', from: pausedAt - MINUTE, to: resumedAt + 5_000 };

    expect(kinds(buildHistory({ changes, messages }))).toContain('early');
    expect(kinds(buildHistory({ changes, messages, disturbances: [lost] }))).not.toContain('early');
  });
});

it('a digest after a sleep is of the slot since a pause, and not of the one before it', () => {
  let real = NINE + 2 * MINUTE;
  const timeline = createTimeline({ real: SEVEN, virtual: SEVEN, speed: 1 }, () => real);
  timeline.leap(26.5 * 60 * MINUTE);
  real = NINE + 3 * MINUTE;
  const resumedAt = NINE + MINUTE;
  const history = buildHistory({
    changes: [
      buildChange(SETTINGS),
      buildChange({ ...SETTINGS, isPaused: true }, NINE - 10_000, { ackedAt: NINE + 10_000, cancels: true }),
      buildChange({ ...SETTINGS, scheduledSince: { earliest: resumedAt, latest: resumedAt } }, resumedAt),
    ],
    messages: [buildMessage({ at: NINE + 2 * MINUTE + 5_000 })],
  });

  expect(kinds({ ...history, timeline, endedAt: real })).not.toContain('early');
});

describe('a digest of one day a week', () => {
  const DAY = 24 * 60 * MINUTE;
  const changes = [buildChange({ ...SETTINGS, days: [1] })];
  const late = buildMessage({ at: NINE + 3 * DAY + 2_000 });

  it('comes days later where trouble held it up, and not by itself', () => {
    const trouble = { kind: 'request', from: NINE - MINUTE, to: NINE + 3 * DAY };

    expect(kinds(buildHistory({ changes, messages: [late], disturbances: [trouble] }))).not.toContain(
      'early',
    );
    expect(kinds(buildHistory({ changes, messages: [late] }))).toContain('early');
  });
});
