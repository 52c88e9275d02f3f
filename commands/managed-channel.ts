import { ApplicationCommandOptionType, ApplicationIntegrationType, ChannelType } from 'discord.js';
import type { APIApplicationCommandBasicOption } from 'discord.js';
import { DAY_MS } from '../src/calendar/zoned-time.ts';
import type { CommandRequest, ControlRequest } from '../src/discord/command.ts';
import {
  channelKindOf,
  mayManageChannel,
  mayManageServer,
  missingPermissions,
} from '../src/discord/permissions.ts';
import type { ResolvedChannel } from '../src/discord/resolved-channels/payload-keeper.ts';
import { UserError } from '../src/errors.ts';
import type { Destination, DigestStyle, Place } from '../src/subscriptions/destination.ts';
import type { CommandContext } from './context.ts';

export const CHANNEL_OPTION: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.Channel,
  name: 'channel',
  description: 'The channel; this one if left out',
  channel_types: [ChannelType.GuildText, ChannelType.GuildAnnouncement],
};

/** The channel that a command names, else the one it was typed in. Raises `server-only` in DMs. */
export function findChannel({ interaction, here, named }: CommandRequest): ResolvedChannel {
  const channel = named.find(({ id }) => id === interaction.options.get('channel')?.value) ?? here;
  if (interaction.guildId === null || channel === undefined) throw new UserError('server-only', {});
  return channel;
}

/** Raises `not-allowed` for people who may not change what that channel gets. */
export function requireManager(channel: ResolvedChannel): void {
  if (!mayManageChannel(channel.memberPermissions)) {
    throw new UserError('not-allowed', { channelId: channel.id });
  }
}

/** The place of a channel to which the bot can post in that style, once both may. Raises what is in the way. */
export function preparePlace(
  request: CommandRequest,
  channel: ResolvedChannel,
  style: DigestStyle,
): Place & { kind: 'channel' } {
  const { guildId } = request.interaction;
  if (guildId === null) throw new UserError('server-only', {});
  if (isForeignServer(request)) throw new UserError('bot-not-in-server', {});
  const channelKind = channelKindOf(channel.type);
  if (channelKind === undefined) throw new UserError('channel-kind-not-supported', { channelId: channel.id });
  requireManager(channel);
  requireOwnRights(channel, style);
  return { kind: 'channel', channelId: channel.id, guildId, channelKind };
}

export function requireOwnRights(channel: ResolvedChannel, style: DigestStyle): void {
  const kind = channelKindOf(channel.type);
  if (kind === undefined || channel.ownPermissions === undefined) return;
  const permissions = missingPermissions(channel.ownPermissions, kind, style);
  if (permissions.length > 0) {
    throw new UserError('bot-lacks-permissions', { channelId: channel.id, permissions });
  }
}

/** A server in which only the person has the app, not the server itself. */
function isForeignServer({ interaction }: CommandRequest): boolean {
  const owners = interaction.authorizingIntegrationOwners;
  const byServer = owners[ApplicationIntegrationType.GuildInstall];
  return byServer === undefined && owners[ApplicationIntegrationType.UserInstall] !== undefined;
}

/**
 * The destination that a private message's control acts on, for the person who was given that control. In the
 * channel itself their present rights count; elsewhere, where Discord does not tell them, those of the last day.
 */
export function requireControlledDestination(
  { interaction, here, values }: ControlRequest,
  { destinations }: CommandContext,
): Destination & { readonly place: Place & { kind: 'channel' } } {
  const [id = '', userId] = values;
  if (interaction.user.id !== userId) throw new UserError('not-your-control', {});
  const destination = destinations.get(id);
  if (destination === undefined) throw new UserError('control-outdated', {});
  const { place } = destination;
  if (place.kind !== 'channel' || place.guildId !== interaction.guildId) {
    throw new UserError('control-outdated', {});
  }
  const isHere = here?.id === place.channelId;
  if (isHere && !mayManageChannel(here.memberPermissions)) {
    throw new UserError('not-allowed', { channelId: place.channelId });
  }
  const isOld = interaction.createdTimestamp - interaction.message.createdTimestamp > DAY_MS;
  if (!isHere && isOld && !(here !== undefined && mayManageServer(here.memberPermissions))) {
    throw new UserError('control-outdated', {});
  }
  return { ...destination, place };
}
