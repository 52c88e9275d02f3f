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
