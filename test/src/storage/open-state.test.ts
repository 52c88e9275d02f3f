import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/calendar/clock.ts';
import { DAY_MS } from '../../../src/calendar/zoned-time.ts';
import type { Delivery } from '../../../src/digest/delivery.ts';
import { StorageError, UserError } from '../../../src/errors.ts';
import { openState, type State } from '../../../src/storage/open-state.ts';
import type { Destination } from '../../../src/subscriptions/destination.ts';
import type { Subscription } from '../../../src/subscriptions/subscription.ts';
import { EVERY_PAPER } from '../../../src/topics/topic.ts';

const ID = 'c100000000000000001';
const destination: Destination = {
  id: ID,
  place: {
    kind: 'channel',
    channelId: '100000000000000001',
    guildId: '100000000000000002',
    channelKind: 'text',
  },
  schedule: { at: 540, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5] },
  style: 'cards',
  max: 10,
  rest: 'list',
  scheduledSince: 0,
  createdAt: 0,
};

function buildSubscription(id: string): Subscription {
  return {
    id,
    destinationId: ID,
    topic: EVERY_PAPER,
    minUpvotes: 0,
    startDay: '2026-06-08',
    createdAt: 0,
    createdBy: '100000000000000003',
  };
}

function buildDelivery(about: Partial<Delivery> = {}): Delivery {
  const step = { kind: 'message', payload: { content: 'hello' }, paperIds: ['2606.00001'] } as const;
  return {
    id: 'd1',
    destinationId: ID,
    kind: 'digest',
    slot: 1,
    plannedAt: 2,
    steps: [step],
    state: 'open',
    ...about,
  };
}

