import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { CHANNEL, createWorldBeforeSlot } from '../../support/delivery-world.ts';
import { letRun } from '../../support/scripted-clock.ts';
import { startTestMinutes } from '../../support/test-minutes.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');
afterAll(() => setFlagsFromString('--no-expose-gc'));

it('no minute is kept in memory while a delivery waits', async () => {
  const world = await createWorldBeforeSlot();
  world.list(['a']);
  world.transport.answerAlways(CHANNEL, { kind: 'unclear', message: 'no answer' });
  world.transport.see({ kind: 'unanswered' });
  await world.passSlot();
  const begun: WeakRef<Promise<boolean>>[] = [];
  const { minutes, pass } = startTestMinutes({
    scheduler: world.scheduler(),
    collector: {
      collectIfDue() {
        const collecting = Promise.resolve(false);
        begun.push(new WeakRef(collecting));
        return collecting;
      },
      stop: async () => undefined,
    },
  });
  minutes.lead();

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
