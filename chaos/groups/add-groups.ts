import type { DiscordStandIn } from '../../playground/discord/server.ts';
import { ADMINISTRATOR, SEND_POLLS } from '../../playground/discord/guilds/permissions.ts';
import type { Random } from '../../src/calendar/clock.ts';
import type { GroupSchedule } from '../audit/group-history.ts';
import { pickNumber, pickOne } from '../random.ts';
import { ALL_RIGHTS } from '../places/rights.ts';
import { createReadingGroup, type ReadingGroup } from './reading-group.ts';

/** Of the servers, those that read together. */
const GROUPS = 3;
/** The bot may not send polls in one of them. */
const WITHOUT_POLLS = 2;
const PEOPLE = 4;
/** Their clocks change, each in other weeks. */
const ZONES = ['Europe/Berlin', 'America/New_York', 'Pacific/Auckland'] as const;
/** After the weekend on which some clocks change, and soon enough for several in a run. */
const WEEKDAYS = [1, 2] as const;

/** Reading groups of some servers, each with a channel of its own. */
export function addGroups(discord: DiscordStandIn, guildIds: readonly string[]): readonly ReadingGroup[] {
  return guildIds.slice(0, GROUPS).map((guildId, index) => {
    const { id: channelId } = discord.addChannel(guildId, 'reading');
    const hasPolls = index !== WITHOUT_POLLS;
    if (!hasPolls) discord.setBotPermissions(channelId, ALL_RIGHTS & ~(ADMINISTRATOR | SEND_POLLS));
    const people = Array.from({ length: PEOPLE }, (_, at) => {
      const { id } = discord.addUser(`Member ${index + 1}-${at + 1}`);
      discord.addMember(guildId, id);
      return id;
    });
    return createReadingGroup(discord, { guildId, channelId, hasPolls, adminId: discord.adminId, people });
  });
}

/** Meetings of every week, whose first poll leaves time to nominate. */
export function pickGroupSchedule(
  { people }: Pick<ReadingGroup, 'people'>,
  index: number,
  random: Random,
): GroupSchedule {
  return {
    weekday: pickOne(random, WEEKDAYS),
    minute: pickNumber(random, 8, 20) * 60 + pickOne(random, [0, 15, 30]),
    zone: ZONES[index % ZONES.length] ?? ZONES[0],
    minutes: pickOne(random, [30, 60, 90]),
    // So that its first poll comes early in a run, and a day before the meeting its paper is known.
    pollHours: pickNumber(random, 4, 12),
    readDays: 2,
    presenters: people.slice(0, 2),
  };
}
