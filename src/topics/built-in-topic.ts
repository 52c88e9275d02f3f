import type { Topic } from './topic.ts';

/** A topic that ships with the bot, such as in `config/topics.json`. */
export interface BuiltInTopic extends Topic {
  readonly id: string;
  /** One line. */
  readonly description: string;
}
