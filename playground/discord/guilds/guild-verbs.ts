import { ApiError } from '../http/api-error.ts';
import { EVERYONE_PERMISSIONS } from './permissions.ts';
import { type Channel, type Guild, isThread, type Role } from '../state.ts';
import type { World } from '../world.ts';

/** What happens to a server. */
export interface GuildVerbs {
  /** The first of `members` owns it; the admin has a role for that. */
  addGuild(name: string, options?: { readonly members?: readonly string[] }): Guild;
  addMember(guildId: string, userId: string): void;
  addBot(guildId: string): void;
  /** The bot is thrown out: it hears GUILD_DELETE, and sees nothing there any more. */
  removeBot(guildId: string): void;
  addRole(
    guildId: string,
    name: string,
    options?: { readonly mentionable?: boolean; readonly permissions?: bigint },
  ): Role;
  giveRole(guildId: string, userId: string, roleId: string): void;
}

const JOINED_AT = '2026-01-01T00:00:00.000Z';

export function findGuild({ state }: World, id: string): Guild {
  const guild = state.guilds[id];
  if (guild === undefined) throw new Error(`There is no guild ${id}`);
  return guild;
}

/** https://discord.com/developers/docs/resources/guild#get-guild */
export function seeGuild({ state }: World, id: string): Guild {
  const guild = state.guilds[id];
  if (guild?.members[state.bot.id] === undefined) throw new ApiError(404, 10004, 'Unknown Guild');
  return guild;
}

/** https://discord.com/developers/docs/resources/guild#get-guild-member */
export function seeMember(world: World, id: string, userId: string): unknown {
  const roles = seeGuild(world, id).members[userId];
  if (roles === undefined) throw new ApiError(404, 10007, 'Unknown Member');
  return { user: world.state.users[userId], roles, joined_at: JOINED_AT, deaf: false, mute: false, flags: 0 };
}

/** https://discord.com/developers/docs/resources/guild#get-guild-roles */
export function listRoles(world: World, id: string): readonly Role[] {
  return seeGuild(world, id).roles;
}

/** https://discord.com/developers/docs/events/gateway-events#guild-create */
export function showGuild({ state }: World, guild: Guild, channels: readonly Channel[]): unknown {
  return {
    ...guild,
    channels: channels.filter((one) => !isThread(one)),
    threads: channels.filter((one) => one.thread_metadata?.archived === false),
    members: [
      {
        user: state.bot,
        roles: guild.members[state.bot.id],
        joined_at: JOINED_AT,
        deaf: false,
        mute: false,
        flags: 0,
      },
    ],
    emojis: guild.emojis ?? [],
    features: [],
    preferred_locale: 'en-US',
    member_count: Object.keys(guild.members).length,
  };
}

/** The guilds that the bot is in, as it is told of them when it logs in. */
export function* showGuilds(world: World): Iterable<unknown> {
  const { state } = world;
  const channels = Map.groupBy(Object.values(state.channels), ({ guild_id: id }) => id);
  for (const guild of Object.values(state.guilds))
    if (guild.members[state.bot.id] !== undefined)
      yield showGuild(world, guild, channels.get(guild.id) ?? []);
}

const ROLE = { mentionable: false, color: 0, hoist: false, managed: false };

function createGuild(world: World, name: string, members: readonly string[]): Guild {
  const id = world.nextId();
  const everyone = { ...ROLE, id, name: '@everyone', permissions: String(EVERYONE_PERMISSIONS), position: 0 };
  const admin = { ...ROLE, id: world.nextId(), name: 'Admin', permissions: '8', position: 1 };
  const [owner = ''] = members;
  return {
    id,
    name,
    owner_id: owner,
    roles: [everyone, admin],
    members: Object.fromEntries(members.map((one) => [one, one === owner ? [admin.id] : []])),
  };
}

export function createGuildVerbs(world: World, defaultMembers: readonly string[]): GuildVerbs {
  const { state } = world;
  const announce = (guild: Guild) => {
    const channels = Object.values(state.channels).filter((one) => one.guild_id === guild.id);
    if (guild.members[state.bot.id] !== undefined)
      world.dispatch('GUILD_CREATE', showGuild(world, guild, channels));
    world.changed();
  };
  return {
    addGuild(name, { members = defaultMembers } = {}) {
      const guild = createGuild(world, name, members);
      state.guilds[guild.id] = guild;
      announce(guild);
      return guild;
    },
    addMember(guildId, userId) {
      findGuild(world, guildId).members[userId] ??= [];
      world.changed();
    },
    addBot(guildId) {
      const guild = findGuild(world, guildId);
      guild.members[state.bot.id] ??= [];
      announce(guild);
    },
    removeBot(guildId) {
      const guild = findGuild(world, guildId);
      guild.members = Object.fromEntries(Object.entries(guild.members).filter(([id]) => id !== state.bot.id));
      world.dispatch('GUILD_DELETE', { id: guildId });
      world.changed();
    },
    addRole(guildId, name, { mentionable = false, permissions = 0n } = {}) {
      const guild = findGuild(world, guildId);
      const role = {
        ...ROLE,
        id: world.nextId(),
        name,
        mentionable,
        permissions: String(permissions),
        position: guild.roles.length,
      };
      guild.roles.push(role);
      world.dispatch('GUILD_ROLE_CREATE', { guild_id: guildId, role });
      world.changed();
      return role;
    },
    giveRole(guildId, userId, roleId) {
      (findGuild(world, guildId).members[userId] ??= []).push(roleId);
      world.changed();
    },
  };
}
