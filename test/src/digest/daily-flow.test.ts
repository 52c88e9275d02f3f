import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { StorageError } from '../../../src/errors.ts';
import { pauseDestination, resumeDestination } from '../../../src/subscriptions/pause.ts';
import { CHANNEL, createFlowWorld, type FlowWorld, UNREADABLE } from '../../support/flow-world.ts';
import { letRun } from '../../support/scripted-clock.ts';

const OTHER = 'c100000000000000002';
/** Tuesday 9 June 2026, nine in Berlin. */
const SLOT = Date.UTC(2026, 5, 9, 7);
const BLOCKED = { kind: 'blocked', code: 50013, message: 'Missing Permissions' } as const;
const REFUSED = { kind: 'refused', code: 50007, message: 'Cannot send messages to this user' } as const;
const MALFORMED = { kind: 'bad-payload', code: 50035, message: 'Invalid Form Body' } as const;
const FAILED = { kind: 'failed', message: 'HTTP 503', unknownFate: false } as const;
const LOST = { kind: 'failed', message: 'time-out', unknownFate: true } as const;

/** A minute before the first slot of a channel that follows everything. */
async function prepare(options: Parameters<typeof createFlowWorld>[0] = {}): Promise<FlowWorld> {
  const world = createFlowWorld(options);
  world.follow();
  await world.clock.passTo(SLOT - MINUTE_MS);
  return world;
}

async function passSlot(world: FlowWorld, days = 0): Promise<void> {
  await world.clock.passTo(SLOT + days * DAY_MS - MINUTE_MS);
  await world.passTo(SLOT + days * DAY_MS + 2 * MINUTE_MS);
}

describe('a day', () => {
  it('posts the papers once, at the slot, and no minute later again', async () => {
    const world = await prepare();
    world.list(['a', 'b']);

    await world.passTo(SLOT + HOUR_MS);

    expect(world.posted()).toEqual(['a', 'b']);
    expect(world.posts().map(({ at }) => at)).toEqual([SLOT]);
    expect(world.destination()).toMatchObject({
      decidedSlot: SLOT,
      coveredSlot: SLOT,
      lastDeliveredAt: SLOT,
    });
  });

  it('posts nothing on a weekend, and decides the slot', async () => {
    const world = createFlowWorld({ start: Date.UTC(2026, 5, 12, 12) });
    world.follow();

    await world.passTo(Date.UTC(2026, 5, 14, 8), 10 * MINUTE_MS);

    expect(world.attempts()).toEqual([]);
    expect(world.deliveries()).toEqual([]);
    expect(world.destination()?.decidedSlot).toBe(Date.UTC(2026, 5, 14, 7));
  });

  it('brings late papers along the next day', async () => {
    const world = await prepare();
    world.list(['a']);
    await passSlot(world);
    world.list(['late'], { listDay: '2026-06-09' });

    await passSlot(world, 1);

    expect(world.posted()).toEqual(['a', 'late']);
  });

  it('does not bring a paper again that moves to a later day', async () => {
    const world = await prepare();
    world.list(['a']);
    await passSlot(world);
    world.list(['a', 'b'], { listDay: '2026-06-10' });

    await passSlot(world, 1);

    expect(world.posted()).toEqual(['a', 'b']);
  });

  it('brings a paper on the day it has the upvotes that were asked for', async () => {
    const world = createFlowWorld();
    world.follow({}, { minUpvotes: 20 });
    world.list(['a'], { listDay: '2026-06-09', upvotes: 3 });
    await passSlot(world);
    world.list(['a'], { upvotes: 19 });
    await passSlot(world, 1);
    expect(world.posted()).toEqual([]);
    world.list(['a'], { upvotes: 20 });

    await passSlot(world, 2);

    expect(world.posted()).toEqual(['a']);
  });

  it('brings a paper once that matches two topics', async () => {
    const world = await prepare();
    world.follow({}, { topic: { name: 'Mamba', query: 'mamba' } });
    world.list(['a'], { title: 'mamba' });

    await passSlot(world);

    expect(world.posted()).toEqual(['a']);
  });

  it('passes over for good what is hidden', async () => {
    const world = createFlowWorld();
    world.follow({ max: 2, rest: 'hide' });
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list(['a', 'b', 'c', 'd']);

    await passSlot(world);
    await passSlot(world, 1);

    expect(world.posts()).toHaveLength(1);
    expect([...(world.disk.sentMarks.get(CHANNEL)?.keys() ?? [])]).toEqual(['a', 'b', 'c', 'd']);
  });

  it('goes on with the other topics when the query of one cannot be read', async () => {
    const world = createFlowWorld();
    world.follow({}, { topic: UNREADABLE });
    world.follow();
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list(['a']);

    await passSlot(world);

    expect(world.posted()).toEqual(['a']);
    expect(world.logged).toContainEqual({ level: 'error', message: 'topic cannot be read, passed over' });
  });
});

