import { setInterval } from 'node:timers';
import { loadConfig } from '../../config/load-config.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { createLogger } from '../../src/logger.ts';
import { runProcess } from '../../src/run-process.ts';
import { systemClock } from '../../src/system-clock.ts';
import { createRandom } from '../random.ts';
import { BotArguments, StretchMessage } from '../schema.ts';
import { virtualOn } from '../timeline.ts';

// The real bot with a calendar that is fast and leaps: its days are those of the run, its waits stay real. The monotonic
// clock is real too, as on a machine that sleeps: a request lands within 17 s here as it does elsewhere.
const { seed, ...start } = BotArguments.parse(process.argv[2]);
const config = loadConfig(process.env, { discord: true });
const COMMANDS_PER_MINUTE = 10_000;
let stretch = start;
let tick = () => {};

process.on('message', (message) => {
  stretch = StretchMessage.parse(message);
  tick();
});
process.on('disconnect', () => process.exit(1));

await runProcess({
  config,
  clock: {
    now: () => virtualOn(stretch, Date.now()),
    monotonic: systemClock.monotonic,
    // What is looked at hourly or daily goes by the days of the run, or it would not be looked at again within it.
    sleep: (ms, signal) => systemClock.sleep(ms < HOUR_MS ? ms : ms / stretch.speed, signal),
  },
  random: createRandom(seed, 0),
  logger: createLogger(config.logLevel),
  // One person sets up all the channels.
  commandsPerMinute: COMMANDS_PER_MINUTE,
  startTicks(onTick) {
    tick = onTick;
    const timer = setInterval(onTick, MINUTE_MS / stretch.speed);
    return () => clearInterval(timer);
  },
});
