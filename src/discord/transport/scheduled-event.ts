import {
  GuildScheduledEventEntityType,
  GuildScheduledEventPrivacyLevel,
  type REST,
  Routes,
  SnowflakeUtil,
} from 'discord.js';
import { MINUTE_MS } from '../../calendar/zoned-time.ts';
import type { LookUpAnswer, SendRequest } from '../../delivery/delivery-transport.ts';
import type { Delivery, Step } from '../../delivery/delivery.ts';
import { EventPayload, ScheduledEvents } from './schema.ts';

/** What an event says it is about; the link of the thread in it is how it is found again. */
export function buildEvent(
  delivery: Delivery,
  { step, payload }: Pick<SendRequest, 'step' | 'payload'>,
): object {
  const event = EventPayload.parse(payload);
  const link = linkOf(delivery, step, event);
  const { name, description, startsAt, endsAt, voiceChannelId } = event;
  const place =
    voiceChannelId === undefined
      ? { entity_type: GuildScheduledEventEntityType.External, entity_metadata: { location: link } }
      : { entity_type: GuildScheduledEventEntityType.Voice, channel_id: voiceChannelId };
  return {
    name,
    description: `${description}\n${link}`,
    privacy_level: GuildScheduledEventPrivacyLevel.GuildOnly,
    scheduled_start_time: new Date(startsAt).toISOString(),
    scheduled_end_time: new Date(endsAt).toISOString(),
    ...place,
  };
}

/** The thread of its message, else the message, else the channel: 100 characters at most. */
function linkOf(
  { place, steps }: Delivery,
  { threadOf }: Pick<Step, 'threadOf'>,
  told: Pick<EventPayload, 'messageId' | 'hasThread'>,
): string {
  if (place.kind !== 'channel') throw new RangeError('an event in direct messages');
  const messageId = steps.find(({ n }) => n === threadOf)?.messageId ?? told.messageId;
  const hasThread =
    told.hasThread ?? steps.some(({ kind, status }) => kind === 'thread' && status === 'sent');
  const server = `https://discord.com/channels/${place.guildId}`;
  if (messageId === undefined) return `${server}/${place.channelId}`;
  return hasThread ? `${server}/${messageId}` : `${server}/${place.channelId}/${messageId}`;
}

/** Among those that are to come; one that was deleted since its attempt is not there. */
export async function findEvent(
  rest: REST,
  {
    delivery,
    step,
    authorId,
  }: { readonly delivery: Delivery; readonly step: Step; readonly authorId: string },
): Promise<LookUpAnswer> {
  const { place } = delivery;
  if (place.kind !== 'channel') throw new RangeError('an event in direct messages');
  const link = linkOf(delivery, step, EventPayload.partial().parse(step.view ?? {}));
  const events = ScheduledEvents.parse(await rest.get(Routes.guildScheduledEvents(place.guildId)));
  const since = step.firstAttemptAt ?? delivery.plannedAt;
  const found = events.find(
    ({ id, creator_id: creator, description }) =>
      creator === authorId &&
      description?.endsWith(`\n${link}`) === true &&
      SnowflakeUtil.timestampFrom(id) >= since - MINUTE_MS,
  );
  if (found === undefined) return { kind: 'absent' };
  return { kind: 'found', messageId: found.id, sentAt: SnowflakeUtil.timestampFrom(found.id) };
}
