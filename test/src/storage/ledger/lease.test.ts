import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { StorageError } from '../../../../src/errors.ts';
import { createLease, WRITES_LOCK } from '../../../../src/storage/ledger/lease/lease.ts';
import { type Ledger, openLedger } from '../../../../src/storage/ledger/open-ledger.ts';
import { buildDestination, ID } from './build-rows.ts';
import { hasPostgres, lead, POSTGRES } from './ledger-world.ts';

describe.skipIf(!hasPostgres)('two processes on one database', () => {
  let place: Awaited<ReturnType<typeof POSTGRES.create>>;
  let first: Ledger;
  let second: Ledger;

  const open = (settings = '') => {
    const clock = { now: () => 0, monotonic: () => 0, sleep: () => Promise.resolve() };
    return openLedger({ url: place.url + settings, clock, log: { error: () => undefined } });
  };
  const leaseOf = ({ shared }: Ledger) => {
    if (shared === undefined) throw new Error('there is no lease');
    return shared.lease;
  };
  const add = ({ destinations }: Ledger) =>
    destinations.change(ID, () => ({ destination: buildDestination() }));
  const count = async () => (await place.run('SELECT FROM destinations')).length;

  beforeEach(async () => {
    place = await POSTGRES.create();
    first = await open();
    second = await open();
    await lead(first);
  });

  afterEach(async () => {
    await first.close().catch(() => undefined);
    await second.close().catch(() => undefined);
    await place.remove();
  });

  it('never lead both', async () => {
    expect(await leaseOf(second).look(true)).toMatchObject({ isFree: false, takeOvers: 1 });
    expect(await leaseOf(second).take()).toBeUndefined();
    expect(await leaseOf(first).renew()).toMatchObject({ hasStandby: true });
  });

  it('write only where they lead', async () => {
    await expect(add(second)).rejects.toThrow(StorageError);
    await expect(second.meta.set('key', 'value')).rejects.toThrow(/does not lead/);
    await add(first);

    expect(await count()).toBe(1);
    expect(await second.destinations.get(ID)).toEqual(buildDestination());
  });

  it.each([
    ['lets go of it', async () => leaseOf(first).release()],
    ['has closed the ledger', async () => first.close()],
    [
      'has not renewed it',
      async () => place.run(`UPDATE leader_lease SET expires_at = now() - interval '1 s'`),
    ],
    [
      'has lost its connection',
      async () => {
        const end = 'SELECT pg_terminate_backend(backend, 5000) FROM leader_lease';
        await place.run(end);
      },
    ],
  ])('one leads as soon as the other %s', async (_what, leave) => {
    await leave();

    expect(await leaseOf(second).look(true)).toMatchObject({ isFree: true });
    expect(await leaseOf(second).take()).toBeDefined();
    await add(second);
    expect(await count()).toBe(1);
  });

  it('fence whoever led before: nothing of it is written, in a transaction or alone', async () => {
    await add(first);
    await place.run(`UPDATE leader_lease SET expires_at = now() - interval '1 s'`);
    expect(await leaseOf(second).take()).toEqual({ leftMs: 0 });

    const change = first.destinations.change(ID, () => ({ destination: undefined }));
    await expect(change).rejects.toThrow(/Another process leads/);
    await expect(first.meta.set('key', 'value')).rejects.toThrow(/does not lead/);

    expect(first.shared?.fencedWrites()).toBe(1);
    expect(await leaseOf(first).renew()).toBeUndefined();
    expect(await count()).toBe(1);
    expect(await second.meta.get('key')).toBeUndefined();
  });

  it('fence a write alone, too', async () => {
    await place.run(`UPDATE leader_lease SET expires_at = now() - interval '1 s'`);
    await leaseOf(second).take();

    await expect(first.meta.set('key', 'value')).rejects.toThrow(/Another process leads/);

    expect(await second.meta.get('key')).toBeUndefined();
  });

  it('take over only between two transactions', async () => {
    let isTaken = false;
    let taking: Promise<unknown> | undefined;
    await first.destinations.change(ID, () => {
      taking = (async () => {
        await place.run(`UPDATE leader_lease SET expires_at = now() - interval '1 s'`);
        isTaken = (await leaseOf(second).take()) !== undefined;
      })();
      expect(isTaken).toBe(false);
      return { destination: buildDestination() };
    });
    await taking;

    expect(await count()).toBe(1);
    expect(isTaken).toBe(true);
  });

  it('fence what waits for a take-over, on a server that isolates transactions more', async () => {
    await first.close();
    first = await open('%20-cdefault_transaction_isolation%3Dserializable');
    await leaseOf(first).take();
    const other = new pg.Client({ connectionString: place.url });
    await other.connect();
    await other.query(`BEGIN; SELECT pg_advisory_xact_lock(${WRITES_LOCK})`);

    const adding = add(first);
    adding.catch(() => undefined);
    const waits = `SELECT FROM pg_locks WHERE NOT granted AND locktype = 'advisory'`;
    while ((await place.run(waits)).length === 0);
    await other.query(`UPDATE leader_lease SET token = 'of another'; COMMIT`);
    await other.end();

    await expect(adding).rejects.toThrow(/Another process leads/);
    expect(await count()).toBe(0);
  });

  it('say for how long whoever led before may believe it still does', async () => {
    await place.run('SELECT pg_terminate_backend(backend, 5000) FROM leader_lease');

    const taken = await leaseOf(second).take();

    expect(taken?.leftMs).toBeGreaterThan(1000);
    expect(taken?.leftMs).toBeLessThanOrEqual(5000);
  });

  it('leave a lease alone whose holder a pooler hides', async () => {
    await place.run('UPDATE leader_lease SET backend = NULL');

    expect(await leaseOf(second).look(false)).toMatchObject({ isFree: false });
  });

  it('end a connection whose first question fails', async () => {
    const ended = vi.fn<() => void>();
    const lease = await createLease(async () => {
      const client = new pg.Client({ connectionString: place.url });
      client.on('end', ended);
      await client.connect();
      return client;
    });
    await lease.close();
    expect(ended).toHaveBeenCalledTimes(1);
    const question = vi.spyOn(pg.Client.prototype, 'query').mockRejectedValueOnce(new Error('no server'));

    await expect(lease.look(true)).rejects.toThrow('no server');
    question.mockRestore();

    await expect.poll(() => ended.mock.calls).toHaveLength(2);
  });

  it('begin sessions of one kind one after the other, five seconds apart', async () => {
    const signal = new AbortController();
    await first.shared?.takeTurnToIdentify(0, signal.signal);
    await second.shared?.takeTurnToIdentify(1, signal.signal);

    const waiting = second.shared?.takeTurnToIdentify(0, signal.signal) ?? Promise.resolve();
    const locked = `SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE NOT granted AND locktype = 'advisory'`;
    while ((await place.run(locked)).length === 0);
    signal.abort();

    await expect(waiting).rejects.toBe(signal.signal.reason);
  });
});

