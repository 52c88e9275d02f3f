import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { type Leadership, startLeadership } from '../../../src/bot/leadership.ts';
import { type Lease, LEASE_MS } from '../../../src/storage/ledger/lease/lease.ts';
import { createScriptedClock, letRun, type ScriptedClock } from '../../support/scripted-clock.ts';
import { createTestLog } from '../../support/test-log.ts';

const START = Date.UTC(2026, 5, 8, 9);
const SECOND_MS = 1_000;

/** The row that both processes see, by the database's clock. */
interface Row {
  holder: string | undefined;
  expiresAt: number;
  standbyAt: number;
}

interface Process {
  readonly leadership: Leadership;
  readonly over: string[];
  readonly logged: ReturnType<typeof createTestLog>['logged'];
  /** `led`: how often it was told to lead. */
  readonly state: { isCutOff: boolean; led: number };
}

describe('one of several processes', () => {
  let row: Row;
  let clock: ScriptedClock;
  let serverTime: () => number;
  const processes: Process[] = [];

  function leaseOf(name: string): Lease {
    const holds = () => row.holder === name;
    const isFree = () => row.holder === undefined || row.expiresAt <= serverTime();
    const view = () => ({
      isFree: isFree() || holds(),
      hasStandby: row.standbyAt > serverTime() - 3 * SECOND_MS,
      serverTime: serverTime(),
      takeOvers: 0,
    });
    return {
      get token() {
        return holds() ? name : undefined;
      },
      isConnected: true,
      look: async (isReady) => {
        if (isReady) row.standbyAt = serverTime();
        return view();
      },
      take: async () => {
        if (!isFree()) return undefined;
        Object.assign(row, { holder: name, expiresAt: serverTime() + LEASE_MS, standbyAt: -Infinity });
        return { leftMs: 0 };
      },
      renew: async () => {
        if (!holds()) return undefined;
        row.expiresAt = serverTime() + LEASE_MS;
        return view();
      },
      lost: () => undefined,
      release: async () => {
        if (holds()) row.holder = undefined;
      },
      close: () => Promise.resolve(),
    };
  }

  async function start(name: string): Promise<Process> {
    const { log, logged } = createTestLog();
    const over: string[] = [];
    const state = { isCutOff: false, led: 0 };
    const leadership = startLeadership({
      lease: leaseOf(name),
      fencedWrites: () => 0,
      clock,
      log,
      isCutOff: () => state.isCutOff,
      onLead: async () => void (state.led += 1),
      onResumed: () => undefined,
      onOver(message) {
        over.push(message);
        // As `bot.ts` does when it stops.
        void leadership.handOver(Promise.resolve());
      },
    });
    const one = { state, leadership, over, logged };
    processes.push(one);
    await letRun();
    return one;
  }

  const pass = (ms: number) => clock.passTo(clock.now() + ms);

  beforeEach(() => {
    row = { holder: undefined, expiresAt: 0, standbyAt: -Infinity };
    clock = createScriptedClock(START);
    serverTime = () => clock.now();
  });

  afterEach(async () => {
    for (const { leadership } of processes.splice(0)) {
      const ended = leadership.handOver(Promise.resolve());
      await pass(SECOND_MS);
      await ended;
    }
  });

  it('leads, and the other one waits', async () => {
    const first = await start('first');
    const second = await start('second');
    await pass(MINUTE_MS);

    expect([first.leadership.holds(), second.leadership.holds()]).toEqual([true, false]);
    expect([first.state.led, second.state.led]).toEqual([1, 0]);
  });

  it('gives the lead up when it cannot reach Discord for half a minute and another one can', async () => {
    const first = await start('first');
    const second = await start('second');
    await pass(5 * SECOND_MS);

    first.state.isCutOff = true;
    await pass(29 * SECOND_MS);
    expect(first.leadership.holds()).toBe(true);
    await pass(3 * SECOND_MS);

    expect(first.over).toEqual([expect.stringContaining('Discord could not be reached')]);
    expect([first.leadership.holds(), second.leadership.holds()]).toEqual([false, true]);
  });

  it.each([
    ['there is nobody else', false],
    ['the other one cannot reach it either', true],
  ])('keeps the lead though it cannot reach Discord where %s', async (_, hasOther) => {
    const first = await start('first');
    if (hasOther) (await start('second')).state.isCutOff = true;

    first.state.isCutOff = true;
    await pass(2 * MINUTE_MS);

    expect(first.leadership.holds()).toBe(true);
    expect(first.over).toEqual([]);
  });

  it('counts the half minute anew after Discord could be reached', async () => {
    const first = await start('first');
    await start('second');

    for (const isCutOff of [true, false, true]) {
      first.state.isCutOff = isCutOff;
      await pass(20 * SECOND_MS);
    }

    expect(first.leadership.holds()).toBe(true);
  });

  it.each([31, -31])(
    'does not lead with a clock that is %i seconds ahead, says so once, and leads when it is right',
    async (seconds) => {
      serverTime = () => clock.now() - seconds * SECOND_MS;
      const only = await start('only');
      await pass(MINUTE_MS);

      expect([only.leadership.holds(), only.state.led]).toEqual([false, 0]);
      expect(only.logged.filter(({ level }) => level === 'error')).toEqual([
        expect.objectContaining({
          message: expect.stringContaining('the clock differs'),
          fields: { seconds },
        }),
      ]);
      expect(only.leadership.status().clockSkewSeconds).toBe(seconds);

      serverTime = () => clock.now();
      await pass(SECOND_MS);
      expect(only.leadership.holds()).toBe(true);
    },
  );

  it('leads no more, not even in doubt, once a write has shown that another one has taken over', async () => {
    const first = await start('first');
    expect(first.leadership.leads()).toBe(true);

    row.holder = 'second';

    expect(first.leadership.leads()).toBe(false);
  });

  it('gives the lead up when its clock goes wrong and another one waits', async () => {
    const first = await start('first');
    await start('second');
    await pass(5 * SECOND_MS);

    serverTime = () => clock.now() - 31 * SECOND_MS;
    row.expiresAt -= 31 * SECOND_MS;
    row.standbyAt -= 31 * SECOND_MS;
    await pass(2 * SECOND_MS);

    expect(first.over).toEqual([expect.stringContaining('The clock differs')]);
  });
});
