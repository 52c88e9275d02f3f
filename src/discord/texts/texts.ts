import { createEnglish } from './en/english.ts';
import type { MentionCommand } from './en/phrases.ts';

/** All that people read of the bot, in one language. English sets the shape; each other language has the same. */
export type Texts = ReturnType<typeof createEnglish>;

/** What there is for everybody: the default of commands' descriptions, and the language of digests. */
export const DEFAULT_LOCALE = 'en-US';

const ENGLISH = createEnglish((name) => `\`/${name}\``);

/** The texts for one of Discord's locales, English where there are none. Commands are named as code without `mention`. */
export function textsFor(_locale: string, mention?: MentionCommand): Texts {
  return mention === undefined ? ENGLISH : createEnglish(mention);
}
