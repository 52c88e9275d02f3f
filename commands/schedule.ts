import { ApplicationCommandOptionType, type ChatInputCommandInteraction } from 'discord.js';
import { parseZone } from '../src/calendar/zoned-time.ts';
import type { Command, CommandRequest } from '../src/discord/command.ts';
import { COMMAND_TEXTS } from '../src/discord/command-texts.ts';
import { mayMentionEveryone } from '../src/discord/permissions.ts';
import type { ResolvedChannel } from '../src/discord/resolved-channels/payload-keeper.ts';
import { UserError } from '../src/errors.ts';
import { CARDS_RANGE, changeSchedule, type ScheduleChange } from '../src/subscriptions/change-schedule.ts';
import { type Destination, destinationId } from '../src/subscriptions/destination.ts';
import { parseDays } from '../src/subscriptions/parse-days.ts';
import { parseTime } from '../src/subscriptions/parse-time.ts';
import type { CommandContext } from './context.ts';
import { describeNextSlot, describeSchedule } from './describe-schedule.ts';
import { EVERYWHERE } from './everywhere.ts';
import { CHANNEL_OPTION, findChannel, requireManager, requireOwnRights } from './managed-channel.ts';
import { suggestZones } from './suggest-zones.ts';

const TEXT = ApplicationCommandOptionType.String as const;

export const schedule: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'schedule',
    description: 'When and how a channel gets its papers; without options, the present setting',
    options: [
      CHANNEL_OPTION,
      { type: TEXT, name: 'time', description: 'Such as 9, 09:00, 9am or 21:30' },
      { type: TEXT, name: 'timezone', description: 'Such as Europe/Berlin', autocomplete: true },
      { type: TEXT, name: 'days', description: 'daily, weekdays, or days such as mon, thu' },
      {
        type: TEXT,
        name: 'style',
        description: 'How a digest looks',
        choices: [
          { name: 'cards', value: 'cards' },
          { name: 'compact', value: 'compact' },
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
        name: 'rest',
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
    const channel = findChannel(request);
    const id = destinationId({ kind: 'channel', channelId: channel.id });
    const present = context.destinations.get(id);
    if (present === undefined) throw new UserError('nothing-followed', { channelId: channel.id });
    const change = readChange(request, channel);
    const now = context.clock.now();
    if (Object.keys(change).length === 0) {
      return { content: describe(COMMAND_TEXTS.settingsNow(channel.id), present, now) };
    }
    requireManager(channel);
    requireOwnRights(channel, change.style ?? present.style);
    const changed = await context.destinations.update(
      id,
      (held) => held && changeSchedule(held, change, now),
    );
    if (changed === undefined) throw new UserError('nothing-followed', { channelId: channel.id });
    return { content: describe(COMMAND_TEXTS.settingsChanged(channel.id), changed, now) };
  },
  autocomplete: async ({ interaction }) =>
    suggestZones(interaction.options.getFocused(), interaction.guildLocale ?? interaction.locale),
};

function readChange(request: CommandRequest, channel: ResolvedChannel): ScheduleChange {
  const { options } = request.interaction;
  const time = options.getString('time');
  const zone = options.getString('timezone');
  const days = options.getString('days');
  const style = options.getString('style');
  const rest = options.getString('rest');
  const max = options.getInteger('max');
  const mention = readMention(request, channel);
  return {
    ...(time === null ? {} : { at: readTime(time) }),
    ...(zone === null ? {} : { zone: readZone(zone) }),
    ...(days === null ? {} : { days: parseDays(days) }),
    ...(style === 'cards' || style === 'compact' ? { style } : {}),
    ...(rest === 'list' || rest === 'hide' ? { rest } : {}),
    ...(max === null ? {} : { max }),
    ...(mention === undefined ? {} : { mention }),
  };
}

function readTime(text: string): number {
  const at = parseTime(text);
  if (at === 'instantly') throw new UserError('time-not-readable', { text });
  return at;
}

function readZone(text: string): string {
  const zone = parseZone(text);
  if (zone === undefined) throw new UserError('zone-not-known', { text });
  return zone;
}

/** The role that is meant; null for `@everyone`, whose id is the server's: it is never mentioned. */
function readMention(
  { interaction, mentionableRoles }: CommandRequest,
  channel: ResolvedChannel,
): string | null | undefined {
  const roleId = readRoleId(interaction);
  if (roleId === undefined) return undefined;
  if (roleId === interaction.guildId) return null;
  const isMentionable = mentionableRoles.includes(roleId);
  const mayBoth =
    mayMentionEveryone(channel.memberPermissions) && mayMentionEveryone(channel.ownPermissions ?? 0n);
  if (!isMentionable && !mayBoth) throw new UserError('mention-not-possible', { roleId });
  return roleId;
}

function readRoleId(interaction: ChatInputCommandInteraction): string | undefined {
  const value = interaction.options.get('mention')?.value;
  return typeof value === 'string' ? value : undefined;
}

function describe(headline: string, destination: Destination, now: number): string {
  const lines = [
    headline,
    describeSchedule(destination.schedule),
    `style ${destination.style}, at most ${destination.max} cards, the rest: ${destination.rest}`,
    destination.mention === undefined ? undefined : `mentions <@&${destination.mention}>`,
    describeNextSlot(destination, now),
  ];
  return lines.filter((line) => line !== undefined).join('\n');
}
