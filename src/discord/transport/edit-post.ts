import { MessageFlags, type REST, Routes } from 'discord.js';
import type { Json } from '../../delivery/delivery.ts';
import type { EditAnswer, Post } from '../../digest/post.ts';
import { classifyError, lastingCode } from '../rest/classify-error.ts';
import { asEdit } from '../rest/pace-requests.ts';
import { Created, FlaggedMessage, MessagePayload } from './schema.ts';
import { nameRole } from './send-step.ts';

/**
 * Lets a message show something else, without a ping. One that people published to other channels is left alone: each
 * edit would go there too, and Discord takes few of those (20022).
 */
export async function editPost(rest: REST, post: Post, message: Json): Promise<EditAnswer> {
  const route = Routes.channelMessage(post.channelId, post.messageId);
  return await asEdit(async () => {
    try {
      if (post.mayBeCrossposted && isCrossposted(await rest.get(route))) {
        return { kind: 'lasting', message: 'The message was published to other channels' };
      }
      const shown = MessagePayload.parse(message);
      const whole = post.role === undefined ? shown : nameRole(shown, post.role);
      const answer = await rest.patch(route, { body: { ...whole, allowed_mentions: { parse: [] } } });
      return isMessage(answer, post.messageId)
        ? { kind: 'edited' }
        : { kind: 'unclear', message: 'The answer is not the message' };
    } catch (error) {
      return explainRefusal(error);
    }
  });
}

function isMessage(answer: unknown, id: string): boolean {
  return Created.safeParse(answer).data?.id === id;
}

function isCrossposted(message: unknown): boolean {
  return (FlaggedMessage.parse(message).flags & MessageFlags.Crossposted) !== 0;
}

/** What does not pass by itself: the message was deleted, its thread is archived, a right is lost. */
function explainRefusal(error: unknown): EditAnswer {
  const why = classifyError(error);
  if (why.kind === 'fatal' || why.kind === 'held-back' || why.kind === 'unclear') return why;
  const code = lastingCode(error);
  if (why.kind === 'failed' && code === undefined) return why;
  return { kind: 'lasting', message: why.message, ...(code === undefined ? {} : { code }) };
}
