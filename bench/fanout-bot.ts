import { flushCompileCache } from 'node:module';
import { loadConfig } from '../config/load-config.ts';
import { startBot } from '../src/bot/bot.ts';
import { HOUR_MS } from '../src/calendar/zoned-time.ts';
import { createLogger } from '../src/logger.ts';
import { systemClock } from '../src/system-clock.ts';
import { doMeasuredWork } from './measured-work.ts';

/** The real bot, an hour before its digests are due until it is told to begin. */
const config = loadConfig(process.env, { discord: true });
let behindMs = HOUR_MS;
const bot = await startBot({
  config,
  clock: { ...systemClock, now: () => systemClock.now() - behindMs },
  random: Math.random,
  logger: createLogger(config.logLevel),
  startTicks: () => () => undefined,
  // One person asks all the time.
  commandsPerMinute: Infinity,
  ...(process.env['UNLIMITED'] === undefined ? {} : { requestsPerSecond: 1e6 }),
});
await bot.tick();
// As the bot does when it is ready.
flushCompileCache();
await doMeasuredWork(async () => {
  behindMs = 0;
  await bot.tick();
});
