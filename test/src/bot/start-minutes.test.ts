import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, expect, it } from 'vitest';
import { CHANNEL, createWorldBeforeSlot } from '../../support/delivery-world.ts';
import { letRun } from '../../support/scripted-clock.ts';
import { createTestLog } from '../../support/test-log.ts';
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

it('a process that does not lead yet collects, and asks nothing of a ledger that may have no tables', async () => {
  const done: string[] = [];
  const does = (what: string) => async () => void done.push(what);
  const { minutes } = startTestMinutes({
    ledger: { isInPlace: () => true, purgeIfDue: does('purge') },
    collector: { collectIfDue: async () => done.push('collect') > 0, stop: async () => undefined },
    linkRefresher: { refreshIfDue: does('ask for links'), stop: async () => undefined },
  });

  await letRun();
  const asStandby = done.splice(0);
  minutes.lead();
  await letRun();

  expect(asStandby).toEqual(['collect']);
  expect(done).toEqual(expect.arrayContaining(['collect', 'ask for links', 'purge']));
});

it('within a minute the log says that the file of the ledger is gone, and what to do', async () => {
  const { log, logged } = createTestLog();
  let isThere = true;
  const { pass } = startTestMinutes({
    log,
    ledger: { isInPlace: () => isThere, purgeIfDue: async () => undefined },
  });

  pass();
  const before = logged.splice(0);
  isThere = false;
  pass();

  expect(before).toEqual([]);
  expect(logged).toEqual([
    { level: 'error', message: expect.stringContaining('npm run restore'), fields: {} },
  ]);
});
