import { expect, it } from 'vitest';
import { audit } from '../../../chaos/audit/audit.ts';
import {
  buildChange,
  buildHistory,
  buildMessage,
  CHANNEL,
  kinds,
  LISTED,
  type MessageBrief,
  MINUTE,
  NINE,
  onlyFirst,
  onlySecond,
  SETTINGS,
} from './audited-history.ts';

const FIVE_PAST = {
  ...SETTINGS,
  minute: 9 * 60 + 5,
  scheduledSince: { earliest: NINE + 2 * MINUTE, latest: NINE + 2 * MINUTE + 100 },
};
const changes = [buildChange(SETTINGS), buildChange(FIVE_PAST, NINE + 2 * MINUTE)];
const first = buildMessage({ papers: onlyFirst });
const listings = [
  { at: NINE - MINUTE, day: '2026-05-04', papers: LISTED.slice(0, 1) },
  { at: NINE + 5 * MINUTE - 10_000, day: '2026-05-04', papers: LISTED },
];
const buildSecond = (about: MessageBrief) =>
  buildMessage({ deliveryId: 'd2', at: NINE + 5 * MINUTE + 2_000, papers: onlySecond, ...about });

it('a role is mentioned with the first digest of a local day, and not with the next slot on that day', () => {
  expect(audit(buildHistory({ changes, listings, messages: [first, buildSecond({ roles: [] })] }))).toEqual(
    [],
  );
  expect(kinds(buildHistory({ changes, listings, messages: [first, buildSecond({})] }))).toEqual([
    'wrong_mention',
  ]);
});

it('where history cannot be read, a message that got lost is sent again without its mention', () => {
  const fault = { from: NINE + 1_000, to: NINE + 2_500, kind: 'request', channelId: CHANNEL };
  const messages = [buildMessage({ at: NINE + 20_000, roles: [] })];
  const about = { messages, disturbances: [fault] };

  expect(audit(buildHistory({ ...about, canReadHistory: false }))).toEqual([]);
  expect(kinds(buildHistory({ ...about, canReadHistory: true }))).toEqual(['wrong_mention']);
  expect(kinds(buildHistory({ messages, canReadHistory: false }))).toEqual(['wrong_mention']);
});

it('where the message that would mention is refused for its content, nobody is mentioned', () => {
  const refused = { from: NINE, to: NINE + 40_000, kind: 'content', channelId: CHANNEL };
  const messages = [buildMessage({ roles: [] })];

  expect(audit(buildHistory({ messages, disturbances: [refused] }))).toEqual([]);
  expect(kinds(buildHistory({ messages, disturbances: [{ ...refused, channelId: '5' }] }))).toEqual([
    'wrong_mention',
  ]);
});
