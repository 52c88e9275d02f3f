import { expect, it } from 'vitest';
import type { Disturbance, Life } from '../../../chaos/audit/history.ts';
import { buildHistory, kinds } from './audited-history.ts';

const judge = (life: Life, disturbances: readonly Disturbance[]) =>
  kinds(buildHistory({ lives: [life], disturbances, messages: [], listings: [] }));

const ENDED: Life = {
  startedAt: 1_000,
  readyAt: 2_000,
  endedAt: 60_000,
  end: '1',
  fatal: 'The gateway closed for good with 4004; check the token.',
};
const CLOSED: Disturbance = { kind: 'gateway', from: 59_000, to: 60_000 };
const LOCKED: Disturbance = { kind: 'storage', from: 500, to: 70_000 };
/** Waits, from before the start, for the next message. */
const REFUSED: Disturbance = { kind: 'unauthorized', from: 500, to: 5_000 };
/** Between its question how many are left and its session. */
const USED_UP: Disturbance = { kind: 'no-sessions', from: 6_500, to: 9_000 };
const { readyAt: _never, ...UNREADY } = { ...ENDED, endedAt: 7_000, fatal: 'could not start' };
const { endedAt: _on, end: _not, ...ALIVE } = ENDED;
const { fatal: _silent, ...WORDLESS } = ENDED;

it.each<[string, Life, readonly Disturbance[]]>([
  ['goes on', ALIVE, []],
  ['was told to end', { ...ENDED, signalledAt: 59_000 }, []],
  ['lost its gateway for good', ENDED, [CLOSED]],
  ['never reached its ledger', UNREADY, [LOCKED]],
  ['began a session when the last one was just gone', UNREADY, [USED_UP]],
  ['began with a token that was refused', { ...ENDED, endedAt: 5_000 }, [REFUSED]],
])('a process that %s is in order', (_, life, disturbances) => {
  expect(judge(life, disturbances)).toEqual([]);
});

it.each<[string, Life, readonly Disturbance[]]>([
  ['for no reason', ENDED, []],
  ['long after its gateway had closed', ENDED, [{ ...CLOSED, from: 30_000 }]],
  ['for a ledger out of reach while it was running', ENDED, [LOCKED]],
  ['long after its token was refused', ENDED, [REFUSED]],
  ['after a refusal that was over', { ...ENDED, endedAt: 5_000 }, [{ ...REFUSED, to: 700 }]],
  ['for want of a session, of which none was left before its start', UNREADY, [{ ...USED_UP, from: 500 }]],
  ['long after the sessions were used up', { ...UNREADY, endedAt: 60_000 }, [USED_UP]],
  ['for want of a session though it had one', { ...ENDED, endedAt: 7_000 }, [USED_UP]],
  ['without a word', WORDLESS, [CLOSED]],
  ['by a signal that nobody sent', { ...ENDED, end: 'SIGSEGV' }, [CLOSED]],
])('a process that ends %s is complained about', (_, life, disturbances) => {
  expect(judge(life, disturbances)).toEqual(['exits_unexplained']);
});
