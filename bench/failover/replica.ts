import { setInterval } from 'node:timers';
import { loadConfig } from '../../config/load-config.ts';
import { createLogger } from '../../src/logger.ts';
import { runProcess } from '../../src/run-process.ts';
import { systemClock } from '../../src/system-clock.ts';

const config = loadConfig(process.env, { discord: true });
const TICKS_APART_MS = 1_000;

/** The real process, which looks each second for what is due, so that a run takes no hours. */
await runProcess({
  config,
  clock: systemClock,
  random: Math.random,
  logger: createLogger(config.logLevel),
  startTicks(onTick) {
    const timer = setInterval(onTick, TICKS_APART_MS);
    return () => clearInterval(timer);
  },
});