describe('the state', () => {
  let folder: string;
  let file: string;
  let state: State;
  let now: number;
  let logged: object[];
  const clock: Clock = { now: () => now, monotonic: () => now, sleep: () => Promise.resolve() };

  const open = () =>
    openState({ url: `sqlite://${file}`, clock, log: { error: (fields) => void logged.push(fields) } });

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    file = path.join(folder, 'new', 'paperboy.sqlite');
    now = Date.UTC(2026, 5, 8);
    logged = [];
    state = await open();
  });

  afterEach(async () => {
    await state.close().catch(() => undefined);
    rmSync(folder, { recursive: true });
  });

  async function reopen(): Promise<void> {
    await state.close();
    state = await open();
  }

  /** Changes the file behind the bot's back. */
  async function tamper(sql: string): Promise<void> {
    await state.close();
    const database = new DatabaseSync(file);
    database.exec(sql);
    database.close();
  }

  it('is there after a restart', async () => {
    await state.destinations.update(ID, () => destination);
    await state.subscriptions.update(ID, () => [buildSubscription('a'), buildSubscription('b')]);
    await state.deliveries.save(buildDelivery({ cancelledAt: 2 }));
    await state.deliveries.save(buildDelivery({ id: 'd0', state: 'done', closedAt: 3 }));
    await state.deliveries.markSent(ID, ['2606.00001'], now);
    await state.meta.set('commands', 'hash');

    await reopen();

    expect(state.destinations.list()).toEqual([destination]);
    expect(state.subscriptions.list(ID).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(state.deliveries.open()).toEqual([buildDelivery({ cancelledAt: 2 })]);
    expect(await state.deliveries.get('d0')).toMatchObject({ state: 'done' });
    expect(await state.deliveries.sentPapers(ID)).toEqual(new Map([['2606.00001', now]]));
    expect(await state.meta.get('commands')).toBe('hash');
  });

  it('loses none of fifty changes at once', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `s${index}`);

    await Promise.all(
      names.map((id) => state.subscriptions.update(ID, (present) => [...present, buildSubscription(id)])),
    );
    await reopen();

    expect(state.subscriptions.list(ID).map(({ id }) => id)).toEqual(names);
  });

  it('stays as it was when a change is refused', async () => {
    await state.subscriptions.update(ID, () => [buildSubscription('a')]);

    await expect(
      state.subscriptions.update(ID, () => {
        throw new UserError('topic-limit', { limit: 25 });
      }),
    ).rejects.toThrow(UserError);

    expect(state.subscriptions.list(ID)).toHaveLength(1);
  });

  it('forgets what was removed', async () => {
    await state.destinations.update(ID, () => destination);
    await state.destinations.update(ID, () => undefined);

    await reopen();

    expect(state.destinations.get(ID)).toBeUndefined();
  });

  it('forgets what was sent to somebody who wants it so, and to nobody else', async () => {
    const other = 'u100000000000000002';
    await state.deliveries.save(buildDelivery({ id: 'd1', state: 'done', closedAt: now }));
    await state.deliveries.save(
      buildDelivery({ id: 'd2', destinationId: other, state: 'done', closedAt: now }),
    );
    await state.deliveries.markSent(ID, ['2606.00001'], now);
    await state.deliveries.markSent(other, ['2606.00001'], now);

    await state.deliveries.forget(ID);
    await reopen();

    expect(await state.deliveries.get('d1')).toBeUndefined();
    expect(await state.deliveries.get('d2')).toMatchObject({ destinationId: other });
    expect((await state.deliveries.sentPapers(ID)).size).toBe(0);
    expect((await state.deliveries.sentPapers(other)).size).toBe(1);
  });

  it('keeps the first instant of a sent paper, over a year, and forgets it after that', async () => {
    await state.deliveries.markSent(ID, ['2606.00001'], now);
    await state.deliveries.markSent(ID, ['2606.00001', '2606.00002'], now + 1);
    now += 364 * DAY_MS;
    await state.deliveries.markSent(ID, ['2606.00001'], now);

    expect(await state.deliveries.sentPapers(ID)).toEqual(
      new Map([
        ['2606.00001', now - 364 * DAY_MS],
        ['2606.00002', now - 364 * DAY_MS + 1],
      ]),
    );
    now += 36 * DAY_MS;
    expect([...(await state.deliveries.sentPapers(ID)).keys()]).toEqual(['2606.00001']);
  });

  it('tells papers that were passed over from those that were sent', async () => {
    await state.deliveries.markSent(ID, ['2606.00001'], now);
    await state.deliveries.markPassedOver(ID, ['2606.00002'], now + 1);

    await reopen();

    expect([...(await state.deliveries.sentPapers(ID)).keys()]).toEqual(['2606.00001', '2606.00002']);
    expect(await state.deliveries.passedOver(ID)).toEqual(new Set(['2606.00002']));
  });

  it('sets an unreadable record aside, says which, and loads the others', async () => {
    const other = { ...destination, id: 'c100000000000000009' };
    await state.destinations.update(ID, () => destination);
    await state.destinations.update(other.id, () => other);
    await tamper(`UPDATE destinations SET value = 'damaged{' WHERE key = '${ID}'`);

    state = await open();

    expect(state.destinations.list()).toEqual([other]);
    expect(logged).toEqual([{ record: 'destinations', key: ID }]);
    await reopen();
    expect(logged).toHaveLength(1);
    await state.close();
    const database = new DatabaseSync(file);
    expect(database.prepare('SELECT key, value FROM set_aside').all()).toMatchObject([
      { key: `destinations:${ID}`, value: '{"value":"damaged{"}' },
    ]);
    database.close();
  });

  it('does not start on records of a newer version', async () => {
    await state.destinations.update(ID, () => destination);
    await tamper(`UPDATE destinations SET value = replace(value, '"version":1', '"version":2')`);

    await expect(open()).rejects.toThrow(/newer version/);
    expect(existsSync(`${file}-wal`), 'a connection is left open').toBe(false);
  });

  it('does not start on a state of a newer version, even without records', async () => {
    await tamper('PRAGMA user_version = 99');

    await expect(open()).rejects.toThrow(/newer version.*npm run restore/);
  });

  it('goes on from the records of version 1, and writes its own', async () => {
    const closed = buildDelivery({ id: 'd0', state: 'done', closedAt: now });
    await tamper(`
      PRAGMA user_version = 0;
      INSERT INTO sent_marks (namespace, key, value) VALUES ('sent_marks', '${ID}:2026-06',
        '{"value":{"version":1,"value":{"2606.00001":5}}}');
      INSERT INTO deliveries (namespace, key, value) VALUES
        ('deliveries', 'd0', '{"value":{"version":1,"value":${JSON.stringify(closed)}}}'),
        ('deliveries', 'd1', '{"value":{"version":1,"value":${JSON.stringify(buildDelivery())}}}');`);

    state = await open();
    await state.deliveries.markSent(ID, ['2606.00001', '2606.00002'], now);
    await reopen();

    expect(await state.deliveries.sentPapers(ID)).toEqual(
      new Map([
        ['2606.00001', 5],
        ['2606.00002', now],
      ]),
    );
    expect(state.deliveries.open()).toEqual([buildDelivery()]);
    expect(await state.deliveries.get('d0')).toMatchObject({ state: 'done', closedAt: now });
    expect(logged).toEqual([]);
  });

  it('keeps of a closed delivery what was sent and how it went, and drops the messages', async () => {
    const [step] = buildDelivery().steps;
    const outcome = { kind: 'sent', messageId: '1' } as const;
    await state.deliveries.save(buildDelivery());
    await state.deliveries.save(
      buildDelivery({ state: 'done', closedAt: now, steps: step ? [{ ...step, outcome }] : [] }),
    );

    expect(state.deliveries.open()).toEqual([]);
    expect(await state.deliveries.get('d1')).toEqual(
      buildDelivery({
        state: 'done',
        closedAt: now,
        steps: step ? [{ ...step, payload: null, outcome }] : [],
      }),
    );
  });

  describe('an open delivery', () => {
    const first = {
      kind: 'message',
      payload: { content: 'hello' },
      plainPayload: { content: 'hi' },
      paperIds: ['1'],
    } as const;
    const second = { kind: 'message', payload: { content: 'more' }, paperIds: ['2'] } as const;
    const sent = { kind: 'sent', messageId: '7' } as const;
    const planned = buildDelivery({ steps: [{ ...first, attemptedAt: 3 }, second] });
    const underWay = buildDelivery({
      steps: [
        { ...first, attemptedAt: 3, outcome: sent },
        { ...second, attemptedAt: 4 },
      ],
      cancelledAt: 5,
    });

    beforeEach(async () => {
      await state.deliveries.save(planned);
      await state.deliveries.save(underWay);
    });

    it('goes on after a restart where it stood, with its messages', async () => {
      await reopen();

      expect(state.deliveries.open()).toEqual([underWay]);
      expect(state.deliveries.openOf(ID)).toEqual([underWay]);
      expect(state.deliveries.openOf('c9')).toEqual([]);
    });

    it('forgets an attempt that surely had no effect', async () => {
      await state.deliveries.save(planned);
      await state.deliveries.save(buildDelivery({ steps: [first, second] }));

      await reopen();

      expect(state.deliveries.open()).toEqual([buildDelivery({ steps: [first, second] })]);
    });

    it('has its messages written once, however often it is saved', async () => {
      await state.close();
      const database = new DatabaseSync(file);
      const rows = (table: string) => JSON.stringify(database.prepare(`SELECT value FROM ${table}`).all());

      expect(rows('deliveries')).toContain('hello');
      expect(rows('closed_deliveries')).toContain('attemptedAt');
      expect(rows('closed_deliveries')).not.toContain('hello');
      database.close();
    });

    it('counts as cancelled when its messages are lost', async () => {
      await tamper('DELETE FROM deliveries');

      state = await open();

      expect(state.deliveries.open()).toEqual([]);
      expect(await state.deliveries.get('d1')).toMatchObject({
        state: 'cancelled',
        steps: [{ outcome: sent }, {}],
      });
    });

    it('is kept where it stands, however old it is', async () => {
      now += 40 * DAY_MS;
      await state.tidyIfDue();

      await reopen();

      expect(state.deliveries.open()).toEqual([underWay]);
    });

    it('leaves no messages when it is closed', async () => {
      await state.deliveries.save({ ...underWay, state: 'done', closedAt: now });

      expect(state.deliveries.open()).toEqual([]);
      expect(await state.deliveries.get('d1')).toMatchObject({
        state: 'done',
        steps: [{ payload: null }, {}],
      });
      await state.close();
      const database = new DatabaseSync(file);
      expect(database.prepare('SELECT key FROM deliveries').all()).toEqual([]);
      database.close();
    });
  });

  it('takes a delivery for closed when a crash left it open as well', async () => {
    await state.deliveries.save(buildDelivery({ state: 'done', closedAt: now }));
    await tamper(`INSERT INTO deliveries (namespace, key, value) VALUES
      ('deliveries', 'd1', '{"value":{"version":1,"value":${JSON.stringify(buildDelivery())}}}');`);

    state = await open();

    expect(state.deliveries.open()).toEqual([]);
    expect(await state.deliveries.get('d1')).toMatchObject({ state: 'done' });
  });

  it('takes a delivery for open that was planned anew under the same name', async () => {
    await state.deliveries.save(buildDelivery({ state: 'cancelled', closedAt: now }));
    await state.deliveries.save(buildDelivery({ plannedAt: 9 }));

    await reopen();

    expect(state.deliveries.open()).toEqual([buildDelivery({ plannedAt: 9 })]);
  });

  it('says that a write failed, and reads as before', async () => {
    await state.destinations.update(ID, () => destination);
    await state.deliveries.markSent(ID, ['2606.00001'], now);
    await state.close();

    await expect(state.destinations.update(ID, () => ({ ...destination, max: 3 }))).rejects.toThrow(
      StorageError,
    );
    expect(state.destinations.get(ID)).toEqual(destination);
    await expect(state.deliveries.sentPapers(ID)).rejects.toThrow(StorageError);
    await expect(state.deliveries.get('d1')).rejects.toThrow(StorageError);
  });

  it('holds what nobody can change behind its back', async () => {
    const steps = [{ kind: 'message', payload: { content: 'hello' }, paperIds: ['2606.00001'] }] as const;
    const delivery = buildDelivery({ steps });
    const days: Destination['schedule']['days'][number][] = [1, 2];
    await state.destinations.update(ID, () => ({
      ...destination,
      schedule: { ...destination.schedule, days },
    }));
    await state.subscriptions.update(ID, () => [buildSubscription('a')]);
    await state.deliveries.save(delivery);
    expect(() => days.push(3)).toThrow(TypeError);
    const spoil = () => {
      for (const value of [state.destinations.get(ID), ...state.subscriptions.list(ID)])
        expect(Reflect.set(value ?? {}, 'createdAt', 9)).toBe(false);
      expect(Reflect.set(state.destinations.get(ID)?.schedule ?? {}, 'at', 9)).toBe(false);
      expect(Reflect.set(state.subscriptions.list(ID), 'length', 0)).toBe(false);
      expect(Reflect.set(state.deliveries.open()[0]?.steps[0] ?? {}, 'attemptedAt', 9)).toBe(false);
    };

    spoil();
    expect(state.destinations.get(ID)?.schedule.days).toEqual([1, 2]);
    await reopen();
    spoil();
  });

  it('says that its lock cannot be taken, and blames no other Paperboy', async () => {
    const other = path.join(folder, 'other.sqlite');
    mkdirSync(`${other}.lock`);

    const opening = openState({ url: `sqlite://${other}`, clock, log: { error: () => undefined } });

    await expect(opening).rejects.toThrow(StorageError);
    await expect(opening).rejects.toThrow(/could not be taken/);
  });

  it('does not open twice', async () => {
    await expect(open()).rejects.toThrow(/Another Paperboy is running/);

    await reopen();
    expect(state.destinations.list()).toEqual([]);
  });

  it('leaves a broken file as it is, and says what to do', async () => {
    await state.close();
    const broken = 'no database at all. '.repeat(500);
    writeFileSync(file, broken);

    await expect(open()).rejects.toThrow(/Put a backup in its place/);

    expect(readFileSync(file, 'utf8')).toBe(broken);
  });

  it('takes SQLite addresses only', async () => {
    await expect(
      openState({ url: 'redis://localhost', clock, log: { error: () => undefined } }),
    ).rejects.toThrow(/sqlite:/);
  });
});
