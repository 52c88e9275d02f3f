import { describe, expect, it } from 'vitest';
import { StorageError } from '../../../src/errors.ts';
import { readMetrics } from '../../../src/bot/read-metrics.ts';

const NOW = Date.UTC(2026, 5, 8, 9);
const counts = { destinations: 3, openDeliveries: 2, uncertainSteps: 1, oldestDue: NOW - 90_000 };
const limiter = { waiting: 4, restsForMs: 1_500, dmsRestForMs: 0, invalid: 5, rests: 0 };

type Parts = Parameters<typeof readMetrics>[0];

function read(about: {
  readonly counts?: Parts['ledger']['counts'];
  readonly sleep?: Parts['pace']['sleep'];
  readonly discordTime?: { readonly earliest: number; readonly latest: number };
  readonly leads?: boolean;
  readonly leadership?: Parts['leadership'];
}): ReturnType<typeof readMetrics> {
  const { discordTime, leadership } = about;
  const archive = { lastCollection: () => NOW - 60_000 };
  const discord = {
    limiter: { status: () => limiter },
    discordClock: { timeNow: () => discordTime },
  };
  return readMetrics({
    version: '1.2.3',
    clock: { now: () => NOW, monotonic: () => 0, sleep: () => Promise.resolve() },
    pace: { sleep: about.sleep ?? (() => new Promise(() => undefined)) },
    ledger: { counts: about.counts ?? (() => Promise.resolve(counts)) },
    opened: { archive, paperCount: () => 30_000 },
    discord,
    watch: {
      status: () => ({ isConnected: true, since: NOW }),
      figures: () => ({ shards: 2, shardsReady: 1, servers: 9, sessionsLeft: 990 }),
    },
    leads: about.leads ?? true,
    leadership,
  });
}

describe('what the metrics say', () => {
  it('is in seconds, and of a process that nobody shares the work with, that it has no lease', async () => {
    expect(await read({})).toMatchObject({
      leader: true,
      leaseSeconds: undefined,
      ledgerUp: true,
      oldestDueSeconds: 90,
      lastCollectionAgeSeconds: 60,
      restSeconds: 1.5,
      invalidRequests: 5,
      discordClockSkewSeconds: undefined,
    });
  });

  it('is that nothing is due where nothing is', async () => {
    const { oldestDue: _none, ...rest } = counts;

    expect(await read({ counts: () => Promise.resolve(rest) })).toMatchObject({ oldestDueSeconds: 0 });
  });

  it('goes on while the ledger does not answer, and says so', async () => {
    const facts = await read({ counts: () => Promise.reject(new StorageError('away')) });

    expect(facts).toMatchObject({ ledgerUp: false, destinations: undefined, papers: 30_000, servers: 9 });
    expect(facts.oldestDueSeconds).toBeUndefined();
  });

  it('does not wait for long for a ledger that is silent', async () => {
    const slept: number[] = [];
    const sleep = async (ms: number) => void slept.push(ms);

    const facts = await read({ counts: () => new Promise(() => undefined), sleep });

    expect(facts).toMatchObject({ ledgerUp: false, destinations: undefined, papers: 30_000 });
    expect(slept).toEqual([3_000]);
  });

  it('is of a standby that it does not lead', async () => {
    const leadership = {
      isLeader: false,
      leaseSecondsLeft: 0,
      takeOvers: 7,
      fencedWrites: 0,
      clockSkewSeconds: 0.1,
    };

    const facts = await read({ leads: false, leadership });

    expect(facts).toMatchObject({ leader: false, leaseSeconds: 0, takeOvers: 7 });
  });

  it('is of one that shares the work that it does not lead, before it knows who does', async () => {
    expect(await read({ leads: false })).toMatchObject({ leader: false, takeOvers: undefined });
  });

  it.each([
    ['0 while Discord may have the same time', NOW - 800, NOW + 200, 0],
    ['how far the clock is ahead', NOW - 62_000, NOW - 61_000, 61],
    ['how far the clock is behind', NOW + 30_000, NOW + 31_000, -30],
  ])('has as skew %s', async (_what, earliest, latest, skew) => {
    expect(await read({ discordTime: { earliest, latest } })).toMatchObject({
      discordClockSkewSeconds: skew,
    });
  });
});
