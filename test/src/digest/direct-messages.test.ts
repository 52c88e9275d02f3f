import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { resumeDestination } from '../../../src/subscriptions/pause.ts';
import { createFlowWorld, type FlowWorld } from '../../support/flow-world.ts';

const SLOT = Date.UTC(2026, 5, 9, 7);
const PERSON = 'u100000000000000005';
const REFUSED = { kind: 'refused', code: 50278, message: 'No mutual guilds' } as const;

async function prepare(): Promise<FlowWorld> {
  const world = createFlowWorld();
  world.follow({ id: PERSON, place: { kind: 'dm', userId: PERSON.slice(1) }, mention: '7' });
  await world.clock.passTo(SLOT - MINUTE_MS);
  world.list(['a']);
  return world;
}

async function passDay(world: FlowWorld, day: number): Promise<void> {
  world.list([`day ${day}`]);
  await world.passTo(SLOT + day * DAY_MS + MINUTE_MS, HOUR_MS);
}

describe('direct messages', () => {
  it('are opened once, over restarts too, and mention nobody', async () => {
    const world = await prepare();

    for (let day = 0; day < 3; day += 1) {
      await passDay(world, day);
      await world.restart();
    }

    expect(world.messenger.openings).toEqual([PERSON.slice(1)]);
    expect(world.destination(PERSON)?.place).toEqual({
      kind: 'dm',
      userId: PERSON.slice(1),
      channelId: `9${PERSON.slice(1)}`,
    });
    expect(world.posts(PERSON).map(({ mention }) => mention)).toEqual([false, false, false]);
  });

  it('that cannot be opened are left alone until the person resumes', async () => {
    const world = await prepare();
    world.messenger.answerOpening(REFUSED);
    for (let day = 0; day < 3; day += 1) await passDay(world, day);
    expect(world.messenger.openings).toHaveLength(1);
    expect(world.attempts(PERSON)).toEqual([]);
    expect(world.destination(PERSON)?.trouble).toMatchObject({ kind: 'refused', code: 50278 });

    world.change((present) => resumeDestination(present, world.clock.now()), PERSON);
    await passDay(world, 3);

    expect(world.posted(PERSON)).toHaveLength(5);
  });

  it('are opened later when Discord asks to wait', async () => {
    const world = await prepare();
    const wait = { kind: 'failed', message: 'slow', unknownFate: false, retryAfter: HOUR_MS } as const;
    world.messenger.answerOpening(wait);

    await world.passTo(SLOT + 2 * HOUR_MS);

    expect(world.messenger.openings).toHaveLength(2);
    expect(world.posts(PERSON).map(({ at }) => at - SLOT >= HOUR_MS)).toEqual([true]);
  });
});
