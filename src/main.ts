import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';

enableCompileCache();

const STOP_WITHIN_MS = 10_000;

const { ConfigError, loadConfig } = await import('../config/load-config.ts');

/** The settings; undefined, with the reasons on stderr, when they cannot be used. */
function readConfig(): ReturnType<typeof loadConfig> | undefined {
  if (existsSync('.env')) process.loadEnvFile('.env');
  try {
    return loadConfig(process.env, { discord: true });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return undefined;
  }
}

const config = readConfig();
if (config === undefined) process.exit(1);
const [{ startBot }, { createLogger }, { systemClock }] = await Promise.all([
  import('./bot.ts'),
  import('./logger.ts'),
  import('./system-clock.ts'),
]);
const logger = createLogger(config.logLevel);

/** Lets what is in flight finish, for ten seconds at most; what is left goes on at the next start. */
async function stop(exitCode: number): Promise<never> {
  setTimeout(() => {
    logger.error({}, 'did not stop in time');
    process.exit(exitCode);
  }, STOP_WITHIN_MS).unref();
  try {
    await (await starting).stop();
  } catch (error) {
    logger.error({ err: error }, 'did not stop cleanly');
  }
  process.exit(exitCode);
}

let stopping: Promise<never> | undefined;
const stopOnce = (exitCode: number) => {
  stopping ??= stop(exitCode);
};
process.on('SIGTERM', () => stopOnce(0));
process.on('SIGINT', () => stopOnce(0));

const starting = startBot({
  config,
  clock: systemClock,
  random: Math.random,
  logger,
  onFatal(message) {
    logger.fatal({}, message);
    stopOnce(1);
  },
});
await starting.catch((error: unknown) => {
  logger.fatal({ err: error }, 'could not start');
  process.exit(1);
});
