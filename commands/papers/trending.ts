import { ApplicationCommandOptionType } from 'discord.js';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays, type Day } from '../../src/calendar/zoned-time.ts';
import type { Command, Control, Reply } from '../../src/discord/interactions/command.ts';
import { formatDay } from '../../src/discord/texts/digest-texts.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { SEARCH_TEXTS } from '../../src/discord/texts/search-texts.ts';
import { UserError } from '../../src/errors.ts';
import type { ArchivedPaper } from '../../src/papers/paper.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { buildPaperList, withoutPager } from './paper-list.ts';

const PERIODS = ['day', 'week', 'month'] as const;
type Period = (typeof PERIODS)[number];

/** List days of a period; the day is the latest one that has papers. */
const DAYS = { week: 7, month: 30 } as const;
const PAGE_NUMBER = /^-?\d{1,4}$/;

export const trending: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'trending',
    description: 'The most upvoted papers of the day, the week or the month',
    options: [
      {
        type: ApplicationCommandOptionType.String,
        name: 'period',
        description: 'The day if left out',
        choices: PERIODS.map((period) => ({ name: period, value: period })),
      },
    ],
  },
  execute: async ({ interaction }, context) =>
    buildPage(readPeriod(interaction.options.getString('period') ?? 'day'), 0, context),
};

function readPeriod(text: string): Period {
  const period = PERIODS.find((one) => one === text);
  if (period === undefined) throw new UserError('control-outdated', {});
  return period;
}

async function buildPage(period: Period, page: number, context: CommandContext): Promise<Reply> {
  const first = firstDay(period, context);
  const listed = await context.search.match({ kind: 'every' }, { after: addDays(first, -1) });
  const papers = listed.toSorted(compareUpvotes);
  if (papers.length === 0) throw new UserError('no-papers', {});
  return buildPaperList({
    title: `${SEARCH_TEXTS.trending[period]} ${formatDay(first)}`,
    papers,
    menuId: encodeCustomId('card', 'trending', page),
    pager: {
      page,
      turnTo: (to, mark) => encodeCustomId('trending', period, to, mark),
      showId: encodeCustomId('trending-show', period, page),
    },
  });
}

/** Raises `no-papers` while the archive is empty. */
function firstDay(period: Period, { archive, clock }: CommandContext): Day {
  const [latest] = archive.days(1);
  if (latest === undefined) throw new UserError('no-papers', {});
  return period === 'day' ? latest.day : addDays(listDayAt(clock.now()), 1 - DAYS[period]);
}

function compareUpvotes(one: ArchivedPaper, other: ArchivedPaper): number {
  return other.upvotes - one.upvotes || (one.id < other.id ? -1 : 1);
}

async function readPage(
  [period = '', page = '']: readonly string[],
  context: CommandContext,
): Promise<Reply> {
  if (!PAGE_NUMBER.test(page)) throw new UserError('control-outdated', {});
  return buildPage(readPeriod(period), Number(page), context);
}

export const turnTrending: Control<CommandContext> = {
  name: 'trending',
  answer: 'update',
  execute: async ({ values }, context) => readPage(values, context),
};

export const showTrending: Control<CommandContext> = {
  name: 'trending-show',
  answer: 'show',
  execute: async ({ values }, context) => withoutPager(await readPage(values, context)),
};
