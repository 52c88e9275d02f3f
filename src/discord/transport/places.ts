import { type REST, Routes } from 'discord.js';
import type { Barred, DeliveryTransport, Failed, Fatal } from '../../delivery/delivery-transport.ts';
import type { Place } from '../../subscriptions/destination.ts';
import { classifyError } from '../rest/classify-error.ts';
import type { Limiter } from '../rest/limiter.ts';
import { Created } from './schema.ts';

type Gone = Barred & { readonly kind: 'gone' };

const MISSING_ACCESS = 50_001;
const UNKNOWN_GUILD = 10_004;
const UNKNOWN_USER = 10_013;

/** Whether a place is there; a person who was gone is not looked for, since that would mean to open anew. */
export async function lookForPlace(rest: REST, place: Place): ReturnType<DeliveryTransport['probe']> {
  if (place.kind === 'dm') return { kind: 'gone', code: UNKNOWN_USER, message: 'The person is gone' };
  try {
    await rest.get(Routes.channel(place.channelId));
    return { kind: 'there' };
  } catch (error) {
    return explainRefusal(error);
  }
}

/** Of a request that changes nothing, whatever became of it. */
function explainRefusal(error: unknown): Barred | Failed | Fatal {
  const why = classifyError(error);
  if (why.kind === 'content') return { kind: 'failed', message: why.message };
  if (why.kind === 'held-back') return { kind: 'failed', message: 'The request was held back' };
  return why.kind === 'unclear' ? { ...why, kind: 'failed' } : why;
}

/** A channel of a server that the bot has left answers as one that it may not see. */
export async function recognizeRemoval<Answer extends { readonly kind: string; readonly code?: number }>(
  rest: REST,
  place: Place,
  answer: Answer,
): Promise<Answer | Gone | Fatal> {
  if (answer.kind !== 'blocked' || answer.code !== MISSING_ACCESS || place.kind === 'dm') return answer;
  try {
    await rest.get(Routes.guild(place.guildId));
    return answer;
  } catch (error) {
    const why = classifyError(error);
    if (why.kind === 'fatal') return why;
    const isRemoved = 'code' in why && (why.code === UNKNOWN_GUILD || why.code === MISSING_ACCESS);
    return isRemoved ? { kind: 'gone', code: UNKNOWN_GUILD, message: why.message } : answer;
  }
}

/** Opening again what is open gives the same channel: an answer that was lost does no harm. */
export async function openDm(
  { rest, limiter }: { readonly rest: REST; readonly limiter: Limiter },
  userId: string,
  signal: AbortSignal,
): ReturnType<DeliveryTransport['openDm']> {
  try {
    const body = { recipient_id: userId };
    const open = () => rest.post(Routes.userChannels(), { body });
    return { kind: 'opened', channelId: Created.parse(await limiter.inLane('open-dm', open, signal)).id };
  } catch (error) {
    const why = explainRefusal(error);
    return why.kind === 'blocked' ? { ...why, kind: 'dms-closed' } : why;
  }
}
