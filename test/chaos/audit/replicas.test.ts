import { describe, expect, it } from 'vitest';
import type { AskedDiscord, History, Life } from '../../../chaos/audit/history.ts';
import { listAbsences, listDowntimes } from '../../../chaos/bot/downtimes.ts';
import { audit } from '../../../chaos/audit/audit.ts';
import { buildHistory, CHANNEL, kinds, LISTED, MINUTE, NINE, SEVEN } from './audited-history.ts';

const DAY = '2026-05-04';
/** The first one leads, is lost at nine, and the second one leads two seconds later. */
const LOST_AT = NINE + 5 * MINUTE;
const FIRST: Life = { replica: 0, startedAt: SEVEN, readyAt: SEVEN + 1_000, leadsFrom: SEVEN + 500 };
const SECOND: Life = {
  replica: 1,
  startedAt: SEVEN,
  readyAt: SEVEN + 1_000,
  leadsFrom: LOST_AT + 2_000,
};

function ask(replica: number, at: number, about: Partial<AskedDiscord> = {}): AskedDiscord {
  const path = `/api/v10/channels/${CHANNEL}/messages`;
  return {
    replica,
    at,
    endedAt: at + 50,
    method: 'POST',
    path,
    status: 200,
    isSpoilt: false,
    isGlobal: false,
    ...about,
  };
}

/** Both have the same lists, unless told otherwise. */
function build(about: Partial<History>): History {
  const listings = [0, 1].flatMap((replica) =>
    [NINE - 20 * MINUTE, NINE - MINUTE].map((at) => ({ replica, at, day: DAY, papers: LISTED })),
  );
  return buildHistory({ lives: [FIRST, SECOND], listings, ...about });
}

describe('of several processes the auditor complains', () => {
  it.each<[string, Partial<History>]>([
    ['that one sends which has not led yet', { requests: [ask(1, LOST_AT - MINUTE)] }],
    ['that one sends while another one leads', { requests: [ask(0, LOST_AT + 10_000)] }],
    [
      'that one answers people which does not lead',
      { requests: [ask(1, NINE, { path: '/api/v10/interactions/1/x/callback' })] },
    ],
    [
      'that one refuses what people ask which has not led yet',
      { requests: [ask(1, LOST_AT - MINUTE, { isRefusal: true })] },
    ],
    ['that one edits which does not lead', { requests: [ask(1, NINE, { method: 'PATCH' })] }],
    ['that one writes while another one leads', { writes: [{ replica: 0, at: LOST_AT + 10_000 }] }],
  ])('%s', (_, about) => {
    expect(kinds(build(about))).toEqual(['unled']);
  });

  it('that one ends for no reason, though it leads no more', () => {
    const ended = { ...FIRST, endedAt: LOST_AT - 5_000, end: '1', fatal: 'lost' };

    expect(kinds(build({ lives: [ended, SECOND] }))).toEqual(['exits_unexplained']);
  });
});

describe('of several processes the auditor has nothing to say', () => {
  it.each<[string, Partial<History>]>([
    ['of what the leader sends', { requests: [ask(0, LOST_AT - 1_000), ask(1, LOST_AT + 3_000)] }],
    ['of what was on its way when another one took over', { requests: [ask(0, LOST_AT + 2_500)] }],
    [
      'of a former leader that says that its database is away',
      { requests: [ask(0, LOST_AT + 10_000, { isRefusal: true })] },
    ],
    ['of what one reads that stands by', { requests: [ask(1, NINE, { method: 'GET' })] }],
    [
      'of one that ends when another one leads',
      { lives: [{ ...FIRST, endedAt: LOST_AT + 9_000, end: '1', fatal: 'Another one leads' }, SECOND] },
    ],
    [
      'of one that asks what another one was told to wait for',
      {
        requests: [ask(0, NINE, { status: 429, isSpoilt: true, retryAfterMs: 3_000, method: 'GET' })].concat(
          ask(1, NINE + 1_000, { method: 'GET' }),
        ),
      },
    ],
  ])('%s', (_, about) => {
    expect(audit(build(about))).toEqual([]);
  });
});

it('a paper is owed once every process has surely kept a list with it', () => {
  const [first, second] = [0, 1].map((replica) => [
    { replica, at: NINE - 20 * MINUTE, day: DAY, papers: [] },
    { replica, at: NINE - MINUTE, day: DAY, papers: LISTED },
  ]);
  const both = { messages: [], listings: [...(first ?? []), ...(second ?? [])] };
  const one = { messages: [], listings: [...(first ?? []), ...(second ?? []).slice(0, 1)] };
  const away = [{ replica: 1, from: NINE - 2 * MINUTE, to: NINE }];

  expect(kinds(build(both))).toEqual(['lost']);
  expect(audit(build(one))).toEqual([]);
  expect(audit(build({ ...both, absences: away }))).toEqual([]);
});

it('an archive that one process lost takes nothing from what the others collected', () => {
  const listings = [0, 1].flatMap((replica) => [
    { replica, at: NINE - 60 * MINUTE, day: '2026-05-03', papers: [] },
    { replica, at: NINE - MINUTE, day: DAY, papers: LISTED },
  ]);
  const lost = [NINE - 30 * MINUTE];

  expect(audit({ ...build({ archiveLostAt: lost, archiveEmptiedAt: lost }), listings })).toEqual([]);
});

it('several processes are down while none of them leads, and each is away until the next one in its place is ready', () => {
  const killed = { ...FIRST, signalledAt: LOST_AT, endedAt: LOST_AT + 10, end: 'SIGKILL' };
  const next = { replica: 0, startedAt: LOST_AT + 300, readyAt: LOST_AT + 4_000 };
  const lives = [killed, SECOND, next];

  expect(listDowntimes(lives)).toEqual([
    { from: 0, to: SEVEN + 500, kind: 'down' },
    { from: LOST_AT, to: LOST_AT + 2_000, kind: 'down' },
  ]);
  expect(listAbsences(lives)).toEqual([
    { replica: 0, from: 0, to: SEVEN + 1_000 },
    { replica: 0, from: LOST_AT, to: LOST_AT + 4_000 },
    { replica: 1, from: 0, to: SEVEN + 1_000 },
  ]);
});

it('a leader that is overtaken and ends later has left nobody without a leader', () => {
  const overtaken = { ...FIRST, endedAt: LOST_AT + 20_000, end: '1' };

  expect(listDowntimes([overtaken, SECOND])).toEqual([{ from: 0, to: SEVEN + 500, kind: 'down' }]);
});
