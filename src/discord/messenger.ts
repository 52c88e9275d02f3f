import { DiscordAPIError, HTTPError, RateLimitError, type REST, Routes } from 'discord.js';
import type { Clock } from '../calendar/clock.ts';
import type { SendOutcome } from '../digest/delivery.ts';
import type { Messenger, SendRequest } from '../digest/messenger.ts';
import type { Place } from '../subscriptions/destination.ts';
import { classifyFailure } from './classify-failure.ts';
import { findStepMessage } from './find-step-message.ts';
import { Created } from './messages/schema.ts';
import { renderDigest } from './render-digest.ts';

export interface MessengerOptions {
  readonly rest: REST;
  /** Asked of Discord when it is needed and absent. */
  readonly botUserId?: string;
  readonly clock: Clock;
}

/** Digests as messages of a bot. */
export function createDiscordMessenger({ rest, botUserId }: MessengerOptions): Messenger {
  const openedDms = new Map<string, string>();
  let fatal: SendOutcome | undefined;

  async function resolveChannel(place: Place): Promise<string> {
    if (place.kind === 'channel') return place.channelId;
    if (place.channelId !== undefined) return place.channelId;
    const known = openedDms.get(place.userId);
    if (known !== undefined) return known;
    const { id } = Created.parse(
      await rest.post(Routes.userChannels(), { body: { recipient_id: place.userId } }),
    );
    openedDms.set(place.userId, id);
    return id;
  }

  async function attempt(request: SendRequest): Promise<SendOutcome> {
    let channelId: string;
    try {
      channelId = await resolveChannel(request.destination.place);
    } catch (error) {
      const outcome = describeError(error);
      return outcome.kind === 'failed' ? { ...outcome, unknownFate: false } : outcome;
    }
    try {
      const answer = await rest.post(Routes.channelMessages(channelId), { body: buildBody(request) });
      return { kind: 'sent', messageId: Created.parse(answer).id };
    } catch (error) {
      return describeError(error);
    }
  }

  return {
    render: renderDigest,
    async send(request) {
      // After a 401 the REST client has no token any more, and raises before it asks.
      if (fatal !== undefined) return fatal;
      const outcome = await attempt(request);
      if (outcome.kind === 'fatal') fatal = outcome;
      return outcome;
    },
    async find({ destination, delivery, index }) {
      try {
        const channelId = await resolveChannel(destination.place);
        const authorId = botUserId ?? Created.parse(await rest.get(Routes.user())).id;
        return await findStepMessage(rest, { channelId, authorId, delivery, index });
      } catch {
        return { kind: 'unknown' };
      }
    },
  };
}

function buildBody({ delivery, index, plain }: SendRequest): object {
  const step = delivery.steps[index];
  if (step === undefined) throw new RangeError(`delivery ${delivery.id} has no step ${index}`);
  const payload = plain ? (step.plainPayload ?? step.payload) : step.payload;
  if (typeof payload !== 'object' || payload === null) throw new TypeError('a payload is no message');
  return Object.assign({}, payload, { nonce: `${delivery.id}-${index}`, enforce_nonce: true });
}

function describeError(error: unknown): Exclude<SendOutcome, { kind: 'sent' }> {
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
