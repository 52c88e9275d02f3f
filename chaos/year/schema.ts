import { z } from 'zod';

const Json = z.string().transform((text): unknown => JSON.parse(text));

/** What the bot's process is told when it starts. */
export const YearArguments = Json.pipe(z.object({ seed: z.number(), start: z.number() }));

/** To the bot: its clocks stand at an instant, and it does what is due then. */
export const YearMessage = z.object({ kind: z.enum(['tick', 'measure', 'stop']), at: z.number() });
export type YearMessage = z.infer<typeof YearMessage>;

/** From the bot, once that is done. */
export const YearAnswer = z.object({ heapBytes: z.number(), rssBytes: z.number() });
export type YearAnswer = z.infer<typeof YearAnswer>;

export const Count = z.object({ count: z.number() });