describe('a place that does not take it', () => {
  it('is tried once at each slot while it is blocked, and gets all that it missed', async () => {
    const world = await prepare();
    world.messenger.answerAlways(CHANNEL, BLOCKED);
    for (let day = 0; day < 15; day += 1) {
      world.list([`day ${day}`]);
      await passSlot(world, day);
    }
    expect(world.attempts()).toHaveLength(15);
    expect(world.destination()?.trouble).toMatchObject({ ...withoutMessage(BLOCKED), since: SLOT });

    world.messenger.answerAlways(CHANNEL, undefined);
    await passSlot(world, 15);

    expect(world.posted()).toHaveLength(15);
    expect(world.destination()).not.toHaveProperty('trouble');
  });

  it('gets nothing twice of a digest that was blocked half-way', async () => {
    const world = await prepare({ perStep: 1 });
    world.list(['a', 'b', 'c']);
    world.messenger.answer(CHANNEL, { kind: 'sent', messageId: '1', effect: true }, BLOCKED);

    await passSlot(world);
    await passSlot(world, 1);

    expect(world.posted()).toEqual(['a', 'b', 'c']);
  });

  it('is left alone once a person refuses, until that person resumes', async () => {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answer(CHANNEL, REFUSED);
    await passSlot(world);
    await passSlot(world, 1);
    await passSlot(world, 2);
    expect(world.attempts()).toHaveLength(1);

    world.change((destination) => resumeDestination(destination, world.clock.now()));
    await passSlot(world, 3);

    expect(world.posted()).toEqual(['a']);
  });

  it('gets plain lines once in place of a payload that is malformed', async () => {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answer(CHANNEL, MALFORMED);

    await passSlot(world);

    expect(world.attempts().map(({ plain }) => plain)).toEqual([false, true]);
    expect(world.posted()).toEqual(['a']);
    expect(world.destination()).not.toHaveProperty('trouble');
  });

  it('is not paused when plain lines are malformed too, and still gets the other steps', async () => {
    const world = await prepare({ perStep: 1 });
    world.list(['a', 'b']);
    world.messenger.answer(CHANNEL, MALFORMED, MALFORMED);

    await passSlot(world);

    expect(world.posted()).toEqual(['b']);
    expect(world.destination()).not.toHaveProperty('trouble');
    expect(world.deliveries()[0]?.state).toBe('rejected');
  });
});

