import { ApplicationCommandOptionType } from 'discord.js';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays, type Weekday } from '../../src/calendar/zoned-time.ts';
import { buildRoundupView, renderRoundup } from '../../src/discord/digests/render-roundup.ts';
import type { Command, CommandRequest, Reply } from '../../src/discord/interactions/command.ts';
import { mayAttachFiles } from '../../src/discord/rights/permissions.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import type { Destination, RoundupSchedule } from '../../src/subscriptions/destination.ts';
import { parseTimeOfDay } from '../../src/subscriptions/parse-schedule.ts';
import { changeRoundup } from '../../src/subscriptions/schedule.ts';
import type { CommandContext } from '../context.ts';
import { findSeen, requireChange } from '../parts/access.ts';
import {
  BY_OPTION,
  CHANNEL_OPTION,
  findTarget,
  nothingFollowed,
  type Target,
  targetId,
} from '../parts/find-target.ts';

const { roundup: TEXTS } = textsFor(DEFAULT_LOCALE).commands;
const TEXT = ApplicationCommandOptionType.String as const;
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
const DAYS_OF_PREVIEW = { week: 7, month: 30 } as const;

export const roundup: Command<CommandContext> = {
  data: {
    name: 'roundup',
    description: TEXTS.description,
    options: [
      {
        type: TEXT,
        name: 'when',
        description: TEXTS.when,
        choices: [
          ...WEEKDAYS.map((day) => ({ name: TEXTS.weekly[day], value: String(day) })),
          { name: TEXTS.monthly, value: 'first' },
          { name: TEXTS.off, value: 'off' },
        ],
      },
      { type: TEXT, name: 'time', description: TEXTS.time },
      CHANNEL_OPTION,
      BY_OPTION,
    ],
  },
  async execute(request, context) {
    const target = findTarget(request);
    const seen = await findSeen(request, targetId(target), context.destinations);
    if (seen === undefined) throw nothingFollowed(target);
    const { options } = request.interaction;
    const when = options.getString('when');
    const time = options.getString('time');
    if (when === null && time === null) return showPreview(seen.destination, context, request.texts);
    requireChange(seen);
    const at = time === null ? undefined : parseTimeOfDay(time);
    const now = context.clock.now();
    const changed = await context.destinations.change(seen.destination.id, (held) => ({
      destination: held && changeRoundup(held, readRoundup(held, { when, at }, context), now),
    }));
    if (changed === undefined) throw nothingFollowed(target);
    const { roundup: words } = request.texts;
    return { content: [words.set(changed), ...warnOfRights(changed, target, request)].join('\n') };
  },
};

/** What is left out stays as it is, or is weekly on Mondays, when digests come. */
function readRoundup(
  { roundup: present, schedule }: Destination,
  { when, at }: { readonly when: string | null; readonly at: number | undefined },
  { defaults }: Pick<CommandContext, 'defaults'>,
): RoundupSchedule | undefined {
  if (when === 'off') return undefined;
  const on = when === 'first' ? when : WEEKDAYS.find((day) => String(day) === when);
  const usual = schedule.at === 'instantly' ? defaults.minute : schedule.at;
  return { on: on ?? present?.on ?? 1, at: at ?? present?.at ?? usual };
}

function warnOfRights(
  { roundup: present }: Destination,
  target: Target,
  { texts }: CommandRequest,
): readonly string[] {
  if (present === undefined || target.kind === 'dm') return [];
  const { id, ownPermissions } = target.channel;
  if (ownPermissions === undefined || mayAttachFiles(ownPermissions)) return [];
  return [texts.roundup.noAttachments(id)];
}

/** What a roundup up to yesterday would show, for the person alone. */
async function showPreview(destination: Destination, context: CommandContext, texts: Texts): Promise<Reply> {
  const { roundup: words } = texts;
  const until = addDays(listDayAt(context.clock.now()), -1);
  const unit = destination.roundup?.on === 'first' ? 'month' : 'week';
  const after = addDays(until, -DAYS_OF_PREVIEW[unit]);
  const found = await context.gatherRoundup(destination, { unit, after, until });
  const note = words.preview(destination, DAYS_OF_PREVIEW[unit]);
  if (found === undefined) return { content: `${words.nothing(destination.place)}\n${note}` };
  const view = buildRoundupView(found, 'preview');
  const { content, components, picture } = renderRoundup(view, context.archive.paper, texts);
  const reply = { content: `${content}\n${note}`, components };
  const data = picture && (await context.charts.draw(picture.chart));
  if (picture === undefined || data === undefined) return reply;
  const { name, description } = picture;
  return { ...reply, files: [{ name, description, data, contentType: 'image/png' }] };
}
