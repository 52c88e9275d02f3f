import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';

export type JsonRecord = Readonly<Record<string, unknown>>;

export interface User {
  id: string;
  username: string;
  global_name: string;
  discriminator: string;
  avatar: null;
  bot: boolean;
}
export interface Role {
  id: string;
  name: string;
  permissions: string;
  mentionable: boolean;
  position: number;
  color: number;
  hoist: boolean;
  managed: boolean;
}
export interface Overwrite {
  id: string;
  type: 0 | 1;
  allow: string;
  deny: string;
}
export interface ThreadMetadata {
  archived: boolean;
  locked: boolean;
  /** Minutes. */
  auto_archive_duration: number;
  archive_timestamp: string;
  create_timestamp: string;
}
export interface ForumTag {
  id: string;
  name: string;
  moderated: boolean;
  emoji_id: null;
  emoji_name: null;
}
export interface Channel {
  id: string;
  /** 0 text, 1 DM, 3 group DM, 4 category, 5 announcement, 10 and 11 thread, 15 forum. */
  type: number;
  name: string;
  guild_id?: string;
  parent_id: string | null;
  position: number;
  flags: number;
  permission_overwrites: Overwrite[];
  /** Of a DM: the person, or several where the bot is not one of them. */
  recipients?: User[];
  available_tags?: ForumTag[];
  applied_tags?: string[];
  owner_id?: string;
  message_count?: number;
  member_count?: number;
  total_message_sent?: number;
  rate_limit_per_user?: number;
  thread_metadata?: ThreadMetadata;
}
export interface Guild {
  id: string;
  name: string;
  owner_id: string;
  roles: Role[];
  emojis?: { id: string; name: string; animated: boolean; roles: string[] }[];
  /** Role ids by user id; the bot is among them where it was added. */
  members: Record<string, string[]>;
}
export interface Attachment {
  id: string;
  filename: string;
  /** Bytes. */
  size: number;
  content_type: string;
  description?: string;
  url: string;
  proxy_url: string;
}
/** Votes are kept by person; Discord shows numbers alone. */
export interface Poll {
  question: { text: string };
  answers: { answer_id: number; poll_media: { text: string } }[];
  expiry: string;
  allow_multiselect: boolean;
  layout_type: number;
  results: {
    is_finalized: boolean;
    answer_counts: { id: number; count: number; me_voted: boolean }[];
  };
}
export interface ScheduledEvent {
  id: string;
  guild_id: string;
  channel_id: string | null;
  creator_id: string;
  name: string;
  description: string | null;
  scheduled_start_time: string;
  scheduled_end_time: string | null;
  privacy_level: 2;
  /** 1 scheduled, 2 active, 3 completed, 4 canceled. */
  status: 1 | 2 | 3 | 4;
  /** 2 voice, 3 external. */
  entity_type: number;
  entity_id: null;
  entity_metadata: { location?: string } | null;
  user_count: number;
}
export interface Message {
  id: string;
  channel_id: string;
  type: number;
  author: User;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  poll?: Poll;
  flags: number;
  nonce?: string;
  mention_roles: string[];
  mention_everyone: boolean;
  mentions: User[];
  /** Hidden in a message of components v2, which shows its files itself. */
  attachments: Attachment[];
  pinned: boolean;
  tts: boolean;
  webhook_id?: string;
  application_id?: string;
  /** The only person who sees it, when it is ephemeral. */
  ephemeral_for?: string;
}
export interface Command {
  id: string;
  application_id: string;
  version: string;
  type: number;
  name: string;
  description: string;
  default_member_permissions: string | null;
  contexts: number[] | null;
  integration_types?: number[] | null;
  options: CommandOption[];
}
export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
  channel_types?: number[];
  choices?: { name: string; value: string | number }[];
  options?: CommandOption[];
}
/** All that the stand-in knows, as plain data keyed by id. */
export interface DiscordState {
  applicationId: string;
  bot: User;
  guilds: Record<string, Guild>;
  channels: Record<string, Channel>;
  users: Record<string, User>;
  messages: Record<string, Message[]>;
  /** Scheduled events that are not over, by server. */
  events: Record<string, ScheduledEvent[]>;
  /** Answers by person, by the message of the poll. */
  pollVotes: Record<string, Record<string, number[]>>;
  commands: Command[];
  /** Who installed the app for themselves. */
  userInstalls: string[];
  /** Who takes no direct messages from the bot. */
  closedDms: string[];
}
export interface LoggedRequest {
  method: string;
  path: string;
  body: unknown;
  status: number;
  time: number;
  /** Of a 429: whose limit it was. */
  scope?: string;
}
export const FORUM = 15;
export const ANNOUNCEMENT = 5;
export const ANNOUNCEMENT_THREAD = 10;
export const PUBLIC_THREAD = 11;

export const isThread = ({ type }: Channel): boolean =>
  type === ANNOUNCEMENT_THREAD || type === PUBLIC_THREAD;
export const isBotDm = ({ type, recipients }: Channel): boolean => type === 1 && recipients?.length === 1;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
