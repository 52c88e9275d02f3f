import { setInterval } from 'node:timers';
import { loadConfig } from '../config/load-config.ts';
import { MINUTE_MS } from '../src/calendar/zoned-time.ts';
import { createLogger } from '../src/logger.ts';
import { runProcess } from '../src/run-process.ts';
import { systemClock } from '../src/system-clock.ts';
import { createRandom } from './random.ts';
import { BotArguments, StretchMessage } from './schema.ts';
import { virtualOn } from './timeline.ts';

// The real bot on a fast clock: its days are those of the run, its waits stay real.
const { seed, ...start } = BotArguments.parse(process.argv[2]);
const config = loadConfig(process.env, { discord: true });
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
    monotonic: () => virtualOn(stretch, Date.now()),
    sleep: systemClock.sleep,
  },
  random: createRandom(seed, 0),
  logger: createLogger(config.logLevel),
  startTicks(onTick) {
    tick = onTick;
    const timer = setInterval(onTick, MINUTE_MS / stretch.speed);
    return () => clearInterval(timer);
  },
});
