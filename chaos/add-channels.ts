import type { DiscordStandIn } from '../playground/discord/server.ts';
import { type Channel, createChannel, type Spot } from './channel.ts';
import type { Timeline } from './timeline.ts';

const GUILDS = 4;
/** Every so many places one is a forum. */
const FORUM_EVERY = 7;
/** And every so many of them, one is a person's direct messages. */
const DM_EVERY = 7;
const FORUM_TAGS = ['agent', 'robotics', 'other'];

interface Guild {
  readonly guildId: string;
  readonly roleId: string;
  /** A channel for commands about forums, which nothing is delivered to. */
  readonly lobbyId: string;
}

/** Servers, and the channels in them that papers come to. */
export function addChannels(discord: DiscordStandIn, timeline: Timeline, count: number): readonly Channel[] {
  const guilds = Array.from({ length: GUILDS }, (_, index) => addGuild(discord, index + 1));
  return Array.from({ length: count }, (_, index) => {
    const guild = guilds[index % GUILDS];
    if (guild === undefined) throw new Error('there are no guilds');
    return createChannel({ discord, timeline, spot: addSpot(discord, guild, index) });
  });
}

function addGuild(discord: DiscordStandIn, number: number): Guild {
  const { id } = discord.addGuild(`Guild ${number}`);
  return {
    guildId: id,
    roleId: discord.addRole(id, 'Readers', { mentionable: true }).id,
    lobbyId: discord.addChannel(id, 'lobby').id,
  };
}

function addSpot(discord: DiscordStandIn, { guildId, roleId, lobbyId }: Guild, index: number): Spot {
  const name = `papers-${index + 1}`;
  if (index % DM_EVERY === DM_EVERY - 2) return addPerson(discord, guildId, index);
  const userId = discord.adminId;
  if (index % FORUM_EVERY !== FORUM_EVERY - 4) {
    const { id } = discord.addChannel(guildId, name);
    return { kind: 'text', id, guildId, roleId, typedIn: id, userId };
  }
  const { id } = discord.addForum(guildId, name, { tags: FORUM_TAGS, requireTag: index % 2 === 0 });
  return { kind: 'forum', id, guildId, roleId, typedIn: lobbyId, userId };
}

/** Somebody who is in a server with the bot, and writes to it alone. */
function addPerson(discord: DiscordStandIn, guildId: string, index: number): Spot {
  const { id: userId } = discord.addUser(`Reader ${index + 1}`);
  discord.addMember(guildId, userId);
  const { id } = discord.openDmWith(userId);
  return { kind: 'dm', id, guildId: '', roleId: '', typedIn: id, userId };
}
