import { expect, it, vi } from 'vitest';
import { StorageError } from '../../../src/errors.ts';
import { type WaitParts, waitToLead } from '../../../src/bot/wait-to-lead.ts';
import type { Lease } from '../../../src/storage/ledger/lease/lease.ts';
import { createTestLog } from '../../support/test-log.ts';
import { startTestMinutes } from '../../support/test-minutes.ts';

/** A lease that is free, and whose database is away for the first renewals. */
function createLease(failures: number): Lease {
  const view = () => ({ isFree: true, hasStandby: false, serverTime: Date.now(), takeOvers: 1 });
  let renewals = 0;
  return {
    token: 'token',
    isConnected: true,
    look: async () => view(),
    take: async () => ({ leftMs: 0 }),
    async renew() {
      renewals += 1;
      if (renewals <= failures) throw new Error('connect ECONNREFUSED');
      return view();
    },
    lost: () => undefined,
    release: async () => undefined,
    close: async () => undefined,
  };
}

/** Waits with a lease that is free, tables as they should be, and one shard; a test says what is otherwise. */
function wait(parts: Pick<WaitParts, 'log' | 'minutes'> & Partial<WaitParts>, failures = 0) {
  return waitToLead({
    shared: {
      lease: createLease(failures),
      fencedWrites: () => 0,
      takeTurnToIdentify: async () => undefined,
    },
    ledger: { migrate: async () => undefined },
    opened: { countForDigests: async () => [] },
    watch: { figures: () => ({ shardsReady: 1, servers: 1 }) },
    onTaken: () => undefined,
    register: () => undefined,
    onOver: () => undefined,
    ...parts,
  });
}

it('a minute that fails when the database answers again is in the log', async () => {
  const { log, logged } = createTestLog();
  const messages = () => logged.map(({ message }) => message);
  const { minutes } = startTestMinutes({
    log,
    collector: {
      async collectIfDue() {
        if (messages().includes('the database answers again')) throw new StorageError('No archive.');
        return false;
      },
      stop: async () => undefined,
    },
  });

  const leadership = await wait({ log, minutes }, 1);

  await vi.waitFor(() => expect(messages()).toContain('a tick failed'), 10_000);
  await leadership.handOver(Promise.resolve());
});

it('waits for a database that goes away before the tables are looked at', async () => {
  const { log, logged } = createTestLog();
  const { minutes } = startTestMinutes({ log });
  const onOver = vi.fn<(message: string) => void>();
  const away = new StorageError('It could not be read.', new Error('Connection terminated unexpectedly'));
  const migrate = vi.fn<() => Promise<void>>(async () => undefined).mockRejectedValueOnce(away);
  const register = vi.fn<() => void>();

  const leadership = await wait({ log, minutes, ledger: { migrate }, register, onOver });

  await vi.waitFor(() => expect(register).toHaveBeenCalled(), 10_000);
  expect(migrate).toHaveBeenCalledTimes(2);
  expect(logged.map(({ message }) => message)).toContain(
    'the tables cannot be brought up to date, trying again',
  );
  expect(onOver).not.toHaveBeenCalled();
  await leadership.handOver(Promise.resolve());
});

it('ends where the tables are of a newer version', async () => {
  const { log } = createTestLog();
  const { minutes } = startTestMinutes({ log });
  const onOver = vi.fn<(message: string) => void>();

  const leadership = await wait({
    log,
    minutes,
    ledger: { migrate: () => Promise.reject(new StorageError('Written by a newer version.')) },
    onOver,
  });

  await vi.waitFor(() => expect(onOver).toHaveBeenCalledTimes(1), 10_000);
  await leadership.handOver(Promise.resolve());
});
