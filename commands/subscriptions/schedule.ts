import { ApplicationCommandOptionType } from 'discord.js';
import type { Command, CommandRequest, Reply } from '../../src/discord/interactions/command.ts';
import { TOPIC_TEXTS } from '../../src/discord/texts/topic-texts.ts';
import { UserError } from '../../src/errors.ts';
import { CARDS_RANGE, changeSchedule } from '../../src/subscriptions/change-schedule.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';
import { describeSettings } from './describe-schedule.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { BY_OPTION, CHANNEL_OPTION, findTarget, type Target, targetId } from '../parts/find-target.ts';
import { requireManager, requireOwnRights } from '../parts/managed-channel.ts';
import { canBotPing, readScheduleChange } from './read-schedule-change.ts';
import { suggestZones } from './suggest-zones.ts';

const TEXT = ApplicationCommandOptionType.String as const;

export const schedule: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'schedule',
    description: 'When and how papers come, in a channel or to you; without options, the present setting',
    options: [
      CHANNEL_OPTION,
      BY_OPTION,
      { type: TEXT, name: 'time', description: 'Such as 9, 09:00, 9am or 21:30; or instantly' },
      { type: TEXT, name: 'timezone', description: 'Such as Europe/Berlin', autocomplete: true },
      {
        type: TEXT,
        name: 'days',
        description: 'daily, weekdays, or days such as mon, thu; one day is a weekly digest',
      },
      {
        type: TEXT,
        name: 'style',
        description: 'How a digest looks',
        choices: [
          { name: 'cards', value: 'cards' },
          { name: 'compact', value: 'compact' },
          { name: 'threads: a message and a thread for each paper', value: 'threads' },
        ],
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'max',
        description: 'Cards in a digest',
        min_value: CARDS_RANGE.from,
        max_value: CARDS_RANGE.to,
      },
      {
        type: TEXT,
        name: 'overflow',
        description: 'What becomes of the papers over the maximum',
        choices: [
          { name: 'list them in a line each', value: 'list' },
          { name: 'hide them', value: 'hide' },
        ],
      },
      {
        type: ApplicationCommandOptionType.Role,
        name: 'mention',
        description: 'A role to mention once per digest; @everyone for none',
      },
    ],
  },
  async execute(request, context) {
    const target = findTarget(request);
    const present = await context.destinations.get(targetId(target));
    if (present === undefined) throw nothingFollowed(target);
    const change = readScheduleChange(request, target);
    const now = context.clock.now();
    if (Object.keys(change).length === 0) {
      return { content: describeSettings(TOPIC_TEXTS.settingsNow(present.place), present, now) };
    }
    if (target.kind === 'channel') {
      requireManager(target.channel);
      requireOwnRights(target.channel, change.style ?? present.style);
    }
    const changed = await context.destinations.change(present.id, (held) => ({
      destination: held && changeSchedule(held, change, now),
    }));
    if (changed === undefined) throw nothingFollowed(target);
    return describeChange(request, { target, changed, now });
  },
  autocomplete: async ({ interaction }) =>
    suggestZones(interaction.options.getFocused(), interaction.guildLocale ?? interaction.locale),
};

function nothingFollowed(target: Target): UserError {
  return new UserError('nothing-followed', target.kind === 'dm' ? {} : { channelId: target.channel.id });
}

function describeChange(
  request: CommandRequest,
  parts: { readonly target: Target; readonly changed: Destination; readonly now: number },
): Reply {
  const { target, changed, now } = parts;
  const settings = describeSettings(TOPIC_TEXTS.settingsChanged(changed.place), changed, now);
  const { mention } = changed;
  const isAsked = request.interaction.options.get('mention') !== null;
  if (mention === undefined || !isAsked || canBotPing(request, target, mention)) return { content: settings };
  return { content: `${settings}\n${TOPIC_TEXTS.cannotPing(mention)}` };
}
