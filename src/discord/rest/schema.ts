import { z } from 'zod';

const ApiError = z.object({
  message: z.string(),
  /**
   * Discord's are 0 or of five digits and more; a proxy likes to repeat the status.
   * https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
   */
  code: z
    .number()
    .refine((code) => code === 0 || code >= 10_000)
    .optional(),
  /** Seconds. */
  retry_after: z.number().nonnegative().optional(),
  global: z.boolean().optional(),
});
export type ApiError = z.infer<typeof ApiError>;

/** The body of a refusal; undefined when Discord itself did not write it. A 429 of Discord may have no code. */
export function parseApiError(status: number, text: string): ApiError | undefined {
  try {
    const { data } = ApiError.safeParse(JSON.parse(text));
    const isWhole = data?.code !== undefined || (status === 429 && data?.retry_after !== undefined);
    return isWhole ? data : undefined;
  } catch {
    return undefined;
  }
}
