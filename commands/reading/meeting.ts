import { ApplicationCommandOptionType, ChannelType } from 'discord.js';
import { presentZoneName, readZone } from '../../src/calendar/zone-names.ts';
import { parseWeekday } from '../../src/calendar/zoned-time.ts';
import type { Command, CommandRequest } from '../../src/discord/interactions/command.ts';
import { mayViewChannel, type ResolvedChannel } from '../../src/discord/rights/permissions.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { changeGroup, type GroupSettings } from '../../src/reading/change-group.ts';
import {
  type GroupState,
  MOST_PRESENTERS,
  type ReadingGroup,
  RHYTHMS,
  type Rhythm,
} from '../../src/reading/reading-group.ts';
import { parseTimeOfDay } from '../../src/subscriptions/parse-schedule.ts';
import { createId } from '../../src/subscriptions/subscription.ts';
import type { CommandContext } from '../context.ts';
import { requireOrganiser, requireServer } from '../parts/access.ts';
import { buildPanel } from '../parts/panel.ts';
import { suggestZoneChoices } from '../subscriptions/schedule-answer.ts';
import { buildGroup, readGroupChannel } from './group-place.ts';
import { SERVERS_ONLY } from './reading.ts';

const TEXTS = textsFor(DEFAULT_LOCALE).commands.meeting;
const TEXT = ApplicationCommandOptionType.String as const;
const NUMBER = ApplicationCommandOptionType.Integer as const;
const CHANNEL = ApplicationCommandOptionType.Channel as const;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const EVERY = [...RHYTHMS, 'never'] as const;

/** When and how a server reads together; without options, what is set. */
export const meeting: Command<CommandContext> = {
  data: {
    name: 'meeting',
    description: TEXTS.description,
    ...SERVERS_ONLY,
    options: [
      {
        type: TEXT,
        name: 'day',
        description: TEXTS.day,
        choices: DAYS.map((day) => ({ name: TEXTS.days[day], value: day })),
      },
      { type: TEXT, name: 'time', description: TEXTS.time },
      { type: TEXT, name: 'timezone', description: TEXTS.timezone, autocomplete: true },
      {
        type: TEXT,
        name: 'every',
        description: TEXTS.every,
        choices: EVERY.map((value) => ({ name: TEXTS.rhythms[value], value })),
      },
      { type: NUMBER, name: 'minutes', description: TEXTS.minutes, min_value: 15, max_value: 480 },
      { type: NUMBER, name: 'poll', description: TEXTS.poll, min_value: 1, max_value: 168 },
      { type: NUMBER, name: 'read', description: TEXTS.read, min_value: 0, max_value: 21 },
      { type: TEXT, name: 'presenters', description: TEXTS.presenters },
      {
        type: CHANNEL,
        name: 'channel',
        description: TEXTS.channel,
        channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
      },
      {
        type: CHANNEL,
        name: 'voice',
        description: TEXTS.voice,
        channel_types: [ChannelType.GuildVoice, ChannelType.GuildText, ChannelType.GuildAnnouncement],
      },
      { type: ApplicationCommandOptionType.Role, name: 'role', description: TEXTS.role },
    ],
  },
  async execute(request, context) {
    const { guildId, here } = requireServer(request);
    const { texts } = request;
    const { readingGroups, clock, random, defaults } = context;
    const before = await readingGroups.get(guildId);
    const settings = readSettings(request);
    if (Object.keys(settings).length === 0) {
      if (before.group === undefined) return buildPanel([texts.reading.noRhythm()]);
      return buildPanel([`### ${texts.reading.meeting.present}`], describeGroup(before, before.group, texts));
    }
    requireRights(request, before.group);
    const id = createId(random, 16);
    const after = await readingGroups.change(guildId, (present) => {
      requireRights(request, present.group);
      const group = present.group ?? { ...buildGroup(guildId, here), ...settings.channel };
      return changeGroup(present, group, { settings, defaultZone: defaults.zone, now: clock.now(), id });
    });
    if (after?.group === undefined) throw new UserError('control-outdated', {});
    const isUnderWay = before.meeting !== undefined && before.meeting.state !== 'gathering';
    const { created, updated } = texts.reading.meeting;
    return buildPanel(
      [
        `### ${before.group === undefined ? created : updated}`,
        ...(isUnderWay ? [texts.reading.meeting.keeps] : []),
      ],
      describeGroup(after, after.group, texts),
    );
  },
  autocomplete: async ({ interaction, texts }, { clock }) =>
    suggestZoneChoices(interaction.options.getFocused(), interaction.guildLocale ?? interaction.locale, {
      now: clock.now(),
      texts,
    }),
};

