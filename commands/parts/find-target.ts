import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType, ChannelType } from 'discord.js';
import type { CommandRequest } from '../../src/discord/interactions/command.ts';
import type { ResolvedChannel } from '../../src/discord/interactions/payload-keeper.ts';
import { UserError } from '../../src/errors.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';

/** What a command is about: a channel as the person and the bot stand in it, or the person's direct messages. */
export type Target =
  | { readonly kind: 'channel'; readonly channel: ResolvedChannel }
  | { readonly kind: 'dm'; readonly userId: string };

export const CHANNEL_OPTION: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.Channel,
  name: 'channel',
  description: 'The channel, thread or forum; this one if left out',
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
  description: 'In a channel, or by direct message to you alone',
  choices: [
    { name: 'in the channel', value: 'channel' },
    { name: 'by direct message', value: 'dm' },
  ],
};

/** Whether the person left open where. */
export function isOpen({ interaction }: CommandRequest): boolean {
  return interaction.options.get('by') === null && interaction.options.get('channel') === null;
}

/**
 * The channel that a command names, else the one it was typed in; direct messages where it was typed in those or
 * asks for them. Raises `channel-or-dm`, and `server-only` for a channel asked for outside servers.
 */
export function findTarget({ interaction, here, named }: CommandRequest): Target {
  const by = interaction.options.getString('by');
  const channelId = interaction.options.get('channel')?.value;
  if (by === 'dm' && channelId !== undefined) throw new UserError('channel-or-dm', {});
  const isElsewhere = interaction.guildId === null && by !== 'channel' && channelId === undefined;
  if (by === 'dm' || isElsewhere) return { kind: 'dm', userId: interaction.user.id };
  const channel = channelId === undefined ? here : named.find(({ id }) => id === channelId);
  if (interaction.guildId === null || channel === undefined) throw new UserError('server-only', {});
  return { kind: 'channel', channel };
}

export function targetId(target: Target): string {
  return target.kind === 'channel'
    ? destinationId({ kind: 'channel', channelId: target.channel.id })
    : destinationId(target);
}
