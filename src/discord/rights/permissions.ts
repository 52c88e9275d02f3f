import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { NeededPermission } from '../../errors.ts';
import type { ChannelKind, DigestStyle } from '../../subscriptions/destination.ts';

/** A channel as the person and the bot stand in it. `ownPermissions` is missing where Discord does not tell. */
export interface ResolvedChannel {
  readonly id: string;
  readonly type: number;
  readonly memberPermissions: bigint;
  readonly ownPermissions: bigint | undefined;
}

const KINDS: ReadonlyMap<number, ChannelKind> = new Map([
  [ChannelType.GuildText, 'text'],
  [ChannelType.GuildAnnouncement, 'announcement'],
  [ChannelType.AnnouncementThread, 'thread'],
  [ChannelType.PublicThread, 'thread'],
  [ChannelType.PrivateThread, 'thread'],
  [ChannelType.GuildForum, 'forum'],
]);

/** The kind of a channel that digests can go to; undefined for any other. */
export function channelKindOf(type: number): ChannelKind | undefined {
  return KINDS.get(type);
}

/** What the bot lacks for its digests in a channel of that kind. */
export function missingPermissions(
  held: bigint,
  kind: ChannelKind,
  style: DigestStyle,
): readonly NeededPermission[] {
  if (isAdministrator(held)) return [];
  const makesThreads = style === 'threads' && kind !== 'forum';
  const needed = new Set<NeededPermission>([
    'ViewChannel',
    kind === 'thread' ? 'SendMessagesInThreads' : 'SendMessages',
    'ReadMessageHistory',
    ...(style === 'embeds' ? (['EmbedLinks'] as const) : []),
    ...(makesThreads ? (['CreatePublicThreads', 'SendMessagesInThreads'] as const) : []),
  ]);
  return [...needed].filter((permission) => (held & PermissionFlagsBits[permission]) === 0n);
}

export function isAdministrator(permissions: bigint): boolean {
  return (permissions & PermissionFlagsBits.Administrator) !== 0n;
}

export function mayViewChannel(permissions: bigint): boolean {
  return (permissions & (PermissionFlagsBits.ViewChannel | PermissionFlagsBits.Administrator)) !== 0n;
}

/** Nobody manages what they cannot see: https://docs.discord.com/developers/topics/permissions#implicit-permissions */
export function mayManageChannel(permissions: bigint): boolean {
  const isManager = (permissions & PermissionFlagsBits.ManageChannels) !== 0n && mayViewChannel(permissions);
  return isManager || isAdministrator(permissions);
}

export function mayManageServer(permissions: bigint): boolean {
  return (permissions & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n;
}

export function mayMentionEveryone(permissions: bigint): boolean {
  return (permissions & (PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.Administrator)) !== 0n;
}

export function mayAttachFiles(permissions: bigint): boolean {
  return (permissions & (PermissionFlagsBits.AttachFiles | PermissionFlagsBits.Administrator)) !== 0n;
}

export function mayManageEvents(permissions: bigint): boolean {
  return (permissions & (PermissionFlagsBits.ManageEvents | PermissionFlagsBits.Administrator)) !== 0n;
}
