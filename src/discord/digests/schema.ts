import { z } from 'zod';

const Whole = z.number().int().min(0);

/** What one message of a digest shows, without its words: by it the message is made, and made again as votes grow. */
export const DigestView = z.object({
  deliveryId: z.string(),
  /** The number of its step. */
  n: Whole,
  look: z.enum(['layout', 'embeds']),
  /** Of a digest's first message. */
  heading: z
    .object({
      day: z.string(),
      papers: Whole,
      /** Those of list days before, and that day where it is one. */
      earlier: Whole,
      earlierDay: z.string().exactOptional(),
    })
    .exactOptional(),
  /** Of the first paper, where they are numbered. */
  firstNumber: Whole.exactOptional(),
  /** So many papers are cards, the rest are lines. */
  cards: Whole,
  /** Best first, 25 at most. */
  papers: z.array(z.object({ id: z.string(), topics: z.array(z.string()) })).min(1),
});
export type DigestView = z.infer<typeof DigestView>;
