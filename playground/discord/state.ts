import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord.js';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;
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
export interface Channel {
  id: string;
  /** 0 text, 1 DM, 5 announcement, 11 thread, 15 forum. */
  type: number;
  name: string;
  guild_id?: string;
  parent_id: string | null;
  position: number;
  permission_overwrites: Overwrite[];
  recipients?: User[];
  thread_metadata?: {
    archived: boolean;
    locked: boolean;
    auto_archive_duration: number;
    archive_timestamp: string;
  };
}
export interface Guild {
  id: string;
  name: string;
  owner_id: string;
  roles: Role[];
  /** Role ids by user id. */
  members: Record<string, string[]>;
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
  components: Row[];
  flags: number;
  nonce?: string;
  mention_roles: string[];
  mention_everyone: boolean;
  mentions: User[];
  attachments: never[];
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
  options: CommandOption[];
}
export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
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
  commands: Command[];
}
export interface LoggedRequest {
  method: string;
  path: string;
  body: unknown;
  status: number;
  time: number;
}
export interface World {
  readonly state: DiscordState;
  readonly token: string;
  /** Messages sent with an enforced nonce, also those deleted since. */
  readonly nonces: Map<string, { messageId: string; time: number }>;
  now(): number;
  nextId(): string;
  dispatch(event: string, data: unknown): void;
  changed(): void;
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function createUser(id: string, name: string, bot = false): User {
  return {
    id,
    username: name.toLowerCase(),
    global_name: name,
    discriminator: '0',
    avatar: null,
    bot,
  };
}
