import { ApplicationCommandOptionType } from 'discord.js';
import type { Command, CommandRequest } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { CARDS_RANGE, changeSchedule, type ScheduleChange } from '../../src/subscriptions/change-schedule.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';
import { findSeen, requireChange } from '../parts/access.ts';
import { requireOwnRights } from '../parts/choose-place.ts';
import {
  BY_OPTION,
  CHANNEL_OPTION,
  findTarget,
  nothingFollowed,
  type Target,
  targetId,
} from '../parts/find-target.ts';
import { canBotPing, readScheduleChange } from './read-schedule-change.ts';
import { buildSettings, suggestZoneChoices } from './schedule-answer.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.schedule;
const TEXT = ApplicationCommandOptionType.String as const;

export const schedule: Command<CommandContext> = {
  data: {
    name: 'schedule',
    description: TEXTS.description,
    options: [
      CHANNEL_OPTION,
      BY_OPTION,
      { type: TEXT, name: 'time', description: TEXTS.time },
      { type: TEXT, name: 'timezone', description: TEXTS.timezone, autocomplete: true },
      {
        type: TEXT,
        name: 'days',
        description: TEXTS.days,
      },
      {
        type: TEXT,
        name: 'style',
        description: TEXTS.style,
        choices: [
          { name: TEXTS.styles.cards, value: 'cards' },
          { name: TEXTS.styles.compact, value: 'compact' },
          { name: TEXTS.styles.threads, value: 'threads' },
          { name: TEXTS.styles.embeds, value: 'embeds' },
        ],
      },
      {
        type: ApplicationCommandOptionType.Integer,
        name: 'max',
        description: TEXTS.max,
        min_value: CARDS_RANGE.from,
        max_value: CARDS_RANGE.to,
      },
      {
        type: TEXT,
        name: 'overflow',
        description: TEXTS.overflow,
        choices: [
          { name: TEXTS.overflows.list, value: 'list' },
          { name: TEXTS.overflows.hide, value: 'hide' },
        ],
      },
      {
        type: ApplicationCommandOptionType.Role,
        name: 'mention',
        description: TEXTS.mention,
      },
    ],
  },
  async execute(request, context) {
    const { texts } = request;
    const target = findTarget(request);
    const seen = await findSeen(request, targetId(target), context.destinations);
    if (seen === undefined) throw nothingFollowed(target);
    const present = seen.destination;
    const { change, unclear } = readScheduleChange(request, target);
    const now = context.clock.now();
    if (unclear !== undefined || Object.keys(change).length > 0) requireChange(seen);
    if (Object.keys(change).length === 0) {
      const headline = texts.schedule.present(present.place);
      return buildSettings(
        { headline, destination: present, unclear, mayChange: seen.mayChange },
        { now, texts },
      );
    }
    if (target.kind === 'channel') requireOwnRights(target.channel, change.style ?? present.style);
    const changed = await context.destinations.change(present.id, (held) => ({
      destination: held && changeSchedule(held, change, now),
    }));
    if (changed === undefined) throw nothingFollowed(target);
    const headline = texts.schedule.updated(changed.place);
    const warnings = [...warnOfIdle(change, changed, texts), ...warnOfRole(request, target, changed)];
    const settings = { headline, warnings, destination: changed, unclear, mayChange: true };
    return buildSettings(settings, { now, texts });
  },
  autocomplete: async ({ interaction, texts }, { clock }) =>
    suggestZoneChoices(interaction.options.getFocused(), interaction.guildLocale ?? interaction.locale, {
      now: clock.now(),
      texts,
    }),
};

/** What was just chosen and changes nothing, because of another setting or the kind of the place. */
function warnOfIdle(
  asked: Pick<ScheduleChange, 'max' | 'style'>,
  { place, style, overflow }: Destination,
  { schedule: { noEffect } }: Texts,
): readonly string[] {
  if (place.kind === 'channel' && place.channelKind === 'forum')
    return asked.style === 'compact' || asked.style === 'threads' ? [noEffect.style] : [];
  const listsAll = style === 'compact' && overflow === 'list';
  return asked.max !== undefined && listsAll ? [noEffect.max] : [];
}

/** What keeps the bot from pinging the role that was just chosen. */
function warnOfRole(request: CommandRequest, target: Target, { mention }: Destination): readonly string[] {
  const isAsked = request.interaction.options.get('mention') !== null;
  if (mention === undefined || !isAsked || canBotPing(request, target, mention)) return [];
  return [request.texts.schedule.cannotPing(mention)];
}
