import { describe, expect, it } from 'vitest';
import { audit, findMissing } from '../../../chaos/audit/audit.ts';
import type { History } from '../../../chaos/audit/history.ts';
import { createTimeline } from '../../../chaos/timeline.ts';
import {
  CHANNEL,
  HELD,
  LISTED,
  MINUTE,
  NINE,
  SETTINGS,
  SEVEN,
  buildChange,
  buildHistory,
  buildMessage,
  buildTwoDays,
  heldUp,
  kinds,
  listPaper,
  ofNewSlot,
  onlyFirst,
  onlySecond,
} from './audited-history.ts';

describe('the auditor has nothing to say', () => {
  it('when all that is owed came, once and in time', () => {
    const history = buildHistory();

    expect(audit(history)).toEqual([]);
    expect(findMissing(history)).toEqual({ owed: 2, missing: 0 });
  });

  it.each<[string, Partial<History>]>([
    [
      'that came late because the bot was down',
      { disturbances: [{ from: NINE, to: NINE + 3 * MINUTE, kind: 'down' }] },
    ],
    [
      'that came late because its channel was troubled',
      { disturbances: [{ from: NINE, to: NINE + 3 * MINUTE, kind: 'request', channelId: CHANNEL }] },
    ],
  ])('of a digest %s', (_, about) => {
    expect(audit(buildHistory({ ...about, messages: [buildMessage({ at: NINE + 3.5 * MINUTE })] }))).toEqual(
      [],
    );
  });

  it('of votes that the bot learnt by asking for the paper itself', () => {
    const [, second] = LISTED;
    if (second === undefined) throw new Error('There is no second paper.');
    const messages = [buildMessage({ papers: [...onlyFirst, { id: second.id, upvotes: 6 }] })];
    const visits = [{ at: NINE - 30_000, paper: { ...second, upvotes: 6 } }];

    expect(kinds(buildHistory({ messages }))).toContain('wrong_facts');
    expect(audit(buildHistory({ messages, visits }))).toEqual([]);
  });

  it.each([
    [25, []],
    [20, ['lost']],
  ])('of a weekly digest that trouble held up for over a day: %i hours', (hours, complaints) => {
    const to = NINE + hours * 60 * MINUTE;
    const endedAt = to + 10 * MINUTE;
    const history = buildHistory({
      timeline: createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => endedAt),
      endedAt,
      changes: [buildChange({ ...SETTINGS, days: [1] })],
      disturbances: [{ from: NINE, to, kind: 'request', channelId: CHANNEL }],
      messages: [],
    });

    expect(kinds(history)).toEqual(complaints);
  });

  it('of a slot that was refused for want of a permission', () => {
    const disturbances = [{ from: NINE - 1_000, to: NINE + 1_000, kind: 'permission', channelId: CHANNEL }];

    expect(audit(buildHistory({ messages: [], disturbances }))).toEqual([]);
  });

  it('of what the archive lost before the slot was decided, which is left to the next one', () => {
    expect(kinds(buildHistory({ messages: [], archiveLostAt: [NINE - 10 * MINUTE] }))).toEqual(['lost']);
    expect(audit(buildHistory({ messages: [], archiveLostAt: [NINE + 1_000] }))).toEqual([]);
  });

  it('of a forum where each paper has a post, and those over the most share one', () => {
    const posts = [
      buildMessage({ papers: onlySecond }),
      buildMessage({ step: 1, at: NINE + 3_000, roles: [], papers: onlyFirst }),
    ];
    const shared = buildChange({ ...SETTINGS, max: 1 });
    const most = listPaper({ id: '2605.00003', upvotes: 99 });
    const three = [most, ...LISTED];
    const listings = [{ at: NINE - MINUTE, day: '2026-05-04', papers: three }];
    const rest = buildMessage().papers.map((paper, index) => ({
      ...paper,
      number: index + 2,
      form: 'line' as const,
    }));
    const sharing = [
      buildMessage({ papers: rest }),
      buildMessage({ step: 1, at: NINE + 3_000, roles: [], papers: [most] }),
    ];

    expect(audit(buildHistory({ kind: 'forum', messages: posts }))).toEqual([]);
    expect(audit(buildHistory({ kind: 'forum', messages: sharing, changes: [shared], listings }))).toEqual(
      [],
    );
  });

  it('of what was lost between a slot and its digest, and then came with the next one', () => {
    const without = buildMessage({ papers: onlyFirst });

    expect(kinds(buildHistory({ messages: [without], archiveLostAt: [NINE + 1_000] }))).toEqual([]);
    expect(kinds(buildTwoDays({ first: without, second: onlySecond }))).toEqual([]);
  });

  it.each<[string, Partial<History>]>([
    ['while the slot that it named gets one of its own', { messages: [heldUp, ofNewSlot] }],
    ['and mentions the role of before', { messages: [{ ...buildMessage(), at: heldUp.at }] }],
    [
      'while nothing had been collected for the new slot',
      {
        messages: [{ ...buildMessage(), at: heldUp.at }],
        listings: [{ at: NINE - 8 * MINUTE, day: '2026-05-04', papers: LISTED }],
      },
    ],
  ])('of a digest that is held up until after a change of its schedule, %s', (_, about) => {
    expect(audit(buildHistory({ ...HELD, ...about }))).toEqual([]);
  });

  it('of what is hidden by choice', () => {
    const changes = [buildChange({ ...SETTINGS, max: 1, rest: 'hide' })];

    expect(audit(buildHistory({ changes, messages: [buildMessage({ papers: onlyFirst })] }))).toEqual([]);
  });

  it('of what waited for direct messages to be opened, once', () => {
    const late = buildMessage({ at: NINE + MINUTE + 4_000, roles: [] });
    const tomorrow = NINE + 24 * 60 * MINUTE;
    const papers = [listPaper({ id: '2605.00003', listDay: '2026-05-05', upvotes: 7 })];
    const second = buildMessage({ deliveryId: 'd2', at: tomorrow + MINUTE + 4_000, roles: [], papers });
    const { mention: _nobody, ...settings } = SETTINGS;
    const changes = [buildChange(settings)];
    const listings = [
      { at: NINE - MINUTE, day: '2026-05-04', papers: LISTED },
      { at: tomorrow - MINUTE, day: '2026-05-05', papers },
    ];
    const endedAt = tomorrow + 10 * MINUTE;
    const timeline = createTimeline({ real: SEVEN, virtual: SEVEN, speed: 1 }, () => endedAt);
    const about = { kind: 'dm', changes, listings, timeline, endedAt } as const;

    expect(audit(buildHistory({ ...about, messages: [late] }))).toMatchObject([{ kind: 'lost' }]);
    expect(kinds(buildHistory({ ...about, messages: [late, second] }))).toEqual(['late']);
  });

  it('of a command that was under way when its slot came', () => {
    const paused = buildChange({ ...SETTINGS, isPaused: true }, NINE - 500, {
      ackedAt: NINE + 500,
      cancels: true,
    });

    expect(audit(buildHistory({ changes: [buildChange(SETTINGS), paused], messages: [] }))).toEqual([]);
    const messages = [buildMessage({ at: NINE + 400 })];
    expect(audit(buildHistory({ changes: [buildChange(SETTINGS), paused], messages }))).toEqual([]);
  });
});
