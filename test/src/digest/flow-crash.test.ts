import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { CHANNEL, Crash, createFlowWorld, type FlowWorld } from '../../support/flow-world.ts';

const OTHER = 'c100000000000000002';
const SLOT = Date.UTC(2026, 5, 9, 7);
const FIRST_DAY = ['2606.00001', '2606.00002', '2606.00003', '2606.00004', '2606.00005', '2606.00006'];
const SECOND_DAY = ['2606.00007', '2606.00008'];

type Side = 'before' | 'after';

function prepare(): FlowWorld {
  const world = createFlowWorld({ perStep: 2 });
  world.follow({ mention: '1' });
  world.follow({ id: OTHER });
  return world;
}

/** Ends the process at its n-th write; tells how many there were. */
function crashAt(world: FlowWorld, n: number, side: Side): () => number {
  let count = 0;
  world.setWrite((apply) => {
    count += 1;
    if (count === n && side === 'before') throw new Crash();
    apply();
    if (count === n) throw new Crash();
  });
  return () => count;
}

async function countWrites(): Promise<number> {
  const world = prepare();
  const count = crashAt(world, 0, 'before');
  await liveFirstDay(world);
  return count();
}

async function liveFirstDay(world: FlowWorld): Promise<void> {
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(FIRST_DAY);
  await world.passTo(SLOT + MINUTE_MS);
}

async function liveOn(world: FlowWorld, restartAt: Instant): Promise<void> {
  await world.clock.passTo(restartAt);
  await world.restart();
  await world.passTo(restartAt + 2 * MINUTE_MS);
  await world.clock.passTo(SLOT + DAY_MS - MINUTE_MS);
  world.list(SECOND_DAY);
  await world.passTo(SLOT + DAY_MS + MINUTE_MS);
}

const ALL_ONCE = {
  papers: [
    [...FIRST_DAY, ...SECOND_DAY],
    [...FIRST_DAY, ...SECOND_DAY],
  ],
  decided: [SLOT + DAY_MS, SLOT + DAY_MS],
  covered: [SLOT + DAY_MS, SLOT + DAY_MS],
  notDone: [],
  mentions: 2,
};

function summarise(world: FlowWorld): object {
  const ids = [CHANNEL, OTHER];
  return {
    papers: ids.map((id) => world.posted(id).toSorted()),
    decided: ids.map((id) => world.destination(id)?.decidedSlot),
    covered: ids.map((id) => world.destination(id)?.coveredSlot),
    notDone: world.deliveries().filter(({ state }) => state !== 'done'),
    mentions: world.posts().filter(({ mention }) => mention).length,
  };
}

const WRITES = await countWrites();
const POINTS = Array.from({ length: WRITES }, (_, index) => index + 1);

describe('a crash at any write', () => {
  it('has points to crash at: attempts, outcomes, marks and slot of two channels, and a mention', () => {
    expect(WRITES).toBe(2 * (3 * 3 + 1) + 1);
  });

  describe.each<Side>(['before', 'after'])('%s it takes effect', (side) => {
    it.each(POINTS)('number %i: loses and repeats nothing after a minute', async (n) => {
      const world = prepare();
      crashAt(world, n, side);

      await liveFirstDay(world);
      await liveOn(world, SLOT + 2 * MINUTE_MS);

      expect(summarise(world)).toEqual(ALL_ONCE);
    });

    it.each(POINTS)('number %i: loses and repeats nothing after three hours', async (n) => {
      const world = prepare();
      crashAt(world, n, side);

      await liveFirstDay(world);
      await liveOn(world, SLOT + 3 * HOUR_MS);

      expect(summarise(world)).toEqual(ALL_ONCE);
    });

    it.each(POINTS)(
      'number %i: a nonce keeps it from coming twice when history cannot be read',
      async (n) => {
        const world = prepare();
        world.messenger.see('unknown');
        crashAt(world, n, side);

        await liveFirstDay(world);
        await liveOn(world, SLOT + 2 * MINUTE_MS);

        expect(summarise(world)).toEqual(ALL_ONCE);
      },
    );

    it.each(POINTS)('number %i: a write that fails once is made good within the same process', async (n) => {
      const world = prepare();
      let count = 0;
      world.setWrite((apply) => {
        count += 1;
        if (count === n && side === 'before') throw new Error('disk full');
        apply();
        if (count === n) throw new Error('disk full');
      });

      await liveFirstDay(world);
      await world.passTo(SLOT + 3 * MINUTE_MS);
      await world.clock.passTo(SLOT + DAY_MS - MINUTE_MS);
      world.list(SECOND_DAY);
      await world.passTo(SLOT + DAY_MS + MINUTE_MS);

      expect(summarise(world)).toEqual(ALL_ONCE);
    });
  });
});

