import { ApplicationCommandOptionType } from 'discord.js';
import { type ListDay, listDayAt, parseListDay } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import type { Choice, Command, Control, ControlRequest } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { parsePaperId } from '../../src/papers/parse-paper-id.ts';
import { plainText } from '../../src/papers/plain-text.ts';
import type { SortOrder, Suggestion } from '../../src/topics/paper-search.ts';
import { dropLittleWords } from '../../src/topics/languages/glossary.ts';
import { splitWords } from '../../src/topics/query/fold-text.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { printQuery, allOf, type Query, QUERY_LENGTH, topicOf } from '../../src/topics/query/query.ts';
import { readTopic } from '../../src/topics/topic.ts';
import type { SavedSearch } from '../../src/topics/run-search.ts';
import type { CommandContext } from '../context.ts';
import { askerOf } from '../parts/asker.ts';
import { chooseOpenPlace } from '../parts/choose-place.ts';
import { fetchExamples, fetchPaper } from '../papers/find-paper.ts';
import { cut, readPageNumber } from '../parts/message-parts.ts';
import { followAt } from '../subscribe/subscribe.ts';
import { buildSearchPage, type SearchView } from './search-page.ts';

const { commands, search: SEARCH_TEXTS } = textsFor(DEFAULT_LOCALE);
const TEXTS = commands.search;
const TEXT = ApplicationCommandOptionType.String as const;
const SORTS: readonly SortOrder[] = ['relevance', 'newest', 'upvotes'];
const SUGGESTIONS = 25;
const CHOICE_LENGTH = 100;
const RECENT_DAYS = [7, 30, 90];
const MOST_UPVOTES = 10_000;

export const search: Command<CommandContext> = {
  data: {
    name: 'search',
    description: TEXTS.description,
    options: [
      {
        type: TEXT,
        name: 'query',
        description: TEXTS.query,
        required: true,
        autocomplete: true,
        max_length: QUERY_LENGTH,
      },
      {
        type: TEXT,
        name: 'sort',
        description: TEXTS.sort,
        choices: SORTS.map((sort) => ({ name: SEARCH_TEXTS.sorts[sort], value: sort })),
      },
      { type: TEXT, name: 'since', description: TEXTS.since, autocomplete: true },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'min_upvotes',
        description: TEXTS.minUpvotes,
        min_value: 0,
        max_value: MOST_UPVOTES,
      },
    ],
  },
  async execute({ interaction, texts }, context) {
    const { options } = interaction;
    const since = options.getString('since');
    const text = options.getString('query', true);
    const paperId = parsePaperId(text);
    // A paper that only Hugging Face knows is in the archive from then on, where the search finds it.
    if (paperId !== undefined && (await fetchPaper(paperId, context)) === undefined) {
      throw new UserError('paper-not-found', { text });
    }
    const query = readQuery(
      text,
      since === null ? { kind: 'every' } : readSince(since, listDayAt(context.clock.now())),
      options.getInteger('min_upvotes'),
    );
    await fetchExamples(query, context);
    const sort = SORTS.find((one) => one === options.getString('sort')) ?? 'relevance';
    return buildSearchPage({ query, sort, page: 0, asker: askerOf(interaction) }, context, texts);
  },
  async autocomplete({ interaction, texts }, context) {
    const { name, value } = interaction.options.getFocused(true);
    if (name === 'since') return suggestDays(value, context, texts);
    const suggestions = await context.search.suggest(plainText(value), SUGGESTIONS);
    return suggestions.map((one) => buildChoice(one, texts));
  },
};

/** The options are conditions of the query, so that its buttons carry them along. */
function readQuery(text: string, since: Query, minUpvotes: number | null): Query {
  const query = allOf([
    parseQuery(dropLittleWords(plainText(text))),
    since,
    minUpvotes === null || minUpvotes === 0
      ? { kind: 'every' }
      : { kind: 'number', field: 'upvotes', comparison: '>=', value: minUpvotes },
  ]);
  // Read back, because the whole must be within the bounds of a query as well.
  return parseQuery(printQuery(query));
}

/** The language itself also takes a year or a month. */
function readSince(text: string, today: ListDay): Query {
  const day = parseListDay(text, today) ?? text.trim();
  try {
    if (/^[\d-]{4,10}$/.test(day)) return parseQuery(`since:${day}`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
  throw new UserError('day-not-readable', { text });
}

function suggestDays(
  typed: string,
  { clock }: Pick<CommandContext, 'clock'>,
  { search: words }: Texts,
): readonly Choice[] {
  const today = listDayAt(clock.now());
  const recent = RECENT_DAYS.map((days) => {
    const day = addDays(today, -days);
    return { name: words.lastDays(days, day), value: day };
  });
  const year = today.slice(0, 4);
  const all = [...recent, { name: words.thisYear(year), value: `${year}-01-01` }];
  return all.filter(({ name, value }) =>
    `${name} ${value}`.toLowerCase().includes(typed.trim().toLowerCase()),
  );
}

/** What is chosen is a query: a title becomes its words, of which punctuation can be no part. */
function buildChoice({ kind, text }: Suggestion, texts: Texts): Choice {
  const words = splitWords(text).join(' ');
  if (kind === 'title') return { name: cut(text), value: cutWords(words) };
  const { suggestedAuthor, suggestedKeyword } = texts.search;
  const name = kind === 'author' ? suggestedAuthor(text) : suggestedKeyword(text);
  return { name: cut(name), value: `${kind}:"${words}"` };
}

function cutWords(words: string): string {
  if (words.length <= CHOICE_LENGTH) return words;
  return words
    .slice(0, CHOICE_LENGTH + 1)
    .replace(/\s\S*$/u, '')
    .slice(0, CHOICE_LENGTH);
}

/** Raises `control-outdated` for a search that is no longer kept. */
async function readSaved(
  key: string,
  { savedSearches }: Pick<CommandContext, 'savedSearches'>,
): Promise<SavedSearch> {
  const saved = await savedSearches.get(key);
  if (saved === undefined) throw new UserError('control-outdated', {});
  return saved;
}

/** The page that a button of a search goes to. */
async function readView(request: ControlRequest, context: CommandContext): Promise<SearchView> {
  const { interaction, values } = request;
  const [key = '', number = ''] = values;
  const page = readPageNumber(number);
  const saved = await readSaved(key, context);
  return { query: parseQuery(saved.query), sort: saved.sort, page, asker: askerOf(interaction) };
}

export const turnSearch: Control<CommandContext> = {
  name: 'search',
  answer: 'update',
  execute: async (request, context) =>
    buildSearchPage(await readView(request, context), context, request.texts),
};

export const showSearch: Control<CommandContext> = {
  name: 'search-show',
  answer: 'show',
  execute: async (request, context) =>
    buildSearchPage({ ...(await readView(request, context)), isShown: true }, context, request.texts),
};

/** Follows what was searched for, here where the person may change the channel, else by direct message. */
export const followSearch: Control<CommandContext> = {
  name: 'follow',
  answer: 'reply',
  async execute(request, context) {
    const [key = ''] = request.values;
    const { query } = await readSaved(key, context);
    const topic = readTopic(printQuery(topicOf(parseQuery(query))), []);
    return followAt(request, { topic, minUpvotes: 0, ...(await chooseOpenPlace(request, context)) }, context);
  },
};
