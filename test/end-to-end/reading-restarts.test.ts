import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  DAY_BEFORE,
  HOUR_BEFORE,
  MEETING_ENDS,
  PAPERS,
  POLL_ENDS,
  POLL_OPENS,
  type ReadingWorld,
  startReadingWorld,
} from '../support/reading-world.ts';

const MESSAGE = /^\/channels\/\d+\/messages$/;
const STEPS = [
  { step: 'the nominees', at: POLL_OPENS, route: MESSAGE, isSecond: false },
  { step: 'the poll', at: POLL_OPENS, route: MESSAGE, isSecond: true },
  { step: 'the chosen paper', at: POLL_ENDS, route: MESSAGE, isSecond: false },
  { step: 'its thread', at: POLL_ENDS, route: /\/threads$/, isSecond: false },
  { step: 'its event', at: POLL_ENDS, route: /\/scheduled-events$/, isSecond: false },
  { step: 'the reminder of a day', at: DAY_BEFORE, route: MESSAGE, isSecond: false },
  { step: 'the reminder of an hour', at: HOUR_BEFORE, route: MESSAGE, isSecond: false },
] as const;

describe('a meeting of a reading group', { timeout: 120_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
    world.letWaitsPass();
    await world.meet();
    await world.nominate(...PAPERS);
  });
  afterEach(async () => {
    await world.stop();
  });

  const countAll = () => ({
    nominees: world.saying('Vote in the poll below').length,
    polls: world.polls().length,
    chosen: world.saying('We read this paper next').length,
    threads: Object.values(world.discord.state.channels).filter(({ type }) => type === 11).length,
    events: (world.discord.state.events[world.guildId] ?? []).length,
    reminders: world.saying('We read **[').length,
  });
  const ONCE = { nominees: 1, polls: 1, chosen: 1, threads: 1, events: 1, reminders: 2 };

  describe.each(STEPS)('whose answer for $step is lost', ({ at, route, isSecond }) => {
    it.each(['drop-before', 'drop-after'] as const)('by %s, over a restart', async (drop) => {
      for (const time of [POLL_OPENS, POLL_ENDS, DAY_BEFORE, HOUR_BEFORE, MEETING_ENDS]) {
        if (time === at) {
          // The one before it only takes a while.
          if (isSecond) world.discord.rules.nonceMs = 0;
          if (isSecond) world.discord.fail({ method: 'POST', route, delayMs: 1 });
          world.discord.fail({ method: 'POST', route, drop });
        }
        await world.at(time);
        await world.restart();
        await world.minutes(3);
      }

      expect(countAll()).toEqual(ONCE);
      expect(world.saying('Paper 2606.00001').length).toBeGreaterThan(0);
    });
  });

  it('goes on over a restart before and after each of its times', async () => {
    for (const time of [POLL_OPENS, POLL_ENDS, DAY_BEFORE, HOUR_BEFORE, MEETING_ENDS]) {
      await world.restart();
      await world.at(time);
      await world.restart();
      await world.minutes(2);
    }

    expect(countAll()).toEqual(ONCE);
  });

  it('takes its time while Discord is away, and loses nothing', async () => {
    world.discord.fail({ method: 'POST', route: /./, status: 503, forMs: 3 * 3_600_000 });
    await world.at(POLL_OPENS);
    await world.at(POLL_ENDS);
    world.discord.fail({ method: 'POST', route: /scheduled-events|messages$/, status: 503, times: 4 });
    await world.minutes(70);
    for (const time of [DAY_BEFORE, HOUR_BEFORE, MEETING_ENDS]) {
      await world.at(time);
      await world.minutes(2);
    }

    expect(countAll()).toEqual(ONCE);
  });
});
