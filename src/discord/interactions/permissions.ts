import { ChannelType, PermissionFlagsBits } from 'discord.js';
import type { ChannelKind, DigestStyle } from '../../subscriptions/destination.ts';

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

const BASE = [
  ['View Channel', PermissionFlagsBits.ViewChannel],
  ['Embed Links', PermissionFlagsBits.EmbedLinks],
  ['Read Message History', PermissionFlagsBits.ReadMessageHistory],
] as const;

/** What the bot lacks for its digests in a channel of that kind, by the names that Discord shows. */
export function missingPermissions(held: bigint, kind: ChannelKind, style: DigestStyle): readonly string[] {
  if ((held & PermissionFlagsBits.Administrator) !== 0n) return [];
  const send =
    kind === 'thread'
      ? (['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads] as const)
      : (['Send Messages', PermissionFlagsBits.SendMessages] as const);
  const threads =
    style === 'threads' && kind !== 'forum'
      ? [
          ['Create Public Threads', PermissionFlagsBits.CreatePublicThreads] as const,
          ['Send Messages in Threads', PermissionFlagsBits.SendMessagesInThreads] as const,
        ]
      : [];
  const needed = new Map<string, bigint>([...BASE.slice(0, 1), send, ...BASE.slice(1), ...threads]);
  return [...needed].filter(([, flag]) => (held & flag) === 0n).map(([name]) => name);
}

export function isAdministrator(permissions: bigint): boolean {
  return (permissions & PermissionFlagsBits.Administrator) !== 0n;
}

export function mayManageChannel(permissions: bigint): boolean {
  return (permissions & (PermissionFlagsBits.ManageChannels | PermissionFlagsBits.Administrator)) !== 0n;
}

export function mayManageServer(permissions: bigint): boolean {
  return (permissions & (PermissionFlagsBits.ManageGuild | PermissionFlagsBits.Administrator)) !== 0n;
}

export function mayMentionEveryone(permissions: bigint): boolean {
  return (permissions & (PermissionFlagsBits.MentionEveryone | PermissionFlagsBits.Administrator)) !== 0n;
}
