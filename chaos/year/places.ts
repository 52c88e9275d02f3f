import type { DiscordStandIn } from '../../playground/discord/server.ts';
import type { Random } from '../../src/calendar/clock.ts';

import { type Channel, createChannel, type Spot } from '../places/channel.ts';
import { pickNumber, pickOne } from '../random.ts';
import type { Order, ScheduleOrder } from '../places/settings.ts';
import type { MachineTimeline } from '../timeline.ts';

const GUILDS = 25;
/** Of so many places one is a forum, and one a person: Discord wants direct messages to leave slowly. */
const FORUM_EVERY = 25;
const DM_EVERY = 50;
const INSTANT_EVERY = 50;
/** Those whose clocks change, on either side of the equator and by half an hour, and those whose never do. */
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Los_Angeles',
  'America/Santiago',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
] as const;
/** Half past two and half past one are left out, or come twice, where clocks change. */
const MINUTES = [90, 150, 7 * 60, 8 * 60 + 30, 9 * 60, 9 * 60, 12 * 60, 18 * 60, 23 * 60 + 30] as const;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
const WEEKDAYS = [1, 2, 3, 4, 5];
/** Those that the auditor's own matcher reads exactly. */
const TOPICS = [
  '',
  '',
  '',
  'benchmark',
  'survey',
  '"diffusion" model',
  'video NOT "survey"',
  'agents OR "speech"',
] as const;

export interface Person {
  readonly channel: Channel;
  readonly first: readonly Order[];
}

/** Places in many servers, with what people want there first. */
export function addPlaces(
  discord: DiscordStandIn,
  {
    timeline,
    count,
    random,
  }: { readonly timeline: MachineTimeline; readonly count: number; readonly random: Random },
): readonly Person[] {
  const guilds = Array.from({ length: GUILDS }, (_, index) => {
    const { id } = discord.addGuild(`Guild ${index + 1}`);
    return {
      id,
      roleId: discord.addRole(id, 'Readers', { mentionable: true }).id,
      lobbyId: discord.addChannel(id, 'lobby').id,
    };
  });
  return Array.from({ length: count }, (_, index) => {
    const guild = guilds[index % GUILDS];
    if (guild === undefined) throw new Error('there are no guilds');
    const spot = addSpot(discord, guild, index);
    const channel = createChannel({ discord, timeline, spot, now: timeline.now });
    return { channel, first: [pickFollow(random), pickSchedule(spot, index, random)] };
  });
}

function addSpot(
  discord: DiscordStandIn,
  {
    id: guildId,
    roleId,
    lobbyId,
  }: { readonly id: string; readonly roleId: string; readonly lobbyId: string },
  index: number,
): Spot {
  const name = `papers-${index + 1}`;
  if (index % DM_EVERY === 1) {
    const { id: userId } = discord.addUser(`Reader ${index + 1}`);
    discord.addMember(guildId, userId);
    const { id } = discord.openDmWith(userId);
    return { kind: 'dm', id, guildId: '', roleId: '', typedIn: id, userId };
  }
  const userId = discord.adminId;
  if (index % FORUM_EVERY === 2) {
    const { id } = discord.addForum(guildId, name, { tags: ['agent', 'other'], requireTag: index % 2 === 0 });
    return { kind: 'forum', id, guildId, roleId, typedIn: lobbyId, userId };
  }
  const { id } = discord.addChannel(guildId, name);
  return { kind: 'text', id, guildId, roleId, typedIn: id, userId };
}

/** What somebody changes one day. */
export function pickChange(random: Random): Order {
  if (random() < 0.3) return pickFollow(random);
  return { kind: 'schedule', ...pickTime(random) };
}

function pickFollow(random: Random): Order {
  return {
    kind: 'follow',
    query: pickOne(random, TOPICS),
    minUpvotes: random() < 0.7 ? 0 : pickNumber(random, 1, 40),
  };
}

function pickSchedule({ kind, roleId }: Spot, index: number, random: Random): Order {
  const isInstant = index % INSTANT_EVERY === 0;
  return {
    kind: 'schedule',
    ...pickTime(random),
    ...(isInstant ? { minute: 'instantly' as const, days: EVERY_DAY } : {}),
    style: pickOne<string>(
      random,
      kind === 'dm' ? ['cards', 'compact'] : ['cards', 'cards', 'compact', 'embeds'],
    ),
    max: kind === 'forum' ? 3 : pickNumber(random, 1, 12),
    rest: random() < 0.9 ? 'list' : 'hide',
    mention: random() < 0.1 && kind !== 'dm' ? roleId : null,
  };
}

function pickTime(random: Random): ScheduleOrder {
  const chance = random();
  const days = chance < 0.15 ? EVERY_DAY : chance < 0.35 ? WEEKDAYS : [pickNumber(random, 1, 7)];
  return { minute: pickOne<number>(random, MINUTES), zone: pickOne<string>(random, ZONES), days };
}