describe.skipIf(!hasPostgres)('a process that starts', () => {
  it.each([
    ['is out of reach', 'ECONNREFUSED', 'connect ECONNREFUSED'],
    ['does not answer', undefined, 'timeout expired'],
    ['has no free connection', '53300', 'sorry, too many clients already'],
    ['starts itself', '57P03', 'the database system is starting up'],
  ])('while the database %s takes the lease later', async (_what, code, message) => {
    const place = await POSTGRES.create();
    const connect = vi
      .fn<() => Promise<pg.Client>>(async () => {
        const client = new pg.Client({ connectionString: place.url });
        await client.connect();
        return client;
      })
      .mockRejectedValueOnce(Object.assign(new Error(message), code === undefined ? {} : { code }));

    const lease = await createLease(connect);

    expect(lease.isConnected).toBe(false);
    expect(await lease.look(true)).toMatchObject({ isFree: true });
    expect(await lease.take()).toEqual({ leftMs: 0 });
    await lease.close();
    await place.remove();
  });

  it.each([
    ['28P01', 'password authentication failed for user "paperboy"'],
    ['3D000', 'database "paperboy" does not exist'],
    ['42501', 'permission denied for schema public'],
    ['ERR_INVALID_URL', 'Invalid URL'],
  ])('with what gets no better by itself is told so: %s', async (code, message) => {
    const refuse = () => Promise.reject(Object.assign(new Error(message), { code }));

    await expect(createLease(refuse)).rejects.toThrow(message);
  });
});
