import { z } from 'zod';

const Id = z.string().regex(/^\d+$/);
const Control = z.object({ custom_id: z.string().optional() });
const Row = z.object({ components: z.array(Control).catch([]) });

/** Of a message only what tells whose it is, and of which step. */
export const PostedMessage = z.object({
  id: Id,
  author: z.object({ id: Id }),
  components: z.array(Row).catch([]),
});
export const PostedMessages = z.array(PostedMessage);
/** A message or channel that was just made. */
export const Created = z.object({ id: Id });
export const ChannelState = z.object({ last_message_id: Id.nullish() });

const Thread = z.object({
  id: Id,
  name: z.string(),
  parent_id: Id.nullish(),
  owner_id: Id.nullish(),
});
export const ThreadList = z.object({ threads: z.array(Thread) });

const Tag = z.object({ id: Id, name: z.string(), moderated: z.boolean().catch(false) });
export type Tag = z.infer<typeof Tag>;
/** Of a forum channel only what a post needs to know. */
export const Forum = z.object({ available_tags: z.array(Tag).catch([]), flags: z.number().catch(0) });
export type Forum = z.infer<typeof Forum>;

/** Whether an answer came and makes no sense: it is no JSON, or of another shape. */
export function isUnreadable(error: unknown): boolean {
  return error instanceof z.ZodError || error instanceof SyntaxError;
}

const Message = z.looseObject({});
/** What a planned step of each kind carries. */
export const MessagePayload = Message;
export const ForumPostPayload = z.object({
  name: z.string(),
  /** Topics, then keywords, that a tag may fit. */
  labels: z.array(z.string()),
  message: Message,
});
export const ThreadPayload = z.object({
  name: z.string(),
  /** Index of the step whose message the thread belongs to. */
  of: z.number().int(),
});
