import { DiscordAPIError, type REST, Routes, SnowflakeUtil } from 'discord.js';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { SendRequest, StepSearch } from '../../digest/messenger.ts';
import { stepOf } from '../../digest/outcomes.ts';
import { foundAs } from './find-step-message.ts';
import { ForumPostPayload, ThreadList, ThreadPayload } from './schema.ts';
import { channelOf } from './send-step.ts';

/** A thread has the id of the message that it was made from. */
export async function findThreadOfMessage(rest: REST, request: SendRequest): Promise<StepSearch> {
  const { of } = ThreadPayload.parse(stepOf(request).payload);
  const message = request.delivery.steps[of]?.outcome;
  if (message?.kind !== 'sent' || message.messageId === undefined) return { kind: 'absent' };
  try {
    await rest.get(Routes.channel(message.messageId));
    return foundAs(message.messageId);
  } catch (error) {
    if (error instanceof DiscordAPIError && error.status === 404) return { kind: 'absent' };
    throw error;
  }
}

/** A forum post has no nonce: it is known by its forum, owner and name, and by being no older than its attempt. */
export async function findForumPost(rest: REST, request: SendRequest, authorId: string): Promise<StepSearch> {
  const { place } = request.destination;
  if (place.kind !== 'channel') return { kind: 'absent' };
  const { name } = ForumPostPayload.parse(stepOf(request).payload);
  const forum = channelOf(place);
  const { plannedAt, steps } = request.delivery;
  const start = SnowflakeUtil.generate({
    timestamp: (stepOf(request).attemptedAt ?? plannedAt) - MINUTE_MS,
  });
  const known = steps.flatMap(({ outcome }) => (outcome?.kind === 'sent' ? (outcome.messageId ?? []) : []));
  for (const route of [Routes.guildActiveThreads(place.guildId), Routes.channelThreads(forum, 'public')]) {
    const { threads } = ThreadList.parse(await rest.get(route));
    const found = threads.find(
      (thread) =>
        thread.parent_id === forum &&
        thread.owner_id === authorId &&
        thread.name === name &&
        BigInt(thread.id) >= start &&
        !known.includes(thread.id),
    );
    if (found !== undefined) return foundAs(found.id);
  }
  return { kind: 'absent' };
}