describe('a medium in trouble', () => {
  it('is tried again, later each time, until it answers', async () => {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answer(CHANNEL, FAILED, FAILED, FAILED);

    await world.passTo(SLOT + 5 * MINUTE_MS);

    const times = world.attempts().map(({ at }) => at - SLOT);
    expect(times).toEqual([0, 1_500, 4_500, 10_500]);
    expect(world.posted()).toEqual(['a']);
  });

  it('waits as long as it is told to', async () => {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answer(CHANNEL, { ...FAILED, retryAfter: 90_000 });

    await world.passTo(SLOT + 5 * MINUTE_MS);

    expect(world.attempts().map(({ at }) => at - SLOT)).toEqual([0, 91_500]);
  });

  it('is asked first whether a message arrived whose answer was lost', async () => {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answer(CHANNEL, { ...LOST, effect: true });

    await world.passTo(SLOT + 30 * MINUTE_MS);

    expect(world.attempts()).toHaveLength(1);
    expect(world.deliveries()[0]?.state).toBe('done');
  });

  it('lets a delivery expire after a day, and the newest slot is planned afresh', async () => {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answerAlways(CHANNEL, FAILED);
    await world.passTo(SLOT + DAY_MS - 5 * MINUTE_MS, 10 * MINUTE_MS);
    world.list(['b']);
    world.messenger.answerAlways(CHANNEL, undefined);
    world.messenger.answer(CHANNEL, FAILED, FAILED);
    await world.clock.passTo(SLOT + DAY_MS);

    await world.passTo(SLOT + DAY_MS + HOUR_MS);

    const [first, second] = world.deliveries();
    expect(first).toMatchObject({ slot: SLOT, state: 'expired', closedAt: SLOT + DAY_MS });
    expect(second).toMatchObject({ slot: SLOT + DAY_MS, state: 'done' });
    expect(world.posted().toSorted()).toEqual(['a', 'b']);
  });

  it('stops the process with an instruction when no send can succeed', async () => {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answer(CHANNEL, { kind: 'fatal', message: 'the token was revoked' });

    await world.passTo(SLOT);

    expect(world.fatal).toEqual(['the token was revoked']);
    expect(world.deliveries()[0]).toMatchObject({ state: 'open' });
  });

  it('holds up nobody else: a send that never ends, or a zone that is not known any more', async () => {
    const world = createFlowWorld();
    world.follow({ schedule: { at: 540, zone: 'Nowhere/Else', days: [2] } });
    world.follow({ id: OTHER });
    world.follow({ id: 'c100000000000000003' });
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list(['a']);
    world.messenger.answer(OTHER, new Promise(() => {}));

    await passSlot(world);

    expect(world.posted('c100000000000000003')).toEqual(['a']);
    expect(world.attempts(OTHER)).toHaveLength(1);
  });
});

describe('stopping', () => {
  async function failing(): Promise<FlowWorld> {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answer(CHANNEL, { ...FAILED, retryAfter: HOUR_MS });
    await world.passTo(SLOT);
    return world;
  }

  it('a cancelled delivery ends its back-off at once, and its papers are free again', async () => {
    const world = await failing();

    await world.flow().cancel(CHANNEL, 'unsubscribed');

    expect(world.deliveries()[0]).toMatchObject({ state: 'cancelled', closedAt: SLOT });
    expect(world.destination()).not.toHaveProperty('decidedSlot');
    await world.passTo(SLOT + MINUTE_MS);
    expect(world.posted()).toEqual(['a']);
    expect(new Set(world.deliveries().map(({ id }) => id)).size).toBe(2);
  });

  it('what a crashed process sent keeps its mark when the rest is cancelled', async () => {
    const world = await prepare({ perStep: 1 });
    world.list(['a', 'b']);
    world.messenger.answer(CHANNEL, { kind: 'sent', messageId: '1', effect: true });
    world.setWrite((apply, what) => {
      if (what.startsWith('sent marks')) throw new Error('disk full');
      apply();
    });
    await world.passTo(SLOT);
    world.setWrite((apply) => {
      apply();
    });

    await world.flow().cancel(CHANNEL, 'unsubscribed');
    await world.passTo(SLOT + MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'b']);
  });

  it('sends no stale plan after a pause, and nothing before the next slot after the resume', async () => {
    const world = await failing();
    world.change((destination) => pauseDestination(destination, world.clock.now()));
    await world.flow().cancel(CHANNEL, 'paused');
    await world.passTo(SLOT + 10 * MINUTE_MS);

    world.change((destination) => resumeDestination(destination, world.clock.now()));
    await world.passTo(SLOT + 2 * HOUR_MS);
    expect(world.posted()).toEqual([]);

    await passSlot(world, 1);
    expect(world.posts().map(({ at }) => at)).toEqual([SLOT + DAY_MS]);
  });

  it('a back-off that ends during a pause sends nothing more', async () => {
    const world = await failing();
    world.change((destination) => pauseDestination(destination, world.clock.now()));

    await world.passTo(SLOT + 2 * HOUR_MS);

    expect(world.attempts()).toHaveLength(1);
    expect(world.deliveries()[0]?.state).toBe('cancelled');
  });

  it('a cancel that cannot be written is a failure to whoever asked for it', async () => {
    const world = await failing();
    world.setWrite(() => {
      throw new StorageError('disk full');
    });

    await expect(world.flow().cancel(CHANNEL, 'unsubscribed')).rejects.toThrow('disk full');
  });

  it('draining ends a back-off, keeps the delivery open, and the next process sends it', async () => {
    const world = await failing();

    await world.flow().drain();
    await world.passTo(SLOT + MINUTE_MS);
    expect(world.deliveries()[0]?.state).toBe('open');
    expect(world.attempts()).toHaveLength(1);

    await world.restart();
    expect(world.posted()).toEqual(['a']);
  });
});

