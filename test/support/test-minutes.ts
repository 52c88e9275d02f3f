import { type MinuteParts, startMinutes } from '../../src/bot/start-minutes.ts';

/** Minutes in which nothing has anything to do but what is named; a test lets them pass. */
export function startTestMinutes(about: Partial<MinuteParts>) {
  const idle = async () => undefined;
  let pass: () => void = () => undefined;
  const minutes = startMinutes({
    ledger: { isInPlace: () => true, purgeIfDue: idle },
    scheduler: {
      runDue: idle,
      ended: idle,
      sendSample: async () => ({ kind: 'busy' }),
      sendOpen: idle,
      settled: idle,
      drain: idle,
    },
    collector: { collectIfDue: async () => false, stop: idle },
    linkRefresher: { refreshIfDue: idle, stop: idle },
    postRefresher: { refreshDue: idle, stop: idle },
    readingRounds: { runDue: idle, advance: idle, stop: idle },
    startTicks(onTick) {
      pass = onTick;
      return () => undefined;
    },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    ...about,
  });
  return { minutes, pass: () => pass() };
}
