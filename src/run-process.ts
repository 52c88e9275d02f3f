import { type BotOptions, startBot } from './bot/bot.ts';

const STOP_WITHIN_MS = 10_000;

/**
 * Runs the bot as the work of this process: until SIGTERM or SIGINT, which end it with 0, or until it cannot start or
 * go on, which ends it with 1. A stop lets requests under way finish; what is left goes on at the next start.
 */
export async function runProcess(options: Omit<BotOptions, 'onFatal'>): Promise<void> {
  const { logger } = options;
  let stopping: Promise<never> | undefined;
  const stopOnce = (exitCode: number) => {
    stopping ??= stop(exitCode);
  };
  const leaving = new AbortController();
  async function stop(exitCode: number): Promise<never> {
    leaving.abort();
    setTimeout(() => {
      logger.error({}, 'did not stop in time');
      process.exit(exitCode);
    }, STOP_WITHIN_MS).unref();
    try {
      await (await starting.catch(() => undefined))?.stop();
    } catch (error) {
      logger.error({ err: error }, 'did not stop cleanly');
    }
    return process.exit(exitCode);
  }
  process.on('SIGTERM', () => stopOnce(0));
  process.on('SIGINT', () => stopOnce(0));

  const starting = startBot({
    ...options,
    signal: leaving.signal,
    onFatal(message) {
      logger.fatal({}, message);
      stopOnce(1);
    },
  });
  await starting.catch((error: unknown) => {
    if (leaving.signal.aborted) return;
    logger.fatal({ err: error }, 'could not start');
    process.exit(1);
  });
}
