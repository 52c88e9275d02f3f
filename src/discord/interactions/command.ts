import type {
  APIActionRowComponent,
  APIComponentInMessageActionRow,
  APIEmbed,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { ResolvedChannel } from './payload-keeper.ts';

/** What a command or control answers with; the router sends it, with all mentions off. */
export interface Reply {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
}

/** An interaction, with the channels that it names as the person and the bot stand in them. */
export interface Request<Interaction> {
  readonly interaction: Interaction;
  /** Where it happened; undefined in DMs. */
  readonly here: ResolvedChannel | undefined;
  readonly named: readonly ResolvedChannel[];
  /** The person's roles in the server, without @everyone. */
  readonly memberRoleIds: readonly string[];
  /** Ids of the named roles that anybody may mention. */
  readonly mentionableRoles: readonly string[];
}

export interface Choice {
  readonly name: string;
  readonly value: string;
}

export type CommandRequest = Request<ChatInputCommandInteraction>;
export type ControlRequest = Request<ButtonInteraction | StringSelectMenuInteraction> & {
  /** From the custom id. */
  readonly values: readonly string[];
};

/** A slash command. Handlers answer with values; the router defers, sends, and words the failures. */
export interface Command<Context> {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(request: CommandRequest, context: Context): Promise<Reply>;
  autocomplete?(request: Request<AutocompleteInteraction>, context: Context): Promise<readonly Choice[]>;
}

/** What the menu of a message offers. */
export interface MessageCommand<Context> {
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  execute(request: Request<MessageContextMenuCommandInteraction>, context: Context): Promise<Reply>;
}

/** What a button or menu does. */
export interface Control<Context> {
  /** As in its custom id. */
  readonly name: string;
  /** A new private message, a new version of the message it is on, or a new message that everybody sees. */
  readonly answer: 'reply' | 'update' | 'show';
  execute(request: ControlRequest, context: Context): Promise<Reply>;
}
