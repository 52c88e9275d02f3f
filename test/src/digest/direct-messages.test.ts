import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { createDeliveryWorld, type DeliveryWorld, SLOT } from '../../support/delivery-world.ts';

const PERSON = 'u100000000000000005';
const CLOSED = { kind: 'dms-closed', code: 50007, message: 'Cannot send messages to this user' } as const;
const NO_MUTUAL_GUILDS = { kind: 'dms-closed', code: 50278, message: 'No mutual guilds' } as const;
const INSTANTLY = { at: 'instantly', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] } as const;

async function prepare(about: Parameters<DeliveryWorld['follow']>[0] = {}): Promise<DeliveryWorld> {
  const world = await createDeliveryWorld({ perStep: 100 });
  await world.follow({ id: PERSON, place: { kind: 'dm', userId: PERSON.slice(1) }, ...about });
  await world.clock.passTo(SLOT - MINUTE_MS);
  return world;
}

async function passDay(world: DeliveryWorld, day: number): Promise<void> {
  world.list([`day ${day}`]);
  await world.passTo(SLOT + day * DAY_MS + MINUTE_MS, 6 * HOUR_MS);
}

describe('direct messages', () => {
  it('are opened once, over restarts too, and mention nobody', async () => {
    const world = await prepare({ mention: '7' });

    for (let day = 0; day < 3; day += 1) {
      await passDay(world, day);
      await world.restart();
    }

    expect(world.transport.openings).toEqual([PERSON.slice(1)]);
    expect((await world.destination(PERSON))?.place).toEqual({
      kind: 'dm',
      userId: PERSON.slice(1),
      channelId: `9${PERSON.slice(1)}`,
    });
    expect(world.posts(PERSON).map(({ role }) => role)).toEqual([undefined, undefined, undefined]);
  });

  it('are opened later when Discord asks to wait', async () => {
    const world = await prepare();
    world.list(['a']);
    world.transport.answerOpening({ kind: 'failed', message: 'slow', retryAfterMs: 60_000 });

    await world.passTo(SLOT + 10 * MINUTE_MS);

    expect(world.transport.openings).toHaveLength(2);
    expect(world.posted(PERSON)).toEqual(['a']);
  });
});

describe('direct messages that are closed', () => {
  it('for a day lose nothing: what was missed comes with the first that gets through', async () => {
    const world = await prepare();
    world.transport.answerAlways(PERSON, CLOSED);
    await passDay(world, 0);
    expect((await world.destination(PERSON))?.trouble).toMatchObject({ kind: 'dms-closed', code: 50007 });
    world.transport.answerAlways(PERSON, undefined);

    await passDay(world, 1);

    expect(world.posted(PERSON).toSorted()).toEqual(['day 0', 'day 1']);
    expect(await world.destination(PERSON)).not.toHaveProperty('trouble');
  });

  it('are tried once a day for 30 days, then not before the person resumes', async () => {
    const world = await prepare();
    world.transport.answerAlways(PERSON, CLOSED);
    for (let day = 0; day < 40; day += 1) await passDay(world, day);
    expect(world.attempts(PERSON)).toHaveLength(30);
    world.transport.answerAlways(PERSON, undefined);
    await passDay(world, 40);
    expect(world.posted(PERSON)).toEqual([]);

    await world.resume(PERSON);
    await passDay(world, 41);

    // The window reaches back for 30 days at most.
    expect(world.posted(PERSON)).toEqual(expect.arrayContaining(['day 13', 'day 41']));
  });

  it('are tried once a day with `instantly` too', async () => {
    const world = await prepare({ schedule: INSTANTLY });
    world.list(['a']);
    world.transport.answerAlways(PERSON, CLOSED);

    await world.passTo(SLOT + 3 * DAY_MS - HOUR_MS, 10 * MINUTE_MS);

    expect(world.attempts(PERSON)).toHaveLength(3);
  });

  it('before they were ever opened are tried the same way', async () => {
    const world = await prepare();
    world.transport.answerOpening(NO_MUTUAL_GUILDS, NO_MUTUAL_GUILDS);
    await passDay(world, 0);
    await passDay(world, 1);
    expect(world.transport.openings).toHaveLength(2);
    expect((await world.destination(PERSON))?.trouble).toMatchObject({ kind: 'dms-closed', code: 50278 });

    await passDay(world, 2);

    expect(world.posted(PERSON).toSorted()).toEqual(['day 0', 'day 1', 'day 2']);
  });
});