describe('one now', () => {
  it('shows the latest list day, and the one before while that has fewer than five', async () => {
    const world = createFlowWorld();
    const subscription = world.follow();
    world.list(['older'], { listDay: '2026-06-04' });
    world.list(['friday'], { listDay: '2026-06-05' });
    world.list(['monday'], { listDay: '2026-06-08' });

    const result = await world.flow().sendSample(subscription);

    expect(result).toEqual({ kind: 'sent', papers: 2 });
    expect(world.posted()).toEqual(['monday', 'friday']);
  });

  it('counts as sent, and a second press says when it was', async () => {
    const world = createFlowWorld();
    const subscription = world.follow();
    world.list(['a']);
    await world.flow().sendSample(subscription);
    const at = world.clock.now();
    await passSlot(world);

    const again = await world.flow().sendSample(subscription);

    expect(again).toEqual({ kind: 'already', at });
    expect(world.posted()).toEqual(['a']);
    expect(world.destination()?.decidedSlot).toBe(SLOT);
  });

  it('tells what the medium answered, and can be pressed again', async () => {
    const world = createFlowWorld();
    const subscription = world.follow();
    world.list(['a']);
    world.messenger.answer(CHANNEL, BLOCKED);

    expect(await world.flow().sendSample(subscription)).toEqual({ kind: 'failed', outcome: BLOCKED });
    expect(await world.flow().sendSample(subscription)).toEqual({ kind: 'sent', papers: 1 });
  });

  it('shows what it says after one that ended unsent, though its message came through', async () => {
    const world = createFlowWorld();
    const subscription = world.follow();
    world.list(['a']);
    world.messenger.see('unknown');
    world.messenger.answer(CHANNEL, { ...LOST, effect: true });
    const first = world.flow().sendSample(subscription);
    await letRun();
    await world.flow().cancel(CHANNEL, 'paused');
    await first;
    world.list(['b']);

    const result = await world.flow().sendSample(subscription);

    expect(result).toEqual({ kind: 'sent', papers: 2 });
    expect(world.posts().at(-1)?.papers.toSorted()).toEqual(['a', 'b']);
  });

  it('has nothing to show while nothing matches', async () => {
    const world = createFlowWorld();

    expect(await world.flow().sendSample(world.follow())).toEqual({ kind: 'nothing' });
  });
});

describe('a disk in trouble', () => {
  it('keeps the slot due, and sends nothing that was not planned', async () => {
    const world = await prepare();
    world.list(['a']);
    world.setWrite(() => {
      throw new Error('disk full');
    });
    await world.passTo(SLOT + 3 * MINUTE_MS);
    expect(world.attempts()).toEqual([]);
    expect(world.destination()).not.toHaveProperty('decidedSlot');

    world.setWrite((apply) => {
      apply();
    });
    await world.passTo(SLOT + 4 * MINUTE_MS);

    expect(world.posted()).toEqual(['a']);
  });

  it('of one destination does not touch another', async () => {
    const world = await prepare();
    world.follow({ id: OTHER, scheduledSince: 0 });
    world.list(['a']);
    world.setWrite((apply, what) => {
      if (what.includes(CHANNEL)) throw new Error('disk full');
      apply();
    });

    await passSlot(world);

    expect(world.posted(OTHER)).toEqual(['a']);
    expect(world.posted()).toEqual([]);
  });
});

