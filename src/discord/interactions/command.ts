import type {
  APIActionRowComponent,
  APIButtonComponentWithCustomId,
  APIComponentInMessageActionRow,
  APIEmbed,
  APIMessageTopLevelComponent,
  APIModalInteractionResponseCallbackData,
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { ResolvedChannel } from '../rights/permissions.ts';
import type { Texts } from '../texts/texts.ts';

interface ReplyFile {
  /** Lower-case ASCII letters, digits and dashes, with an ending: Discord changes other names. */
  readonly name: string;
  readonly data: Buffer;
  readonly contentType: string;
  /** For people who cannot see it, 1,024 characters at most. */
  readonly description: string;
}

/** What a command or control answers with; the router sends it, with all mentions off. */
export interface Reply {
  readonly content?: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
  readonly files?: readonly ReplyFile[];
}

/**
 * The same made of Components V2. It can take the place of its like only, and has no files: a late answer is an edit,
 * and Discord refuses edits that add a file to such a message. https://github.com/discord/discord-api-docs/issues/7529
 */
export interface LayoutReply {
  readonly layout: readonly APIMessageTopLevelComponent[];
}

export type AnyReply = Reply | LayoutReply;

/** An interaction, with the channels that it names as the person and the bot stand in them. */
export interface Request<Interaction> {
  readonly interaction: Interaction;
  /** In the person's language. */
  readonly texts: Texts;
  /** Where it happened; undefined in DMs. */
  readonly here: ResolvedChannel | undefined;
  readonly named: readonly ResolvedChannel[];
  /** Ids of the person's roles in the server, without @everyone. */
  readonly roleIds: readonly string[];
  /** Ids of the named roles that anybody may mention. */
  readonly mentionableRoles: readonly string[];
  /**
   * What the person may do at present in a channel of the server they are in; undefined where the bot cannot see it.
   * An administrator's rights are not looked for: they are the same everywhere.
   */
  rightsIn(channelId: string): Promise<bigint | undefined>;
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
  execute(request: CommandRequest, context: Context): Promise<AnyReply>;
  autocomplete?(request: Request<AutocompleteInteraction>, context: Context): Promise<readonly Choice[]>;
}

/** What the menu of a message offers. */
export interface MessageCommand<Context> {
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  execute(request: Request<MessageContextMenuCommandInteraction>, context: Context): Promise<AnyReply>;
}

/** What a button or menu does. */
export interface Control<Context> {
  /** As in its custom id. */
  readonly name: string;
  /** A new private message, a new version of the message it is on, or a new message that everybody sees. */
  readonly answer: 'reply' | 'update' | 'show';
  execute(request: ControlRequest, context: Context): Promise<AnyReply>;
}

/**
 * A button that opens the form of the same name. The form's values are those of the button, and the id of the
 * interaction. Opening is the answer itself and cannot be deferred: nothing slow may come before it.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
 */
export interface FormOpener<Context> {
  readonly name: string;
  readonly answer: 'form';
  execute(request: ControlRequest, context: Context): Promise<APIModalInteractionResponseCallbackData>;
}

/** What was filled in, by the ids of the fields: a text alone, what was chosen in order. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

export type FormRequest = Request<ModalSubmitInteraction> & {
  /** From the custom id of the form. */
  readonly values: readonly string[];
  readonly fields: FormFields;
  /** Keeps what was typed; the button opens the form with it again, as one below a refusal does. Undefined where that fails. */
  editAgain(): Promise<APIButtonComponentWithCustomId | undefined>;
};

/** What submitting a form does. The person may have lost rights since it was opened. */
export interface Form<Context> {
  /** As in its custom id. */
  readonly name: string;
  /** `update` renews the message from which the form was opened. */
  readonly answer: 'reply' | 'update';
  execute(request: FormRequest, context: Context): Promise<AnyReply>;
}
