import { sharesGuild } from '../channels/direct-messages.ts';
import { appPermissionsIn, permissionsIn, USE_EXTERNAL_APPS } from '../guilds/permissions.ts';
import { type Channel, isBotDm, type JsonRecord } from '../state.ts';
import type { World } from '../world.ts';

const GUILD_INSTALL = 0;
const USER_INSTALL = 1;

/** Where, for whom and by which installation somebody uses the app. */
export interface InteractionContext {
  /** 0 guild, 1 DM with the bot, 2 a private channel. */
  readonly context: 0 | 1 | 2;
  /** By kind of installation, the guild or the person that it belongs to. */
  readonly owners: Readonly<Record<string, string>>;
  /** Only the person installed the app, not the place. */
  readonly isPersonal: boolean;
  readonly isPrivate: boolean;
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object */
export function findContext(world: World, userId: string, channel: Channel): InteractionContext {
  const { state } = world;
  const guild = state.guilds[channel.guild_id ?? ''];
  if (guild !== undefined && guild.members[userId] === undefined)
    throw new Error(`${userId} is not in the guild ${guild.id}`);
  const owners: Record<string, string> = {};
  if (guild?.members[state.bot.id] !== undefined) owners[GUILD_INSTALL] = guild.id;
  if (isBotDm(channel) && sharesGuild(world, userId)) owners[GUILD_INSTALL] = '0';
  if (state.userInstalls.includes(userId)) owners[USER_INSTALL] = userId;
  if (Object.keys(owners).length === 0) throw new Error(`The app is not installed for ${userId} there`);
  const isPersonal = owners[GUILD_INSTALL] === undefined;
  return {
    context: guild === undefined ? (isBotDm(channel) ? 1 : 2) : 0,
    owners,
    isPersonal,
    isPrivate:
      isPersonal && guild !== undefined && (permissionsIn(state, channel, userId) & USE_EXTERNAL_APPS) === 0n,
  };
}

/** A channel as interactions tell of it. */
export function showPlace(channel: Channel): JsonRecord {
  const { id, type, name, guild_id, parent_id, position, flags, recipients, thread_metadata, owner_id } =
    channel;
  if (type === 1) return { id, type, flags, recipients };
  const place = { id, type, name, parent_id, flags, ...(guild_id === undefined ? {} : { guild_id }) };
  return thread_metadata === undefined ? { ...place, position } : { ...place, owner_id, thread_metadata };
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-interaction-structure */
export function describeContext(
  { state }: World,
  userId: string,
  channel: Channel,
  { context, owners }: InteractionContext,
): JsonRecord {
  const guildId = channel.guild_id;
  const guild = state.guilds[guildId ?? ''];
  const permissions = String(permissionsIn(state, channel, userId));
  const user = state.users[userId];
  const roles = guild?.members[userId] ?? [];
  const joined = { joined_at: '2026-01-01T00:00:00.000Z', deaf: false, mute: false, flags: 0 };
  return {
    version: 1,
    application_id: state.applicationId,
    channel_id: channel.id,
    channel: { ...showPlace(channel), ...(guild === undefined ? {} : { permissions }) },
    ...(guild === undefined
      ? { user }
      : {
          guild_id: guildId,
          guild: { id: guildId, locale: 'en-US', features: [] },
          guild_locale: 'en-US',
          member: { user, roles, permissions, ...joined },
        }),
    app_permissions: String(appPermissionsIn(state, channel, userId)),
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: owners,
    context,
    attachment_size_limit: 10_485_760,
  };
}
