import { DiscordAPIError, HTTPError } from 'discord.js';
import type { Clock, Random } from '../../calendar/clock.ts';
import { retryDelay } from '../../delivery/retry.ts';
import { isNetworkError, StorageError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { isPassing } from './classify-error.ts';
import { AskedToWaitError, ForeignAnswerError } from './request-errors.ts';

export interface Patience {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Ends the trying: what failed last is raised. */
  readonly signal?: AbortSignal | undefined;
}

interface Attempts extends Patience {
  /** For the log, when a try has failed. */
  readonly message: string;
  /** A try has failed, and another one follows. */
  readonly onFailure?: (reason: string) => void;
}

/** Tries until it works, longer apart each time, as long as what fails is that Discord or the ledger cannot be reached. */
export async function keepTrying<T>(
  start: () => Promise<T>,
  { clock, random, log, signal, message, onFailure }: Attempts,
): Promise<T> {
  const isStopped = () => signal?.aborted === true;
  for (let failures = 1; ; failures += 1) {
    try {
      return await start();
    } catch (error) {
      const mayGetBetter = mayPass(error) || error instanceof StorageError;
      if (!mayGetBetter || isStopped()) throw error;
      const delay = retryDelay({ failures, random, retryAfterMs: retryAfterOf(error) });
      const reason = reasonOf(error);
      log.warn({ delay, reason }, message);
      onFailure?.(reason);
      await clock.sleep(delay, signal);
      if (isStopped()) throw error;
    }
  }
}

/** Whether Discord did not answer, or asks to come later: a refused token, or a bug, does not get better by itself. */
export function mayPass(error: unknown): boolean {
  if (error instanceof DiscordAPIError) return isPassing(error.status, Number(error.code) || 0);
  if (error instanceof HTTPError || error instanceof ForeignAnswerError) return true;
  return retryAfterOf(error) !== undefined || isNetworkError(error);
}

function retryAfterOf(error: unknown): number | undefined {
  const saysHowLong = error instanceof AskedToWaitError || error instanceof ForeignAnswerError;
  return saysHowLong ? error.retryAfter : undefined;
}

/** Why a try failed, for the log. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? error.message : 'no connection';
}
