import { ApplicationCommandOptionType } from 'discord.js';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays, type Day } from '../../src/calendar/zoned-time.ts';
import type { Command, Control, ControlRequest, Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import type { MatchedPaper } from '../../src/topics/paper-search.ts';
import type { CommandContext } from '../context.ts';
import { readPageNumber, takePage, withoutPager } from '../parts/message-parts.ts';
import { buildPaperList, LIST_PAGE } from './paper-list.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.trending;

const PERIODS = ['day', 'week', 'month'] as const;
type Period = (typeof PERIODS)[number];

/** List days of a period; the day is the latest one that has papers. */
const DAYS = { week: 7, month: 30 } as const;

export const trending: Command<CommandContext> = {
  data: {
    name: 'trending',
    description: TEXTS.description,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'period',
        description: TEXTS.period,
        choices: PERIODS.map((period) => ({ name: TEXTS.periods[period], value: period })),
      },
    ],
  },
  async execute({ interaction, texts }, context) {
    const period = readPeriod(interaction.options.getString('period') ?? 'day');
    return buildPage({ period, page: 0 }, context, texts);
  },
};

function readPeriod(text: string): Period {
  const period = PERIODS.find((one) => one === text);
  if (period === undefined) throw new UserError('control-outdated', {});
  return period;
}

type TrendingTools = Pick<CommandContext, 'archive' | 'search' | 'clock'>;

async function buildPage(
  { period, page }: { readonly period: Period; readonly page: number },
  context: TrendingTools,
  texts: Texts,
): Promise<Reply> {
  const first = firstDay(period, context);
  const listed = await context.search.match({ kind: 'every' }, { after: addDays(first, -1) });
  if (listed.length === 0) throw new UserError('no-papers', {});
  const shown = takePage(listed.toSorted(compareUpvotes), page, LIST_PAGE);
  const parts = {
    title: texts.papers.trendingTitle(period, first),
    shown: { ...shown, items: shown.items.flatMap(({ id }) => context.archive.paper(id) ?? []) },
    menuId: encodeCustomId('card', 'trending', page),
    pager: {
      page,
      turnTo: (to: number, mark: string) => encodeCustomId('trending', period, to, mark),
      showId: encodeCustomId('trending-show', period, page),
    },
  };
  return buildPaperList(parts, texts);
}

/** Raises `no-papers` while the archive is empty. */
function firstDay(period: Period, { archive, clock }: TrendingTools): Day {
  const [latest] = archive.days(1);
  if (latest === undefined) throw new UserError('no-papers', {});
  return period === 'day' ? latest.day : addDays(listDayAt(clock.now()), 1 - DAYS[period]);
}

function compareUpvotes(one: MatchedPaper, other: MatchedPaper): number {
  return other.upvotes - one.upvotes || (one.id < other.id ? -1 : 1);
}

async function readPage({ values, texts }: ControlRequest, context: TrendingTools): Promise<Reply> {
  const [period = '', page = ''] = values;
  return buildPage({ period: readPeriod(period), page: readPageNumber(page) }, context, texts);
}

export const turnTrending: Control<CommandContext> = {
  name: 'trending',
  answer: 'update',
  execute: async (request, context) => readPage(request, context),
};

export const showTrending: Control<CommandContext> = {
  name: 'trending-show',
  answer: 'show',
  execute: async (request, context) => withoutPager(await readPage(request, context)),
};
