import {
  type APIApplicationCommandBasicOption,
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  type BaseInteraction,
  ChannelType,
} from 'discord.js';
import type { CommandRequest, Request } from '../../src/discord/interactions/command.ts';
import type { ResolvedChannel } from '../../src/discord/rights/permissions.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';

const { places: TEXTS } = textsFor(DEFAULT_LOCALE).commands;

/** What a command is about: a channel as the person and the bot stand in it, or the person's direct messages. */
export type Target =
  | { readonly kind: 'channel'; readonly channel: ResolvedChannel }
  | { readonly kind: 'dm'; readonly userId: string };

export const CHANNEL_OPTION: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.Channel,
  name: 'channel',
  description: TEXTS.channel,
  channel_types: [
    ChannelType.GuildText,
    ChannelType.GuildAnnouncement,
    ChannelType.AnnouncementThread,
    ChannelType.PublicThread,
    ChannelType.PrivateThread,
    ChannelType.GuildForum,
  ],
};

export const BY_OPTION: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'by',
  description: TEXTS.by,
  choices: [
    { name: TEXTS.byChannel, value: 'channel' },
    { name: TEXTS.byDm, value: 'dm' },
  ],
};

/** Whether this is a server without the app, which the person brought along. */
export function isForeignServer({ interaction }: Pick<Request<BaseInteraction>, 'interaction'>): boolean {
  if (interaction.guildId === null) return false;
  const owners = interaction.authorizingIntegrationOwners;
  const byServer = owners[ApplicationIntegrationType.GuildInstall];
  return byServer === undefined && owners[ApplicationIntegrationType.UserInstall] !== undefined;
}

/** Whether the person left open where. */
export function isOpen({ interaction }: CommandRequest): boolean {
  return interaction.options.get('by') === null && interaction.options.get('channel') === null;
}

/**
 * The channel that a command names, else the one it was typed in. Direct messages where it asks for them, or was typed
 * in one or in a server without the app. Raises `channel-or-dm`, and `server-only` for a channel asked for outside
 * servers.
 */
export function findTarget(request: CommandRequest): Target {
  const { interaction, here, named } = request;
  const by = interaction.options.getString('by');
  const channelId = interaction.options.get('channel')?.value;
  if (by === 'dm' && channelId !== undefined) throw new UserError('channel-or-dm', {});
  const hasNoChannel = interaction.guildId === null || isForeignServer(request);
  const isElsewhere = hasNoChannel && by !== 'channel' && channelId === undefined;
  if (by === 'dm' || isElsewhere) return { kind: 'dm', userId: interaction.user.id };
  if (interaction.guildId === null || here === undefined) throw new UserError('server-only', {});
  if (typeof channelId !== 'string') return { kind: 'channel', channel: here };
  return { kind: 'channel', channel: named.find(({ id }) => id === channelId) ?? unknownChannel(channelId) };
}

/** Another server's, or nobody's; a person can send any id. */
function unknownChannel(id: string): ResolvedChannel {
  return { id, type: ChannelType.GuildText, memberPermissions: 0n, ownPermissions: undefined };
}

/** The places that are meant: where none is named, the person's direct messages too. */
export function targetIds(request: CommandRequest): readonly string[] {
  const target = findTarget(request);
  const own = destinationId({ kind: 'dm', userId: request.interaction.user.id });
  return isOpen(request) ? [...new Set([targetId(target), own])] : [targetId(target)];
}

export function nothingFollowed(target: Target): UserError {
  return new UserError('nothing-followed', target.kind === 'dm' ? {} : { channelId: target.channel.id });
}

export function targetId(target: Target): string {
  return target.kind === 'channel'
    ? destinationId({ kind: 'channel', channelId: target.channel.id })
    : destinationId(target);
}