describe('a source in trouble', () => {
  it.each([
    ['around the slot', 30 * MINUTE_MS, 30 * MINUTE_MS],
    ['for three hours', 3 * HOUR_MS, 2 * HOUR_MS],
  ])('%s delays what the archive has', async (_, down, delay) => {
    const world = await prepare();
    world.list(['a']);
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.setSource(false);

    await world.passTo(SLOT + down - MINUTE_MS);
    world.setSource(true);
    await world.passTo(SLOT + down + HOUR_MS);

    expect(world.posts().map(({ at }) => at - SLOT)).toEqual([delay]);
  });

  it('for three days: nothing is decided on nothing, and afterwards all comes at once', async () => {
    const world = await prepare();
    world.setSource(false);
    await world.passTo(SLOT + 3 * DAY_MS - HOUR_MS, 10 * MINUTE_MS);
    expect(world.destination()).not.toHaveProperty('decidedSlot');

    world.list(['a'], { listDay: '2026-06-09' });
    world.list(['b'], { listDay: '2026-06-10' });
    world.setSource(true);
    await world.tick();

    expect(world.posted().toSorted()).toEqual(['a', 'b']);
  });
});

describe('failures of other bots', () => {
  it('one "last fetch" for all: each channel has its own, so a later one misses nothing', async () => {
    const world = await prepare();
    world.follow({ id: OTHER, schedule: { at: 600, zone: 'Europe/Berlin', days: [2] }, scheduledSince: 0 });
    world.list(['a']);

    await world.passTo(SLOT + 2 * HOUR_MS);

    expect(world.posted()).toEqual(['a']);
    expect(world.posted(OTHER)).toEqual(['a']);
  });

  it('"stored" taken for "sent": a planned digest that was never sent is sent after a restart', async () => {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answer(CHANNEL, new Promise(() => {}));
    await world.passTo(SLOT);
    await world.clock.passTo(SLOT + 10 * MINUTE_MS);

    await world.restart();

    expect(world.posted()).toEqual(['a']);
  });

  it('"seen" before it is sent: no mark stands before the message does', async () => {
    const world = await prepare();
    world.list(['a']);
    world.messenger.answer(CHANNEL, BLOCKED);

    await passSlot(world);

    expect(world.disk.sentMarks.get(CHANNEL)).toBeUndefined();
  });

  it('papers over a limit count as seen only when they were shown', async () => {
    const world = createFlowWorld();
    world.follow({ max: 1 });
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list(['a', 'b', 'c', 'd']);

    await passSlot(world);

    expect(world.posted()).toEqual([...(world.disk.sentMarks.get(CHANNEL)?.keys() ?? [])]);
  });

  it('a feed is not switched off by trouble at the source', async () => {
    const world = await prepare();
    world.setSource(false);
    await world.passTo(SLOT + HOUR_MS);
    world.setSource(true);
    world.list(['a']);

    await world.passTo(SLOT + HOUR_MS + MINUTE_MS);

    expect(world.posted()).toEqual(['a']);
    expect(world.destination()).not.toHaveProperty('trouble');
  });

  it('a role is mentioned once per digest, not per message, and not again when the rest is planned afresh', async () => {
    const world = createFlowWorld({ perStep: 1 });
    world.follow({ mention: '7' });
    await world.clock.passTo(SLOT - MINUTE_MS);
    world.list(['a', 'b', 'c']);
    world.messenger.answer(
      CHANNEL,
      { kind: 'sent', messageId: '1', effect: true },
      { ...FAILED, retryAfter: HOUR_MS },
    );
    await world.passTo(SLOT);
    await world.flow().cancel(CHANNEL, 'unsubscribed');

    await world.passTo(SLOT + MINUTE_MS);

    expect(world.posts().map(({ mention }) => mention)).toEqual([true, false, false]);
  });

  it('a second run after half a digest posts the other half only', async () => {
    const world = await prepare({ perStep: 1 });
    world.list(['a', 'b']);
    world.messenger.answer(CHANNEL, { kind: 'sent', messageId: '1', effect: true }, new Promise(() => {}));
    await world.passTo(SLOT);

    await world.restart();

    expect(world.posted()).toEqual(['a', 'b']);
  });
});

function withoutMessage({ kind, code }: typeof BLOCKED): object {
  return { kind, code };
}
