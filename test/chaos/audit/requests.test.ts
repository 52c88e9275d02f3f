import { describe, expect, it } from 'vitest';
import type { AskedDiscord } from '../../../chaos/audit/history.ts';
import { buildHistory, CHANNEL, kinds, MINUTE, NINE } from './audited-history.ts';

const ask = (at: number, about: Partial<AskedDiscord> = {}): AskedDiscord => ({
  at,
  endedAt: at + 50,
  method: 'POST',
  path: `/api/v10/channels/${CHANNEL}/messages`,
  status: 200,
  isSpoilt: false,
  isGlobal: false,
  ...about,
});
const limited = (about: Partial<AskedDiscord> = {}) =>
  ask(NINE, { status: 429, isSpoilt: true, retryAfterMs: 3_000, ...about });
const life = (startedAt: number) => [{ startedAt, readyAt: startedAt }];
const judge = (requests: readonly AskedDiscord[], about: Parameters<typeof buildHistory>[0] = {}) =>
  kinds(buildHistory({ requests, ...about }));

describe('of requests the auditor complains', () => {
  it.each<[string, readonly AskedDiscord[]]>([
    ['that one was over a limit of Discord', [ask(NINE, { status: 429 })]],
    ['that one came before it was time again', [limited(), ask(NINE + 1_000)]],
    [
      'that one came while all have to wait',
      [limited({ isGlobal: true }), ask(NINE + 1_000, { path: '/api/v10/channels/5/messages' })],
    ],
  ])('%s', (_, requests) => {
    expect(judge(requests)).toEqual(['hurried']);
  });

  it('that a place that refuses is asked again and again', () => {
    const disturbances = [
      { kind: 'permission', channelId: CHANNEL, from: NINE + 5 * MINUTE, to: NINE + 8 * MINUTE },
    ];
    const refused = Array.from({ length: 9 }, (_, index) =>
      ask(NINE + 5 * MINUTE + index * 1_000, { status: 403 }),
    );

    expect(judge(refused, { disturbances })).toEqual(['hurried']);
    expect(judge(refused.slice(4), { disturbances })).toEqual([]);
  });
});

describe('of requests the auditor has nothing to say', () => {
  it.each<[string, readonly AskedDiscord[], Parameters<typeof buildHistory>[0]]>([
    ['that waited', [limited(), ask(NINE + 3_100)], {}],
    ['that were on their way', [limited(), ask(NINE + 60)], {}],
    ['about another place', [limited(), ask(NINE + 1_000, { path: '/api/v10/channels/5/messages' })], {}],
    [
      'that answer commands',
      [limited({ isGlobal: true }), ask(NINE + 1_000, { path: '/api/v10/interactions/1/x/callback' })],
      {},
    ],
    ['of a process that has just started', [ask(NINE, { status: 429 })], { lives: life(NINE - 5_000) }],
    ['of a process that was told nothing', [limited(), ask(NINE + 2_000)], { lives: life(NINE + 1_000) }],
  ])('%s', (_, requests, about) => {
    expect(judge(requests, about)).toEqual([]);
  });
});

it('an answer that names a channel which the person must not know of tells others', () => {
  const answer = { at: NINE, userId: '9', channelId: CHANNEL };

  expect(kinds(buildHistory({ answers: [{ ...answer, hidden: ['5'] }] }))).toEqual(['told_others']);
  expect(kinds(buildHistory({ answers: [{ ...answer, hidden: [] }] }))).toEqual([]);
});

it('what somebody could do without the right to is a trespass', () => {
  expect(kinds(buildHistory({ trespasses: ['somebody without rights could pause'] }))).toEqual([
    'trespasses',
  ]);
});

it('what is left open at the end is counted', () => {
  expect(kinds(buildHistory({ openFiles: 60 }))).toEqual([]);
  expect(kinds(buildHistory({ openFiles: 600 }))).toEqual(['left_open']);
});
