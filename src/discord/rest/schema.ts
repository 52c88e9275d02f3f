import { z } from 'zod';

const Refusal = z.object({
  code: z.number().optional().catch(undefined),
  /** Seconds. */
  retry_after: z.number().nonnegative().optional().catch(undefined),
  global: z.boolean().optional().catch(undefined),
});
export type Refusal = z.infer<typeof Refusal>;

/** The body of an answer that is not a success; undefined when Discord itself did not write it. */
export function parseRefusal(text: string): Refusal | undefined {
  try {
    return Refusal.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
