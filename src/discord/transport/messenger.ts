import { type REST, Routes } from 'discord.js';
import type { Clock } from '../../calendar/clock.ts';
import type { Fatal, Messenger, SendRequest, StepSearch } from '../../digest/messenger.ts';
import { stepOf } from '../../digest/outcomes.ts';
import { findStepMessage } from './find-step-message.ts';
import { findForumPost, findThreadOfMessage } from './find-thread.ts';
import { judgeLookUp } from './judge-look-up.ts';
import { lookForPlace, recognizeRemoval } from './look-for-place.ts';
import { Created } from './schema.ts';
import { createDirectOpener } from './open-direct.ts';
import { renderDigest } from '../rendering/render-digest.ts';
import { channelOf, sendStep } from './send-step.ts';

export interface MessengerOptions {
  readonly rest: REST;
  /** Asked of Discord when it is needed and absent. */
  readonly botUserId?: string;
  readonly clock: Clock;
}

/** Digests as messages of a bot. */
export function createDiscordMessenger({ rest, botUserId, clock }: MessengerOptions): Messenger {
  const openDirect = createDirectOpener(rest, clock);
  let fatal: Fatal | undefined;

  /** After a 401 the REST client has no token any more, and raises before it asks. */
  async function ask<Answer extends { readonly kind: string }>(
    request: () => Promise<Answer>,
  ): Promise<Answer | Fatal> {
    if (fatal !== undefined) return fatal;
    const answer = await request();
    if (isFatal(answer)) fatal = answer;
    return answer;
  }

  async function findStep(request: SendRequest): Promise<StepSearch> {
    const { kind } = stepOf(request);
    if (kind === 'thread-from-message') return findThreadOfMessage(rest, request);
    const authorId = botUserId ?? Created.parse(await rest.get(Routes.user())).id;
    if (kind === 'forum-post') return findForumPost(rest, request, authorId);
    const { delivery, index, destination } = request;
    return findStepMessage(rest, { channelId: channelOf(destination.place), authorId, delivery, index });
  }

  return {
    render: renderDigest,
    open: (userId, signal) => ask(() => openDirect(userId, signal)),
    send: (request) =>
      ask(async () => recognizeRemoval(rest, request.destination.place, await sendStep(rest, request))),
    probe: (place) => ask(async () => recognizeRemoval(rest, place, await lookForPlace(rest, place))),
    find: (request) => ask(() => findStep(request).catch(judgeLookUp)),
  };
}

function isFatal(answer: { readonly kind: string }): answer is Fatal {
  return answer.kind === 'fatal';
}
