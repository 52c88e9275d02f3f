import { z } from 'zod';
import type { Message } from '../playground/discord/state.ts';

const Json = z.string().transform((text): unknown => JSON.parse(text));

export const StretchMessage = z.object({ real: z.number(), virtual: z.number(), speed: z.number() });

/** What a bot's process is told when it starts. */
export const BotArguments = Json.pipe(StretchMessage.extend({ seed: z.number() }));

const Organization = z.looseObject({ name: z.string(), fullname: z.string().optional() }).optional();

/** A paper that was asked for. */
export const PaperAnswer = z.looseObject({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  upvotes: z.number().catch(0),
  githubStars: z.number().optional(),
  submittedOnDailyAt: z.string().optional(),
  githubRepo: z.string().nullish(),
  ai_summary: z.string().optional(),
  ai_keywords: z.array(z.string()).optional(),
  authors: z.array(z.looseObject({ name: z.string(), hidden: z.boolean().optional() })).optional(),
  organization: Organization,
});

/** An item of a list as Hugging Face has it; what is not named here is passed on. */
export const Item = z.looseObject({
  paper: PaperAnswer,
  organization: Organization,
  numComments: z.number().optional(),
});
export type Item = z.infer<typeof Item>;

/** A line of the recorded lists. */
export const RecordedLine = Json.pipe(z.object({ date: z.string(), item: Item }));

export const ListAnswer = z.array(Item);

/** What a run found, as its last lines say it. */
export const Figures = Json.pipe(z.record(z.string(), z.number()));
export type Figures = z.infer<typeof Figures>;

/** A line that the bot logs; what a process that breaks says last is none. */
export const LogLine = z
  .string()
  .transform(parseJson)
  .pipe(z.looseObject({ msg: z.string(), level: z.number() }));

/** The body of a request that edits a message; Discord has checked what is in it. */
export const EditBody = z.object({
  content: z.string().nullish(),
  embeds: z.custom<Message['embeds']>(Array.isArray).optional(),
  components: z.custom<Message['components']>(Array.isArray).optional(),
  allowed_mentions: z
    .object({
      parse: z.array(z.string()).optional(),
      roles: z.array(z.string()).optional(),
      users: z.array(z.string()).optional(),
    })
    .optional(),
});
export type EditBody = z.infer<typeof EditBody>;

/** https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit-rate-limit-response-structure */
export const TooManyRequests = z
  .string()
  .transform(parseJson)
  .pipe(z.object({ retry_after: z.number(), global: z.boolean().default(false) }));

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