describe('a crash where history cannot be read, three hours ago', () => {
  /** The papers that came after a crash of one channel at its n-th write, as often as they came. */
  async function livePast(n: number, side: Side): Promise<readonly string[]> {
    const world = createFlowWorld({ perStep: 2 });
    world.follow({ mention: '1' });
    world.messenger.see('unknown');
    crashAt(world, n, side);
    await liveFirstDay(world);
    await liveOn(world, SLOT + 3 * HOUR_MS);
    return world.posted();
  }

  it.each([
    ['before', 3],
    ['after', 0],
  ] as const)('repeats a step that nothing was written of (%s a write takes effect)', async (side, steps) => {
    const lives = await Promise.all(POINTS.map((n) => livePast(n, side)));

    for (const papers of lives) {
      expect([...new Set(papers)].toSorted()).toEqual([...FIRST_DAY, ...SECOND_DAY]);
    }
    expect(lives.filter((papers) => papers.length > new Set(papers).size)).toHaveLength(steps);
  });
});

it('sends the papers of two deliveries that a failing disk left open in one place once', async () => {
  const world = createFlowWorld();
  world.follow();
  world.messenger.see('absent');
  const step = { kind: 'message', payload: 'cards', paperIds: FIRST_DAY, attemptedAt: SLOT } as const;
  for (const id of ['d1', 'd2']) {
    const about = { id, destinationId: CHANNEL, kind: 'digest', slot: SLOT, plannedAt: SLOT } as const;
    world.disk.deliveries.set(id, { ...about, steps: [step], state: 'open' });
  }

  await world.clock.passTo(SLOT + 10 * MINUTE_MS);
  await world.restart();
  await world.passTo(SLOT + 12 * MINUTE_MS);

  expect(world.posted()).toEqual(FIRST_DAY);
  expect(world.deliveries().map(({ state }) => state)).toEqual(['done', 'done']);
});

describe('a crash between a send and its record', () => {
  /** The second write of one channel, after the attempt. */
  async function crashAfterSend(kind: 'message' | 'forum-post' = 'message'): Promise<FlowWorld> {
    const world = createFlowWorld({ kind });
    world.follow({ mention: '1' });
    crashAt(world, 2, 'before');
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list(['2606.00001']);
    await world.passTo(SLOT);
    expect(world.posted()).toEqual(['2606.00001']);
    return world;
  }

  async function restartAfter(world: FlowWorld, ms: number): Promise<void> {
    await world.clock.passTo(SLOT + ms);
    await world.restart();
  }

  const outcome = (world: FlowWorld) => world.deliveries()[0]?.steps[0]?.outcome;

  it('records what it finds, and sends nothing', async () => {
    const world = await crashAfterSend();

    await restartAfter(world, 3 * HOUR_MS);

    expect(world.attempts()).toHaveLength(1);
    expect(outcome(world)).toEqual({ kind: 'sent', messageId: world.posts()[0]?.messageId });
  });

  it('dates what it finds a day later by when it came', async () => {
    const world = await crashAfterSend();
    const sentAt = world.posts()[0]?.at ?? 0;

    await restartAfter(world, 23 * HOUR_MS);

    expect(world.disk.sentMarks.get(CHANNEL)).toEqual(new Map([['2606.00001', sentAt]]));
    expect(world.destination(CHANNEL)?.mentionedAt).toBe(sentAt);
  });

  it('sends with the same nonce what it does not find', async () => {
    const world = await crashAfterSend();
    world.messenger.see('absent');

    await restartAfter(world, MINUTE_MS);

    expect(world.attempts()).toHaveLength(2);
    expect(world.posts()).toHaveLength(1);
    expect(outcome(world)).not.toHaveProperty('unconfirmed');
  });

  it('trusts the nonce within two minutes when nobody can tell', async () => {
    const world = await crashAfterSend();
    world.messenger.see('unknown');

    await restartAfter(world, 2 * MINUTE_MS);

    expect(world.posts()).toHaveLength(1);
    expect(outcome(world)).not.toHaveProperty('unconfirmed');
  });

  it('is not given up, a day later, before the medium tells what stands there', async () => {
    const world = await crashAfterSend();
    world.messenger.see('unanswered');
    await restartAfter(world, DAY_MS + HOUR_MS);
    expect(world.deliveries()[0]?.state).toBe('open');
    world.messenger.see('honest');

    await world.passTo(SLOT + DAY_MS + HOUR_MS + MINUTE_MS);

    expect(world.posted()).toEqual(['2606.00001']);
    expect(outcome(world)).toMatchObject({ kind: 'sent' });
  });

  it('counts it as unconfirmed later on', async () => {
    const world = await crashAfterSend();
    world.messenger.see('unknown');

    await restartAfter(world, 10 * MINUTE_MS);

    expect(outcome(world)).toMatchObject({ kind: 'sent', unconfirmed: true });
  });

  it('counts a forum post as unconfirmed at once, since it has no nonce', async () => {
    const world = await crashAfterSend('forum-post');
    world.messenger.see('unknown');

    await restartAfter(world, MINUTE_MS);

    expect(outcome(world)).toMatchObject({ kind: 'sent', unconfirmed: true });
  });
});
