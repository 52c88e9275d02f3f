import { existsSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';

// Too late for this file, which npm start sees to with compile-cache.mjs, but not for the rest.
enableCompileCache();

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
const [{ runProcess }, { createLogger, createReadableLines, openStdout }, { systemClock }] =
  await Promise.all([import('./run-process.ts'), import('./logger.ts'), import('./system-clock.ts')]);
const terminal = process.stdout.isTTY ? createReadableLines(openStdout()) : undefined;
await runProcess({
  config,
  clock: systemClock,
  random: Math.random,
  logger: createLogger(config.logLevel, terminal),
});
// Now, as a process that is killed writes nothing.
flushCompileCache();
