import { DiscordAPIError } from 'discord.js';
import type { StepSearch } from '../../digest/messenger.ts';
import { isPassing } from '../rest/classify-failure.ts';
import { describeError } from '../rest/describe-error.ts';
import { isUnreadable } from './schema.ts';

/**
 * What a look-up that failed says about a step. Only what passes by itself is worth waiting for: a right that is missing
 * and an answer that cannot be read may stay as they are for ever. Raises a `RangeError` again: that is a bug.
 */
export function judgeLookUp(error: unknown): StepSearch {
  const setback = describeError(error);
  if (setback.kind === 'fatal') return setback;
  if (isUnreadable(error)) return { kind: 'unknown' };
  const isForGood = error instanceof DiscordAPIError && !isPassing(error.status, Number(error.code) || 0);
  return { kind: isForGood ? 'unknown' : 'unanswered' };
}
