import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { StorageError } from '../../../src/errors.ts';
import type { Answer } from '../../support/scripted-transport.ts';
import {
  CHANNEL,
  Crash,
  createDeliveryWorld,
  type DeliveryWorld,
  SLOT,
} from '../../support/delivery-world.ts';

const OTHER = 'c100000000000000002';
const FIRST_DAY = ['2606.00001', '2606.00002', '2606.00003', '2606.00004', '2606.00005', '2606.00006'];
const SECOND_DAY = ['2606.00007', '2606.00008'];
/** The plan with the first attempt, the outcome of the mention, and the outcome of each of three messages. */
const OWN_WRITES = 1 + 1 + 3;
/** With those of the other channel, which mentions nobody. */
const WRITES = OWN_WRITES + 1 + 3;
const POINTS = Array.from({ length: WRITES }, (_, index) => index + 1);

type Side = 'before' | 'after';

async function prepare(): Promise<DeliveryWorld> {
  const world = await createDeliveryWorld({ perStep: 2 });
  await world.follow({ mention: '1' });
  await world.follow({ id: OTHER });
  return world;
}

/** Raises at the n-th write; tells how many there were. */
function failAt(
  world: DeliveryWorld,
  { n, side }: { n: number; side: Side },
  fail: () => Error,
): () => number {
  let count = 0;
  world.setWrite(async (apply) => {
    count += 1;
    const isNth = count === n;
    if (isNth && side === 'before') throw fail();
    const written = await apply();
    if (isNth) throw fail();
    return written;
  });
  return () => count;
}

const crash = () => new Crash();

async function liveFirstDay(world: DeliveryWorld): Promise<void> {
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(FIRST_DAY);
  await world.passTo(SLOT + MINUTE_MS);
}

async function liveSecondDay(world: DeliveryWorld): Promise<void> {
  await world.clock.passTo(SLOT + DAY_MS - MINUTE_MS);
  world.list(SECOND_DAY);
  await world.passTo(SLOT + DAY_MS + MINUTE_MS);
}

async function liveOn(world: DeliveryWorld, restartAt: Instant): Promise<void> {
  await world.clock.passTo(restartAt);
  await world.restart();
  await world.passTo(restartAt + 2 * MINUTE_MS);
  await liveSecondDay(world);
}

const ALL_ONCE = {
  papers: [
    [...FIRST_DAY, ...SECOND_DAY],
    [...FIRST_DAY, ...SECOND_DAY],
  ],
  counted: [FIRST_DAY.length + SECOND_DAY.length, FIRST_DAY.length + SECOND_DAY.length],
  next: [SLOT + 2 * DAY_MS, SLOT + 2 * DAY_MS],
  covered: [SLOT + DAY_MS, SLOT + DAY_MS],
  states: ['done', 'done', 'done', 'done'],
  mentions: 2,
};

async function summarise(world: DeliveryWorld): Promise<typeof ALL_ONCE> {
  const ids = [CHANNEL, OTHER];
  const destinations = await Promise.all(ids.map((id) => world.destination(id)));
  const records = await Promise.all(ids.map((id) => world.records(id)));
  const states = await Promise.all(ids.map((id) => world.states(id)));
  return {
    papers: ids.map((id) => world.posted(id).toSorted()),
    counted: records.map(({ size }) => size),
    next: destinations.map((one) => one?.nextSlot ?? 0),
    covered: destinations.map((one) => one?.coveredSlot ?? 0),
    states: states.flat(),
    mentions: ids.flatMap((id) => world.posts(id)).filter(({ role }) => role !== undefined).length,
  };
}

it('a day has so many writes to crash at', async () => {
  const world = await prepare();
  const count = failAt(world, { n: 0, side: 'before' }, crash);

  await liveFirstDay(world);

  expect(count()).toBe(WRITES);
});

describe.each<Side>(['before', 'after'])('at any write, %s it takes effect,', (side) => {
  it.each(POINTS)('a crash loses and repeats nothing after a minute: number %i', async (n) => {
    const world = await prepare();
    failAt(world, { n, side }, crash);

    await liveFirstDay(world);
    await liveOn(world, SLOT + 2 * MINUTE_MS);

    expect(await summarise(world)).toEqual(ALL_ONCE);
  });

  it.each(POINTS)('a crash loses and repeats nothing after three hours: number %i', async (n) => {
    const world = await prepare();
    failAt(world, { n, side }, crash);

    await liveFirstDay(world);
    await liveOn(world, SLOT + 3 * HOUR_MS);

    expect(await summarise(world)).toEqual(ALL_ONCE);
  });

  it.each(POINTS)('a crash is no harm with every answer lost as well: number %i', async (n) => {
    const world = await prepare();
    const lost: Answer = { kind: 'unclear', message: 'hung up', effect: true };
    for (const id of [CHANNEL, OTHER]) world.transport.answer(id, lost, lost, lost);
    failAt(world, { n, side }, crash);

    await liveFirstDay(world);
    await liveOn(world, SLOT + 5 * MINUTE_MS);

    expect(await summarise(world)).toEqual(ALL_ONCE);
  });

  it.each(POINTS)('a nonce keeps it from coming twice when history cannot be read: number %i', async (n) => {
    const world = await prepare();
    world.transport.see({ kind: 'unreadable' });
    failAt(world, { n, side }, crash);

    await liveFirstDay(world);
    await liveOn(world, SLOT + 100_000);

    expect(await summarise(world)).toEqual(ALL_ONCE);
  });

  it.each(POINTS)('a failure is made good within the same process: number %i', async (n) => {
    const world = await prepare();
    failAt(world, { n, side }, () => new StorageError('disk full'));

    await liveFirstDay(world);
    await world.passTo(SLOT + 5 * MINUTE_MS);
    await liveSecondDay(world);

    expect(await summarise(world)).toEqual(ALL_ONCE);
  });
});

