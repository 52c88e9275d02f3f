import { type REST, Routes } from 'discord.js';
import type { Clock } from '../../calendar/clock.ts';
import type { Instant } from '../../calendar/zoned-time.ts';
import type { Messenger, Setback } from '../../digest/messenger.ts';
import { describeError } from '../rest/describe-error.ts';
import { Created } from './schema.ts';

/** Discord shuts out bots that open many direct messages in a short time. */
const GAP_MS = 5_000;

/** Opens direct messages one after the other; when Discord asks to wait, all of them wait. */
export function createDirectOpener(rest: REST, clock: Clock): Messenger['open'] {
  let nextTurn: Instant = 0;
  let closedUntil: Instant = 0;

  async function post(userId: string): ReturnType<Messenger['open']> {
    try {
      const answer = await rest.post(Routes.userChannels(), { body: { recipient_id: userId } });
      return { kind: 'opened', channelId: Created.parse(answer).id };
    } catch (error) {
      const outcome = describeError(error);
      if (outcome.kind !== 'failed') return outcome;
      closedUntil = clock.now() + (outcome.retryAfter ?? 0);
      return { ...outcome, unknownFate: false };
    }
  }

  return async (userId, signal) => {
    const turn = Math.max(clock.now(), nextTurn);
    nextTurn = turn + GAP_MS;
    await clock.sleep(turn - clock.now(), signal);
    if (signal.aborted) return failed('stopped');
    const wait = closedUntil - clock.now();
    return wait > 0 ? { ...failed('Discord asks to wait'), retryAfter: wait } : post(userId);
  };
}

function failed(message: string): Setback & { readonly kind: 'failed' } {
  return { kind: 'failed', message, unknownFate: false };
}
