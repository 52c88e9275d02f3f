import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { Setback } from '../../digest/messenger.ts';
import { classifyFailure } from './classify-failure.ts';

/** What an error of the REST client means. Raises a `RangeError` again: that is a bug. */
export function describeError(error: unknown): Setback {
  if (error instanceof RateLimitError) {
    const message = 'Discord asks to wait';
    return { kind: 'failed', message, unknownFate: false, retryAfter: error.retryAfter };
  }
  if (error instanceof DiscordAPIError) {
    return classifyFailure(error.status, Number(error.code) || 0, error.message);
  }
  if (error instanceof HTTPError) return classifyFailure(error.status, 0);
  if (error instanceof RangeError) throw error;
  const message = error instanceof Error ? error.message : 'the request failed';
  return { kind: 'failed', message, unknownFate: true };
}