/** Raises what `requireOrganiser` raises, and `channel-hidden`. */
function requireRights(request: CommandRequest, group: ReadingGroup | undefined): void {
  requireOrganiser(request, group, { move: findNamed(request, 'channel') });
  const voice = findNamed(request, 'voice');
  if (voice !== undefined && !mayViewChannel(voice.memberPermissions)) {
    throw new UserError('channel-hidden', { channelId: voice.id });
  }
}

function findNamed({ interaction, named }: CommandRequest, option: string): ResolvedChannel | undefined {
  const id = interaction.options.get(option)?.value;
  return named.find((one) => one.id === id);
}

/** Raises what cannot be read. */
function readSettings(request: CommandRequest): GroupSettings {
  const { options, guildId } = request.interaction;
  const weekday = parseWeekday(options.getString('day') ?? '');
  const time = options.getString('time');
  const zone = options.getString('timezone');
  const every = EVERY.find((one) => one === options.getString('every'));
  const roleId = options.get('role')?.value;
  const minutes = options.getInteger('minutes');
  const pollHours = options.getInteger('poll');
  const readDays = options.getInteger('read');
  const presenters = options.getString('presenters');
  return {
    ...(weekday === undefined ? {} : { weekday }),
    ...(time === null ? {} : { minute: parseTimeOfDay(time) }),
    ...(zone === null ? {} : { zone: requireZone(zone) }),
    ...(every === undefined ? {} : { every }),
    ...(minutes === null ? {} : { minutes }),
    ...(pollHours === null ? {} : { pollHours }),
    ...(readDays === null ? {} : { readDays }),
    ...(presenters === null ? {} : { presenters: readPresenters(presenters) }),
    // The role of everybody has the id of the server.
    ...(typeof roleId === 'string' ? { roleId: roleId === guildId ? null : roleId } : {}),
    ...readChannels(request),
  };
}

function requireZone(text: string): string {
  const found = readZone(text);
  if (typeof found === 'string') return found;
  if (found.length === 0) throw new UserError('zone-not-known', { text });
  throw new UserError('zone-not-clear', { text, zones: found });
}

/** Mentions, in their order; `none` is nobody. Raises `nobody-named`. */
function readPresenters(text: string): readonly string[] {
  const ids = [...text.matchAll(/<@!?(\d{1,20})>/g)].map(([, id = '']) => id);
  if (ids.length === 0 && !/^\s*(?:none|nobody)?\s*$/i.test(text))
    throw new UserError('nobody-named', { text });
  return [...new Set(ids)].slice(0, MOST_PRESENTERS);
}

function readChannels(request: CommandRequest): Pick<GroupSettings, 'channel' | 'voiceChannelId'> {
  const channel = findNamed(request, 'channel');
  const voice = findNamed(request, 'voice');
  const isVoice = voice?.type === ChannelType.GuildVoice;
  return {
    ...(channel === undefined ? {} : { channel: readGroupChannel(channel) }),
    ...(voice === undefined ? {} : { voiceChannelId: isVoice ? voice.id : null }),
  };
}

function describeGroup(
  { presenters, meeting: next }: GroupState,
  group: ReadingGroup,
  texts: Texts,
): string[] {
  const { reading } = texts;
  const words = reading.meeting;
  const { rhythm, channelId, minutes, voiceChannelId, pollHours, readDays, roleId } = group;
  return [
    rhythm === undefined ? words.never : describeRhythm(rhythm, texts),
    ...(next?.startsAt === undefined ? [] : [reading.nextMeeting(next.startsAt)]),
    words.channel(channelId),
    voiceChannelId === undefined ? words.inThread : words.inVoice(voiceChannelId),
    words.length(minutes),
    words.poll(pollHours, readDays),
    presenters.length === 0 ? words.nobody : words.presenters(presenters.map((id) => `<@${id}>`).join(', ')),
    words.organisers(roleId),
    ...(rhythm === undefined ? [] : [words.rules]),
  ];
}

function describeRhythm({ every, weekday, minute, zone }: Rhythm, { reading }: Texts): string {
  const day = TEXTS.days[DAYS[weekday - 1] ?? 'monday'];
  const when = reading.meeting.when[every](day, minute);
  return `${when} ${reading.meeting.zone(presentZoneName(zone))}`;
}