describe('a crash where history cannot be read, three hours ago', () => {
  /** The papers that came after a crash of one channel at its n-th write, as often as they came. */
  async function livePast(n: number, side: Side): Promise<DeliveryWorld> {
    const world = await createDeliveryWorld({ perStep: 2 });
    await world.follow({ mention: '1' });
    world.transport.see({ kind: 'unreadable' });
    failAt(world, { n, side }, crash);
    await liveFirstDay(world);
    await liveOn(world, SLOT + 3 * HOUR_MS);
    return world;
  }

  it.each([
    ['before', 3],
    ['after', 0],
  ] as const)(
    'repeats a step whose outcome was not written (%s a write takes effect)',
    async (side, steps) => {
      let repeats = 0;
      for (const n of POINTS.slice(0, OWN_WRITES)) {
        const world = await livePast(n, side);
        const posted = world.posted();
        expect([...new Set(posted)].toSorted()).toEqual([...FIRST_DAY, ...SECOND_DAY]);
        const days = world.posts().filter(({ role }) => role !== undefined);
        expect(days.length).toBeLessThanOrEqual(2);
        if (posted.length > new Set(posted).size) repeats += 1;
      }

      expect(repeats).toBe(steps);
    },
  );
});

describe('a crash between a send and its record', () => {
  /** The second write: the outcome, after the plan with its attempt. */
  async function crashAfterSend(kind: 'message' | 'forum-post' = 'message'): Promise<DeliveryWorld> {
    const world = await createDeliveryWorld({ kind });
    await world.follow();
    failAt(world, { n: 2, side: 'before' }, crash);
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list(['2606.00001']);
    await world.passTo(SLOT);
    expect(world.posted()).toEqual(['2606.00001']);
    return world;
  }

  async function restartAfter(world: DeliveryWorld, ms: number): Promise<void> {
    await world.clock.passTo(SLOT + ms);
    await world.restart();
    await world.clock.passTo(SLOT + ms + 30_000);
  }

  const firstStep = async (world: DeliveryWorld) => (await world.deliveries())[0]?.steps[0];

  it('records what it finds, and sends nothing', async () => {
    const world = await crashAfterSend();

    await restartAfter(world, 3 * HOUR_MS);

    expect(world.attempts()).toHaveLength(1);
    expect(await firstStep(world)).toMatchObject({ status: 'sent', messageId: world.posts()[0]?.messageId });
  });

  it('dates what it finds a day later by when it came', async () => {
    const world = await crashAfterSend();
    const sentAt = world.posts()[0]?.at ?? 0;

    await restartAfter(world, 23 * HOUR_MS);

    expect((await world.records()).get('2606.00001')).toMatchObject({ kind: 'sent', at: sentAt });
    expect(await world.destination()).toMatchObject({ lastDeliveredAt: sentAt });
  });

  it('sends with the same nonce what it does not find', async () => {
    const world = await crashAfterSend();
    world.transport.see({ kind: 'absent' });

    await restartAfter(world, MINUTE_MS);

    expect([world.attempts().length, world.posts().length]).toEqual([2, 1]);
    expect(await firstStep(world)).toMatchObject({ status: 'sent', unconfirmed: false });
  });

  it('trusts the nonce for almost two minutes when nobody can tell', async () => {
    const world = await crashAfterSend();
    world.transport.see({ kind: 'unreadable' });

    await restartAfter(world, 110_000);

    expect([world.attempts().length, world.posts().length]).toEqual([2, 1]);
    expect(await firstStep(world)).toMatchObject({ status: 'sent', unconfirmed: false });
  });

  it('is not given up, a day later, before Discord tells what stands there', async () => {
    const world = await crashAfterSend();
    world.transport.see({ kind: 'unanswered' });
    await restartAfter(world, DAY_MS + HOUR_MS);
    expect(await world.states()).toEqual(['open']);
    world.transport.see('honest');

    await world.passTo(SLOT + DAY_MS + HOUR_MS + 2 * MINUTE_MS);

    expect(world.posted()).toEqual(['2606.00001']);
    expect(await firstStep(world)).toMatchObject({ status: 'sent' });
  });

  it.each([
    ['a message ten minutes later', 'message', 10 * MINUTE_MS],
    ['a forum post at once, since it has no nonce', 'forum-post', MINUTE_MS],
  ] as const)('where nobody can tell, marks as unconfirmed %s', async (_, kind, after) => {
    const world = await crashAfterSend(kind);
    world.transport.see({ kind: 'unreadable' });

    await restartAfter(world, after);

    expect(await firstStep(world)).toMatchObject({ status: 'sent', unconfirmed: true });
  });
});
