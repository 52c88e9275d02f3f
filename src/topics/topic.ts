import { parseQuery } from './query/parse-query.ts';
import { printQuery } from './query/query.ts';

/** A query with a name. `query` is canonical text (see `printQuery`), empty for every paper. */
export interface Topic {
  readonly name: string;
  readonly query: string;
}

export const EVERY_PAPER: Topic = { name: 'Every paper', query: '' };

/** Picks by what is saved, see `for-you/`. Their queries are no text to look for: nothing but these topics reads them. */
export const FOR_YOU: Topic = { name: 'For you', query: 'foryou:daily' };
export const FOR_YOU_WEEKLY: Topic = { name: 'For you, weekly', query: 'foryou:weekly' };

export function isForYou({ query }: Pick<Topic, 'query'>): boolean {
  return query === FOR_YOU.query || query === FOR_YOU_WEEKLY.query;
}

/** A topic that ships with the bot, such as in `config/topics.json`. */
export interface BuiltInTopic extends Topic {
  readonly id: string;
  /** One line. */
  readonly description: string;
}

/**
 * The topic that somebody means: a built-in one by its name or its id, else a query, by its canonical text; every
 * paper where nothing is typed. Raises `query-syntax`, also for a query whose canonical text is too long to be kept.
 */
export function readTopic(text: string, builtIn: readonly BuiltInTopic[]): Topic {
  const typed = text.trim().toLowerCase();
  const forYou = [FOR_YOU, FOR_YOU_WEEKLY].find(
    ({ name, query }) => typed === query || typed === name.toLowerCase(),
  );
  if (forYou !== undefined) return forYou;
  const named = builtIn.find(({ id, name }) => id === typed || name.toLowerCase() === typed);
  const query = printQuery(parseQuery(named?.query ?? text));
  parseQuery(query);
  if (typed === EVERY_PAPER.name.toLowerCase()) return EVERY_PAPER;
  return { name: named?.name ?? nameOfQuery(query, builtIn), query };
}

/** What a canonical query is called where nobody gave it a name: like the built-in topic that has it, else as it reads. */
export function nameOfQuery(query: string, builtIn: readonly BuiltInTopic[]): string {
  const known = [EVERY_PAPER, FOR_YOU, FOR_YOU_WEEKLY, ...builtIn];
  return known.find((one) => one.query === query)?.name ?? query;
}
