import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, it } from 'vitest';
import { type MinuteParts, startMinutes } from '../../../src/bot/start-minutes.ts';
import type { Scheduler } from '../../../src/digest/scheduler.ts';
import { CHANNEL, createWorldBeforeSlot } from '../../support/delivery-world.ts';
import { letRun } from '../../support/scripted-clock.ts';
import { createTestLog } from '../../support/test-log.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
afterAll(() => setFlagsFromString('--no-expose-gc'));

/** Minutes that a test lets begin, in which nothing but the scheduler has anything to do. */
function start(scheduler: Scheduler, about: Partial<MinuteParts> = {}) {
  const idle = { stop: async () => undefined };
  const { log, logged } = createTestLog();
  let pass: () => void = () => undefined;
  const minutes = startMinutes({
    ledger: { purgeIfDue: async () => undefined },
    scheduler,
    collector: { ...idle, collectIfDue: async () => false },
    linkRefresher: { ...idle, refreshIfDue: async () => undefined },
    postRefresher: { ...idle, refreshDue: async () => undefined },
    readingRounds: { ...idle, runDue: async () => undefined, advance: async () => undefined },
    startTicks(onTick) {
      pass = onTick;
      return () => undefined;
    },
    log,
    ...about,
  });
  minutes.lead();
  return { minutes, logged, pass: () => pass() };
}

describe('the minutes', () => {
  it('are not kept while a delivery waits', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a']);
    world.transport.answerAlways(CHANNEL, { kind: 'unclear', message: 'no answer' });
    world.transport.see({ kind: 'unanswered' });
    await world.passSlot();
    const begun: WeakRef<Promise<boolean>>[] = [];
    const collectIfDue = () => {
      const collecting = Promise.resolve(false);
      begun.push(new WeakRef(collecting));
      return collecting;
    };
    const { pass } = start(world.scheduler(), {
      collector: { collectIfDue, stop: async () => undefined },
    });

    for (let minute = 0; minute < 100; minute += 1) {
      pass();
      await letRun();
    }
    await world.tick();
    collectGarbage();

    expect(await world.states()).toEqual(['open']);
    expect(begun.length).toBeGreaterThan(100);
    expect(begun.filter((one) => one.deref() !== undefined).length).toBeLessThan(10);
  });
});
