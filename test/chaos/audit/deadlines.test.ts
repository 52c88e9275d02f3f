import { expect, it } from 'vitest';
import { audit } from '../../../chaos/audit/audit.ts';
import { createTimeline } from '../../../chaos/timeline.ts';
import { buildHistory, CHANNEL, kinds, LISTED, MINUTE, NINE, SEVEN } from './audited-history.ts';

it('a slot is decided after a collection of two list days, unless the day before had settled', () => {
  const today = { at: NINE - MINUTE, day: '2026-05-04', papers: LISTED };
  const yesterday = { at: NINE - 60 * MINUTE, day: '2026-05-03', papers: [] };
  const history = buildHistory();

  expect(kinds({ ...history, listings: [today] })).toEqual(['stale']);
  expect(audit({ ...history, listings: [yesterday, today] })).toEqual([]);
  const lost = { archiveLostAt: [NINE - 30 * MINUTE] };
  const emptied = { ...lost, archiveEmptiedAt: [NINE - 30 * MINUTE] };
  expect(kinds({ ...history, listings: [yesterday, today], ...emptied })).toEqual(['stale']);
  expect(audit({ ...history, listings: [yesterday, today], ...lost })).toEqual([]);
});

it('where nobody could look for a message, nothing is due before the hour is over after which it is looked for', () => {
  const shutOut = { from: NINE - MINUTE, to: NINE - 2_000, kind: 'permission', channelId: CHANNEL };
  const lost = {
    from: NINE - MINUTE - 5_000,
    to: NINE - MINUTE - 4_000,
    kind: 'request',
    channelId: CHANNEL,
  };

  expect(audit(buildHistory({ messages: [], disturbances: [lost, shutOut] }))).toEqual([]);
  expect(kinds(buildHistory({ messages: [], disturbances: [shutOut] }))).toEqual(['lost']);
});

it('a slot waits two hours for a collection, and not for as long as Hugging Face fails', () => {
  const HOUR = 60 * MINUTE;
  const away = { kind: 'source', from: NINE - 30 * MINUTE, to: NINE + 5 * HOUR };
  const history = (endedAt: number) =>
    buildHistory({
      timeline: createTimeline({ real: SEVEN, virtual: SEVEN, speed: 1 }, () => endedAt),
      endedAt,
      messages: [],
      listings: [
        { at: NINE - 60 * MINUTE, day: '2026-05-04', papers: LISTED },
        { at: NINE - 60 * MINUTE, day: '2026-05-03', papers: [] },
      ],
      disturbances: [away],
    });

  expect(audit(history(NINE + HOUR))).toEqual([]);
  expect(kinds(history(NINE + 3 * HOUR))).toEqual(['lost']);
});
