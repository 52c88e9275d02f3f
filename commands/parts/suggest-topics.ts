import type { Choice } from '../../src/discord/interactions/command.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { countPapers } from '../../src/subscriptions/backtest.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { type BuiltInTopic, readTopic } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { cut } from './message-parts.ts';

const VALUE_LENGTH = 100;

type SuggestTools = Pick<CommandContext, 'topics' | 'archive' | 'search'>;

/** What was typed as a query, with how much it would bring, then the built-in topics that it may mean. */
export async function suggestTopics(
  typed: string,
  context: SuggestTools,
  texts: Texts,
): Promise<readonly Choice[]> {
  const words = typed.trim().toLowerCase();
  const named = context.topics.filter(({ name, id }) => `${name} ${id}`.toLowerCase().includes(words));
  const described = context.topics.filter(
    (one) => !named.includes(one) && one.description.toLowerCase().includes(words),
  );
  const builtIn = [...named, ...described].map(buildChoice);
  return words === '' ? builtIn : [...(await suggestQuery(typed, context, texts)), ...builtIn];
}

function buildChoice({ id, name, description }: BuiltInTopic): Choice {
  return { name: cut(`${name} · ${description}`), value: id };
}

/** A query that cannot be read yet, or is longer than a choice takes, is not suggested; it can be sent all the same. */
async function suggestQuery(typed: string, context: SuggestTools, texts: Texts): Promise<readonly Choice[]> {
  if (typed.length > VALUE_LENGTH) return [];
  try {
    const { name, query } = readTopic(typed, context.topics);
    if (name !== query) return [];
    const { papers, days } = await countPapers({ query: parseQuery(query), minUpvotes: 0 }, context);
    const volume = texts.subscribe.volume(papers, days);
    return [{ name: `${cut(typed.trim(), VALUE_LENGTH - volume.length)}${volume}`, value: typed.trim() }];
  } catch (error) {
    if (error instanceof UserError) return [];
    throw error;
  }
}
