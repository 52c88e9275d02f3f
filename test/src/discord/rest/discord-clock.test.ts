import { expect, it } from 'vitest';
import { createDiscordClock } from '../../../../src/discord/rest/discord-clock.ts';
import { createTestLog } from '../../../support/test-log.ts';

const DATE = 'Tue, 09 Jun 2026 09:00:00 GMT';
const AT = Date.parse(DATE);

/** A machine whose wall clock is an hour ahead, and an answer that took 200 ms. */
function open() {
  const readings = { wall: AT + 3_600_000, monotonic: 5000 };
  const pass = (ms: number) => {
    readings.wall += ms;
    readings.monotonic += ms;
  };
  const { log, logged } = createTestLog();
  const clock = createDiscordClock(
    {
      now: () => readings.wall,
      monotonic: () => readings.monotonic,
      sleep: () => Promise.resolve(),
    },
    log,
  );
  const answer = (date: string | null) => {
    const tell = clock.watch();
    pass(200);
    tell(date);
  };
  return { readings, pass, clock, answer, logged };
}

it('knows nothing before the first answer, or from one without a date', () => {
  const { clock, answer } = open();
  expect(clock.timeNow()).toBeUndefined();

  answer(null);
  answer('soon');

  expect(clock.timeNow()).toBeUndefined();
});

it("goes by Discord's date, whatever the machine's clock says", () => {
  const { clock, answer, pass } = open();
  answer(DATE);
  expect(clock.timeNow()).toEqual({ earliest: AT, latest: AT + 1200 });

  pass(60_000);

  expect(clock.timeNow()).toEqual({ earliest: AT + 60_000, latest: AT + 61_200 });
});

it('doubts what has passed while one of the clocks jumped', () => {
  const { clock, answer, readings } = open();
  answer(DATE);

  readings.wall -= 7_200_000;
  readings.monotonic += 1000;
  expect(clock.timeNow()).toEqual({ earliest: AT, latest: AT + 2200 });

  // A suspend: the wall clock went on, the monotonic one did not.
  readings.wall += 10_800_000;
  expect(clock.timeNow()).toEqual({ earliest: AT + 1000, latest: AT + 3_600_000 + 1200 });
});

it('believes the last answer', () => {
  const { clock, answer } = open();
  answer(DATE);

  answer('Tue, 09 Jun 2026 09:05:00 GMT');

  expect(clock.timeNow()).toMatchObject({ earliest: AT + 300_000 });
});

it('says once an hour that no answer tells the time, until one does', () => {
  const { clock, answer, pass, logged } = open();
  expect(clock.silence()).toBeUndefined();

  answer(null);
  answer('yesterday');
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatchObject({ level: 'warn', message: expect.stringContaining('Date header') });
  expect(clock.silence()).toContain('Date header');

  pass(3_600_000);
  answer(null);
  expect(logged).toHaveLength(2);

  answer(DATE);
  pass(3_600_000);
  answer(null);
  expect(clock.silence()).toBeUndefined();
  expect(logged).toHaveLength(2);
});
