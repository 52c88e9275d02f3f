import { loadConfig } from '../../config/load-config.ts';
import { startBot } from '../../src/bot/bot.ts';
import { createLogger } from '../../src/logger.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createRandom } from '../random.ts';
import { YearArguments, YearMessage } from './schema.ts';

// The real bot, whose clocks stand at the instant that it is told and go on from there, as those of a machine that
// sleeps between the slots. It waits a thousandth of what it would.
const { seed, start } = YearArguments.parse(process.argv[2]);
const config = loadConfig(process.env, { discord: true });
const WAITS_ARE_SHORTER = 1_000;
const NO_LIMIT = 10_000;
let base = { virtual: start, real: performance.now() };

const now = () => Math.floor(base.virtual + performance.now() - base.real);
const bot = await startBot({
  config,
  clock: {
    now,
    monotonic: () => now() - start,
    sleep: (ms, signal) => systemClock.sleep(ms / WAITS_ARE_SHORTER, signal),
  },
  random: createRandom(seed, 0),
  logger: createLogger(config.logLevel),
  commandsPerMinute: NO_LIMIT,
  // A minute's worth of a year comes in a millisecond.
  requestsPerSecond: NO_LIMIT,
  startTicks: () => () => undefined,
});

process.on('disconnect', () => process.exit(1));
async function obey({ kind, at }: YearMessage): Promise<void> {
  if (kind === 'stop') {
    await bot.stop();
    process.exit(0);
  }
  base = { virtual: at, real: performance.now() };
  await bot.tick();
  if (kind === 'measure') globalThis.gc?.();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ heapBytes: heapUsed, rssBytes: rss });
}

process.on('message', (message) => void obey(YearMessage.parse(message)));
process.send?.({ heapBytes: 0, rssBytes: 0 });
