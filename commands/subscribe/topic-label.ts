import { escapeWithin } from '../../src/discord/rendering/escape-markdown.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Topic } from '../../src/topics/topic.ts';
import { cut } from '../parts/message-parts.ts';

const NAME = 100;

/** A query as code, in which nothing is alive. */
export function queryCode(query: string, length = 300): string {
  return `\`${cut(query.replaceAll('`', 'ˋ'), length)}\``;
}

/** A topic by its name, or by its query where that is the name. */
export function topicLabel({ name, query }: Topic, texts: Texts, length = NAME): string {
  if (query === '') return texts.subscribe.everyPaper;
  return name === query ? queryCode(query, length) : `**${escapeWithin(name, length)}**`;
}

/** The same without Markdown, for menus and choices. */
export function topicName({ name, query }: Topic, texts: Texts): string {
  return query === '' ? texts.subscribe.everyPaper : name;
}
