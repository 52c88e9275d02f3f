import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from 'discord.js';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import type { Choice, Command, CommandRequest, Reply } from '../../src/discord/interactions/command.ts';
import { buildTrendChart } from '../../src/discord/rendering/trend-chart.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import type { ListDayRange } from '../../src/topics/paper-search.ts';
import { QUERY_LENGTH } from '../../src/topics/query/query.ts';
import { isForYou, readTopic, type Topic } from '../../src/topics/topic.ts';
import {
  compareEnds,
  findTrends,
  keepMostChanged,
  lastMonths,
  lastWeeks,
  MOST_TRENDS,
  type Trends,
  type TrendUnit,
} from '../../src/topics/trends.ts';
import type { CommandContext } from '../context.ts';
import { findSeen } from '../parts/access.ts';
import { suggestTopics } from '../parts/suggest-topics.ts';
import { topicLabel } from '../subscribe/topic-label.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.trends;
const MONTHS_OF_ALL = 240;
/** Weeks have too few papers each to be drawn over years. */
const PERIODS = { quarter: 13, half: 26, year: 12, all: MONTHS_OF_ALL } as const;
type Period = keyof typeof PERIODS;
const PERIOD_NAMES: readonly Period[] = ['quarter', 'half', 'year', 'all'];
const TOPIC_OPTIONS = ['topic', 'topic2', 'topic3', 'topic4', 'topic5'];
const LABEL = 100;

export const trends: Command<CommandContext> = {
  data: {
    name: 'trends',
    description: TEXTS.description,
    options: [
      ...TOPIC_OPTIONS.map((name, at): APIApplicationCommandBasicOption => ({
        type: ApplicationCommandOptionType.String,
        name,
        description: at === 0 ? TEXTS.topic : TEXTS.anotherTopic,
        autocomplete: true,
        max_length: QUERY_LENGTH,
      })),
      {
        type: ApplicationCommandOptionType.String,
        name: 'period',
        description: TEXTS.period,
        choices: PERIOD_NAMES.map((period) => ({ name: TEXTS.periods[period], value: period })),
      },
    ],
  },
  async execute(request, context) {
    const { options } = request.interaction;
    const period = PERIOD_NAMES.find((one) => one === options.getString('period')) ?? 'half';
    return answerTrends(period, await chooseTopics(request, context), { request, context });
  },
  autocomplete: async ({ interaction, texts }, context): Promise<readonly Choice[]> =>
    suggestTopics(interaction.options.getFocused(), context, texts),
};

interface ChosenTopics {
  readonly topics: readonly Topic[];
  readonly by: 'name' | 'followed' | 'change';
}

/** Those that are named, else those that are followed here, else the built-in ones, of which the most changed are shown. */
async function chooseTopics(request: CommandRequest, context: CommandContext): Promise<ChosenTopics> {
  const { options, user, channelId, guildId } = request.interaction;
  const named = TOPIC_OPTIONS.flatMap((name) => options.getString(name) ?? [])
    .filter((text) => text.trim() !== '')
    .map((text) => readTopic(text, context.topics));
  if (named.some(isForYou)) throw new UserError('no-trend', {});
  if (named.length > 0) return { topics: distinct(named), by: 'name' };
  const id =
    guildId === null
      ? destinationId({ kind: 'dm', userId: user.id })
      : destinationId({ kind: 'channel', channelId });
  const seen = await findSeen(request, id, context.destinations);
  const followed = (seen?.destination.subscriptions ?? [])
    .map(({ topic }) => topic)
    .filter((topic) => topic.query !== '' && !isForYou(topic));
  if (followed.length > 0) return { topics: distinct(followed).slice(0, MOST_TRENDS), by: 'followed' };
  return { topics: context.topics, by: 'change' };
}

function distinct(topics: readonly Topic[]): readonly Topic[] {
  return [...new Map(topics.toReversed().map((topic) => [topic.query, topic])).values()].toReversed();
}

async function answerTrends(
  period: Period,
  { topics, by }: ChosenTopics,
  {
    request: { texts },
    context,
  }: { readonly request: Pick<CommandRequest, 'texts'>; readonly context: CommandContext },
): Promise<Reply> {
  const { unit, periods } = periodsOf(period, context);
  const all = await findTrends({ topics, unit, periods }, context.search.countByDay);
  const found = by === 'change' ? keepMostChanged(all, MOST_TRENDS) : all;
  const drawn = buildTrendChart(found, texts);
  if (drawn === undefined) return { content: texts.trends.tooShort(unit) };
  const png = await context.charts.draw(drawn.chart);
  const { followed, changing, gaps, noPicture } = texts.trends;
  const notes = [
    by === 'followed' ? followed : undefined,
    by === 'change' ? changing() : undefined,
    found.totals.includes(0) ? gaps(unit) : undefined,
    png === undefined ? noPicture : undefined,
  ].filter((note) => note !== undefined);
  const content = [
    texts.trends.heading(unit, found.ends.length, found.ends.at(-1) ?? ''),
    ...describeLines(found, topics, texts),
    ...notes,
  ].join('\n');
  if (png === undefined) return { content };
  const { description } = drawn;
  return { content, files: [{ name: 'trends.png', data: png, contentType: 'image/png', description }] };
}

/** Up to the last list day that is over. */
function periodsOf(
  period: Period,
  { clock }: Pick<CommandContext, 'clock'>,
): { readonly unit: TrendUnit; readonly periods: readonly ListDayRange[] } {
  const until = addDays(listDayAt(clock.now()), -1);
  const amount = PERIODS[period];
  return period === 'year' || period === 'all'
    ? { unit: 'month', periods: lastMonths(until, amount) }
    : { unit: 'week', periods: lastWeeks(until, amount) };
}

function describeLines(found: Trends, topics: readonly Topic[], texts: Texts): readonly string[] {
  return found.topics.flatMap((trend, at) => {
    const topic = topics.find(({ name }) => name === trend.name);
    const ends = compareEnds(found, trend);
    if (topic === undefined || ends === undefined) return [];
    const label = topicLabel(topic, texts, LABEL);
    return [`${at + 1}. ${texts.trends.line(label, found.unit, ends.now, ends.before)}`];
  });
}
