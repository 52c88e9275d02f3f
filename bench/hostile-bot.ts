import { flushCompileCache } from 'node:module';
import { loadConfig } from '../config/load-config.ts';
import { startBot } from '../src/bot/bot.ts';
import { HOUR_MS } from '../src/calendar/zoned-time.ts';
import { createLogger } from '../src/logger.ts';
import { systemClock } from '../src/system-clock.ts';
import { doMeasuredWork } from './measured-work.ts';
import type { Progress } from './schema.ts';

const TICK_MS = 5;

/** The real bot, an hour before its digests are due until it is told to begin; it watches its own event loop from then on. */
const config = loadConfig(process.env, { discord: true });
let behindMs = HOUR_MS;
const bot = await startBot({
  config,
  clock: { ...systemClock, now: () => systemClock.now() - behindMs },
  random: Math.random,
  logger: createLogger(config.logLevel),
  startTicks: () => () => Promise.resolve(),
});
await bot.tick();
// As the bot does when it is ready.
flushCompileCache();
await doMeasuredWork(async () => {
  const stalls = watchEventLoop();
  process.on('message', () => process.send?.({ step: 'stalls', ...stalls } satisfies Progress));
  behindMs = 0;
  await bot.tick();
});

/** The longest that a timer came late, and the longest that this thread worked in between. */
function watchEventLoop(): { stallMs: number; stallCpuMs: number } {
  const longest = { stallMs: 0, stallCpuMs: 0 };
  let at = performance.now();
  let cpu = threadCpuMs();
  setInterval(() => {
    longest.stallMs = Math.max(longest.stallMs, performance.now() - at - TICK_MS);
    longest.stallCpuMs = Math.max(longest.stallCpuMs, threadCpuMs() - cpu);
    at = performance.now();
    cpu = threadCpuMs();
  }, TICK_MS);
  return longest;
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
