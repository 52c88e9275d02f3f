import type { DiscordStandIn } from '../../playground/discord/server.ts';
import { type Channel, createChannel, type Spot } from './channel.ts';
import type { MachineTimeline } from '../timeline.ts';

const GUILDS = 4;
/** Every so many places one is a forum. */
const FORUM_EVERY = 7;
/** And every so many of them, one is a person's direct messages. */
const DM_EVERY = 7;
/** And every so many an announcement channel, or a thread. */
const ANNOUNCEMENT_EVERY = 9;
const THREAD_EVERY = 9;
/** https://docs.discord.com/developers/resources/channel#channel-object-channel-types */
const ANNOUNCEMENT = 5;
const FORUM_TAGS = ['agent', 'robotics', 'other'];

interface Guild {
  readonly guildId: string;
  readonly roleId: string;
  /** A channel for commands about forums, which nothing is delivered to. */
  readonly lobbyId: string;
}

/** Servers, and the channels in them that papers come to. */
export function addChannels(
  discord: DiscordStandIn,
  timeline: MachineTimeline,
  count: number,
): readonly Channel[] {
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
    const { id } = addTextPlace(discord, guildId, { name, index });
    const isThread = discord.state.channels[id]?.thread_metadata !== undefined;
    return { kind: 'text', isThread, id, guildId, roleId, typedIn: id, userId };
  }
  const { id } = discord.addForum(guildId, name, { tags: FORUM_TAGS, requireTag: index % 2 === 0 });
  return { kind: 'forum', id, guildId, roleId, typedIn: lobbyId, userId };
}

/** Most are text channels. */
function addTextPlace(
  discord: DiscordStandIn,
  guildId: string,
  { name, index }: { readonly name: string; readonly index: number },
): { readonly id: string } {
  if (index % ANNOUNCEMENT_EVERY === 0) return discord.addChannel(guildId, name, ANNOUNCEMENT);
  const channel = discord.addChannel(guildId, name);
  return index % THREAD_EVERY === 1 ? discord.addThread(channel.id, name) : channel;
}

/** Somebody who is in a server with the bot, and writes to it alone. */
function addPerson(discord: DiscordStandIn, guildId: string, index: number): Spot {
  const { id: userId } = discord.addUser(`Reader ${index + 1}`);
  discord.addMember(guildId, userId);
  const { id } = discord.openDmWith(userId);
  return { kind: 'dm', id, guildId: '', roleId: '', typedIn: id, userId };
}
