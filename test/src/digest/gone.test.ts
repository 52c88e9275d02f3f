import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import type { Schedule } from '../../../src/subscriptions/destination.ts';
import { pauseDestination } from '../../../src/subscriptions/pause.ts';
import { CHANNEL, createFlowWorld, type FlowWorld } from '../../support/flow-world.ts';

/** Tuesday 9 June 2026, nine in Berlin. */
const SLOT = Date.UTC(2026, 5, 9, 7);
const GONE = { kind: 'gone', code: 10003, message: 'Unknown Channel' } as const;
const BLOCKED = { kind: 'blocked', code: 50001, message: 'Missing Access' } as const;
const LOST = { kind: 'failed', message: 'HTTP 503', unknownFate: true } as const;

async function loseChannel(days: Schedule['days'] = [1, 2, 3, 4, 5, 6, 7]): Promise<FlowWorld> {
  const world = createFlowWorld();
  world.follow({ schedule: { at: 540, zone: 'Europe/Berlin', days } });
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(['a']);
  world.messenger.answerAlways(CHANNEL, GONE);
  await world.passTo(SLOT + MINUTE_MS);
  return world;
}

const passDays = (world: FlowWorld, days: number) => world.passTo(SLOT + days * DAY_MS, HOUR_MS);

describe('a place that is gone', () => {
  it.each<[string, Schedule['days']]>([
    ['daily', [1, 2, 3, 4, 5, 6, 7]],
    ['weekly', [2]],
  ])('with a %s digest is looked for once a day, without posting, and removed after 30', async (_, days) => {
    const world = await loseChannel(days);

    await passDays(world, 29.5);
    expect(world.attempts()).toHaveLength(1);
    expect(world.messenger.probes).toHaveLength(29);
    expect(world.destination()?.trouble).toMatchObject({ kind: 'gone', since: SLOT });
    await passDays(world, 31);

    expect(world.destination()).toBeUndefined();
    expect(world.disk.subscriptions.get(CHANNEL)).toBeUndefined();
  });

  it('keeps its sent marks when it is removed', async () => {
    const world = createFlowWorld();
    world.follow();
    world.list(['a']);
    await world.passTo(SLOT, HOUR_MS);
    world.list(['b']);
    world.messenger.answerAlways(CHANNEL, GONE);

    await passDays(world, 33);

    expect(world.destination()).toBeUndefined();
    expect([...(world.disk.sentMarks.get(CHANNEL)?.keys() ?? [])]).toEqual(['a']);
  });

  it('that comes back gets what it missed, and nothing twice', async () => {
    const world = await loseChannel();
    await passDays(world, 5);
    world.list(['b']);
    world.messenger.answerAlways(CHANNEL, undefined);

    await passDays(world, 7);

    expect(world.destination()).not.toHaveProperty('trouble');
    expect(world.posted().toSorted()).toEqual(['a', 'b']);
  });

  it('that comes back without its rights is blocked, and keeps its settings', async () => {
    const world = await loseChannel();
    await passDays(world, 5);
    world.messenger.answerAlways(CHANNEL, BLOCKED);

    await passDays(world, 40);

    expect(world.destination()?.trouble).toMatchObject({ kind: 'blocked', code: 50001 });
  });

  it('is not removed on the word of a medium that does not answer', async () => {
    const world = await loseChannel();
    world.messenger.answerAlways(CHANNEL, LOST);

    await passDays(world, 40);

    expect(world.destination()?.trouble?.kind).toBe('gone');
    expect(world.messenger.probes).toHaveLength(39);
  });

  it('is removed although it is paused', async () => {
    const world = await loseChannel();
    world.change((present) => pauseDestination(present, world.clock.now()));

    await passDays(world, 31);

    expect(world.destination()).toBeUndefined();
  });
});
