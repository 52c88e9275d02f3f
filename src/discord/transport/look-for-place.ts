import { type REST, Routes } from 'discord.js';
import type { SendOutcome } from '../../digest/delivery.ts';
import type { Messenger, Setback } from '../../digest/messenger.ts';
import type { Place } from '../../subscriptions/destination.ts';
import { describeError } from '../rest/describe-error.ts';

const MISSING_ACCESS = 50_001;
const UNKNOWN_GUILD = 10_004;
const UNKNOWN_USER = 10_013;

/** Whether a place is there; a person who was gone is not looked for, since that would mean to open anew. */
export async function lookForPlace(rest: REST, place: Place): ReturnType<Messenger['probe']> {
  if (place.kind === 'dm') return { kind: 'gone', code: UNKNOWN_USER, message: 'The person is gone' };
  try {
    await rest.get(Routes.channel(place.channelId));
    return { kind: 'there' };
  } catch (error) {
    return describeError(error);
  }
}

/** A channel of a server that the bot has left answers as one that it may not see. */
export async function recognizeRemoval<Answer extends SendOutcome | { readonly kind: 'there' }>(
  rest: REST,
  place: Place,
  answer: Answer,
): Promise<Answer | Setback> {
  if (!('code' in answer) || answer.code !== MISSING_ACCESS || place.kind === 'dm') return answer;
  try {
    await rest.get(Routes.guild(place.guildId));
    return answer;
  } catch (error) {
    const why = describeError(error);
    if (why.kind === 'fatal') return why;
    const isRemoved = 'code' in why && (why.code === UNKNOWN_GUILD || why.code === MISSING_ACCESS);
    return isRemoved ? { kind: 'gone', code: UNKNOWN_GUILD, message: why.message } : answer;
  }
}
