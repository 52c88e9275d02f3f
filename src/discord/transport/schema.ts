import { z } from 'zod';
import type { Chart as TrendChart } from '../../topics/chart.ts';

const Id = z.string().regex(/^\d+$/);

/** Of a message only what tells whose it is, and of which step. */
export const PostedMessage = z.object({
  id: Id,
  author: z.object({ id: Id }),
  components: z.unknown().optional(),
  poll: z.unknown().optional(),
});
export type PostedMessage = z.infer<typeof PostedMessage>;
export const PostedMessages = z.array(PostedMessage);
/** A message or channel that was just made. */
export const Created = z.object({ id: Id });
export const FlaggedMessage = z.object({ flags: z.number() });
export const ChannelState = z.object({ id: Id, last_message_id: Id.nullish() });

const Thread = z.object({
  id: Id,
  name: z.string(),
  parent_id: Id.nullish(),
  owner_id: Id.nullish(),
  thread_metadata: z.object({ archive_timestamp: z.string() }).optional(),
});
export type Thread = z.infer<typeof Thread>;
export const ThreadList = z.object({ threads: z.array(Thread), has_more: z.boolean().optional() });

const Tag = z.object({ id: Id, name: z.string(), moderated: z.boolean().catch(false) });
/** Of a forum channel only what a post needs to know. */
export const Forum = z.object({ available_tags: z.array(Tag).catch([]), flags: z.number().catch(0) });
export type Forum = z.infer<typeof Forum>;

/** Whether an answer is JSON of another shape. */
export function isOfAnotherShape(error: unknown): boolean {
  return error instanceof z.ZodError;
}

const Chart: z.ZodType<TrendChart> = z.object({
  title: z.string(),
  labels: z.array(z.string()),
  lines: z.array(z.object({ name: z.string(), note: z.string(), values: z.array(z.number().nullable()) })),
});

const Picture = z.object({ name: z.string(), description: z.string(), chart: Chart }).optional();
/** Of a message, or of the one that begins a forum post. */
export const PicturedPayload = z.object({
  picture: Picture,
  message: z.object({ picture: Picture }).optional(),
});

/** What a step of each kind is rendered as. */
export const MessagePayload = z.looseObject({
  /** To be drawn and attached: Discord does not get it as it stands. */
  picture: Picture,
  content: z.string().optional(),
  components: z.array(z.unknown()).default([]),
  flags: z.number().default(0),
});
export type MessagePayload = z.infer<typeof MessagePayload>;
export const ForumPostPayload = z.object({
  name: z.string(),
  /** Topics, then keywords, that a tag may fit. */
  labels: z.array(z.string()),
  message: MessagePayload,
});
export const ThreadPayload = z.object({ name: z.string() });
export const PollPayload = z.object({ poll: z.looseObject({}) });
export const EventPayload = z.object({
  name: z.string(),
  description: z.string(),
  startsAt: z.number(),
  endsAt: z.number(),
  voiceChannelId: z.string().optional(),
  /** Of the message that tells of it, where that is not a step of the same delivery. */
  messageId: z.string().optional(),
  hasThread: z.boolean().optional(),
});
export type EventPayload = z.infer<typeof EventPayload>;

/** https://docs.discord.com/developers/resources/guild-scheduled-event */
export const ScheduledEvent = z.object({
  id: Id,
  creator_id: Id.nullish(),
  description: z.string().nullish(),
  scheduled_start_time: z.string(),
  status: z.number(),
});
export type ScheduledEvent = z.infer<typeof ScheduledEvent>;
export const ScheduledEvents = z.array(ScheduledEvent);

/** https://docs.discord.com/developers/resources/poll */
export const PollMessage = z.object({
  poll: z.object({
    answers: z.array(z.object({ answer_id: z.number() })),
    expiry: z.string().nullish(),
    results: z
      .object({
        is_finalized: z.boolean(),
        answer_counts: z.array(z.object({ id: z.number(), count: z.number() })),
      })
      .nullish(),
  }),
});
