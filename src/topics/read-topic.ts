import type { BuiltInTopic } from './built-in-topic.ts';
import { parseQuery } from './query/parse-query.ts';
import { printQuery } from './query/print-query.ts';
import { EVERY_PAPER, type Topic } from './topic.ts';

/**
 * The topic that somebody means: a built-in one by its name or its id, else a query, by its canonical text; every
 * paper where nothing is typed. Raises `query-syntax`, also for a query whose canonical text is too long to be kept.
 */
export function readTopic(text: string, builtIn: readonly BuiltInTopic[]): Topic {
  const typed = text.trim().toLowerCase();
  const named = builtIn.find(({ id, name }) => id === typed || name.toLowerCase() === typed);
  const query = printQuery(parseQuery(named?.query ?? text));
  parseQuery(query);
  if (query === '' || typed === EVERY_PAPER.name.toLowerCase()) return EVERY_PAPER;
  const same = named ?? builtIn.find((one) => one.query === query);
  return { name: same?.name ?? query, query };
}
