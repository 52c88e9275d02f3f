import { describe, expect, it } from 'vitest';
import { audit } from '../../../chaos/audit/audit.ts';
import { createTimeline } from '../../../chaos/timeline.ts';
import {
  type Brief,
  CHANNEL,
  LISTED,
  MINUTE,
  NINE,
  ROLE,
  SETTINGS,
  SEVEN,
  buildChange,
  buildHistory,
  buildMessage,
  listPaper,
  onlyFirst,
  onlyFirstListed,
  onlySecond,
} from './audited-history.ts';

describe('where the machine sleeps, the auditor has nothing to say', () => {
  it('of a digest that is answered slowly, while its machine sleeps over a change that is not heard of yet', () => {
    let real = NINE + 10 * MINUTE;
    const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
    timeline.leap(24 * 60 * MINUTE);
    const awakeAt = real;
    real += 2_000;
    timeline.leap(4 * 60 * MINUTE);
    const scheduledSince = { earliest: timeline.virtualAt(real - 1_000), latest: timeline.virtualAt(real) };
    const moved = buildChange({ ...SETTINGS, minute: 13 * 60, scheduledSince }, real);
    const second = buildMessage({ deliveryId: 'd2', at: real + 1_000, papers: onlySecond });
    const disturbances = [
      { from: awakeAt + 1_000, to: real + 1_000, kind: 'request', channelId: CHANNEL },
      { from: awakeAt + 2_000, to: real + MINUTE, kind: 'source' },
    ];
    const listings = [
      { at: NINE - MINUTE, day: '2026-05-04', papers: onlyFirstListed },
      { at: awakeAt + 500, day: '2026-05-05', papers: LISTED },
    ];
    real += 10 * MINUTE;

    const history = buildHistory({
      timeline,
      endedAt: real,
      listings,
      disturbances,
      changes: [buildChange(SETTINGS), moved],
      messages: [buildMessage({ papers: onlyFirst }), second],
    });

    expect(audit(history)).toEqual([]);
  });

  it('of a slot that nothing was collected for, decided two hours after it by a machine that slept', () => {
    let real = NINE + 10 * MINUTE;
    const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
    timeline.leap(26 * 60 * MINUTE);
    const awakeAt = real;
    real += 10 * MINUTE;
    const tomorrow = [listPaper({ id: '2605.00003', listDay: '2026-05-05', upvotes: 7 })];
    const listings = [
      { at: NINE - MINUTE, day: '2026-05-04', papers: LISTED },
      { at: NINE + 5 * MINUTE, day: '2026-05-05', papers: tomorrow },
    ];
    const papers: readonly Brief[] = tomorrow;
    const second = buildMessage({ deliveryId: 'd2', at: awakeAt + 2_000, papers });

    const history = buildHistory({ timeline, endedAt: real, listings, messages: [buildMessage(), second] });

    expect(audit(history)).toEqual([]);
  });

  it('of two digests in a row over whose sending the machine slept', () => {
    let real = NINE + 10_000;
    const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
    timeline.leap(26 * 60 * MINUTE);
    const tuesdayAt = real;
    real += MINUTE;
    timeline.leap(24 * 60 * MINUTE);
    const wednesdayAt = real;
    real += 10 * MINUTE;
    const listed = ['2026-05-04', '2026-05-05', '2026-05-06'].map((day, index) => ({
      day,
      papers: [listPaper({ id: `2605.0000${index + 1}`, listDay: day, upvotes: 7 })],
    }));
    const collectedAt = [NINE - MINUTE, tuesdayAt + 100, wednesdayAt + 100];
    const sentAt = [tuesdayAt + 500, wednesdayAt + 500, wednesdayAt + 20_000];

    const history = buildHistory({
      timeline,
      endedAt: real,
      listings: listed.map((listing, index) => ({ ...listing, at: collectedAt[index] ?? 0 })),
      messages: listed.map(({ papers }, index) =>
        buildMessage({
          deliveryId: `d${index}`,
          at: sentAt[index] ?? 0,
          papers,
          // The second one, of Tuesday, mentioned its role on Wednesday.
          roles: index === 2 ? [] : [ROLE],
        }),
      ),
    });

    expect(audit(history)).toEqual([]);
  });

  it('of the first digest of all, which trouble held up until after the second slot', () => {
    let real = NINE - 5_000;
    const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
    timeline.leap(25 * 60 * MINUTE);
    const tuesdayAt = real;
    real += 10 * MINUTE;
    const tomorrow = [listPaper({ id: '2605.00003', listDay: '2026-05-05', upvotes: 7 })];

    const history = buildHistory({
      timeline,
      endedAt: real,
      listings: [
        { at: NINE - MINUTE, day: '2026-05-04', papers: LISTED },
        { at: tuesdayAt + 500, day: '2026-05-05', papers: tomorrow },
      ],
      disturbances: [
        { from: tuesdayAt - 1_000, to: tuesdayAt + 20_000, kind: 'request', channelId: CHANNEL },
      ],
      messages: [
        buildMessage({ at: tuesdayAt + 2_000 }),
        buildMessage({ deliveryId: 'd2', at: tuesdayAt + 25_000, papers: tomorrow, roles: [] }),
      ],
    });

    expect(audit(history)).toEqual([]);
  });

  it('of such a slot where the one before it is too old to be sent', () => {
    let real = NINE + 10 * MINUTE;
    const timeline = createTimeline({ real: SEVEN - MINUTE, virtual: SEVEN - MINUTE, speed: 1 }, () => real);
    timeline.leap(47 * 60 * MINUTE);
    real += MINUTE;
    timeline.leap(4 * 60 * MINUTE);
    const awakeAt = real;
    real += 10 * MINUTE;
    const later = [listPaper({ id: '2605.00003', listDay: '2026-05-06', upvotes: 7 })];
    const listings = [
      { at: NINE - MINUTE, day: '2026-05-04', papers: [] },
      { at: NINE + 5 * MINUTE, day: '2026-05-06', papers: later },
    ];
    const papers: readonly Brief[] = later;
    const message = buildMessage({ at: awakeAt + 2_000, papers });
    const changes = [buildChange({ ...SETTINGS, days: [1, 3] })];

    const history = buildHistory({ timeline, endedAt: real, listings, changes, messages: [message] });

    expect(audit(history)).toEqual([]);
  });
});
