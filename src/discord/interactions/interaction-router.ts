import {
  type AutocompleteInteraction,
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type InteractionReplyOptions,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { UserError } from '../../errors.ts';
import type { Choice, Command, Control, MessageCommand, Reply, Request } from './command.ts';
import type { Log } from './create-client.ts';
import { parseCustomId } from './custom-id.ts';
import { describeFailure } from './describe-failure.ts';
import type { PayloadKeeper } from './payload-keeper.ts';

type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction;
type Answer = Control<unknown>['answer'];

export interface RouterParts<Context> {
  readonly commands: readonly Command<Context>[];
  readonly messageCommands: readonly MessageCommand<Context>[];
  readonly controls: readonly Control<Context>[];
  readonly context: Context;
  readonly payloads: PayloadKeeper;
  readonly log: Log;
}

/** Discord gives 3 s to the first response. */
const DEFER_AFTER_MS = 1_500;
const AUTOCOMPLETE_MS = 2_000;
const CHOICES = 25;
const CHOICE_LENGTH = 100;
const PRIVATE = MessageFlags.Ephemeral;

/** Answers one interaction, whatever happens; it never rejects. */
export function createInteractionRouter<Context>(
  parts: RouterParts<Context>,
): (interaction: Interaction) => Promise<void> {
  const commands = new Map(parts.commands.map((command) => [command.data.name, command]));
  const messageCommands = new Map(parts.messageCommands.map((command) => [command.data.name, command]));
  const controls = new Map(parts.controls.map((control) => [control.name, control]));
  return async (interaction) => {
    try {
      if (interaction.isAutocomplete()) {
        await suggest(interaction, commands.get(interaction.commandName), parts);
      } else if (interaction.isChatInputCommand()) {
        await runCommand(interaction, commands.get(interaction.commandName), parts);
      } else if (interaction.isMessageContextMenuCommand()) {
        await runCommand(interaction, messageCommands.get(interaction.commandName), parts);
      } else if (interaction.isButton() || interaction.isStringSelectMenu()) {
        await runControl(interaction, controls, parts);
      }
    } catch (error) {
      parts.log.error({ err: error }, 'an interaction could not be answered');
    }
  };
}

async function runCommand<
  I extends ChatInputCommandInteraction | MessageContextMenuCommandInteraction,
  Context,
>(
  interaction: I,
  command: { execute(request: Request<I>, context: Context): Promise<Reply> } | undefined,
  parts: RouterParts<Context>,
): Promise<void> {
  await answer(interaction, 'reply', parts, async () => {
    if (command === undefined) throw new UserError('control-outdated', {});
    return await command.execute(readRequest(interaction, parts.payloads), parts.context);
  });
}

async function runControl<Context>(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  controls: ReadonlyMap<string, Control<Context>>,
  parts: RouterParts<Context>,
): Promise<void> {
  const name = /^[a-z-]*/.exec(interaction.customId)?.[0] ?? '';
  const control = controls.get(name);
  await answer(interaction, control?.answer ?? 'reply', parts, async () => {
    const { values } = parseCustomId(interaction.customId);
    if (control === undefined) throw new UserError('control-outdated', {});
    return await control.execute({ ...readRequest(interaction, parts.payloads), values }, parts.context);
  });
}

function readRequest<I extends Interaction>(interaction: I, payloads: PayloadKeeper): Request<I> {
  const payload = payloads.take(interaction.id);
  return {
    interaction,
    here: interaction.guildId === null ? undefined : payload?.here,
    named: payload?.named ?? [],
    memberRoleIds: payload?.memberRoleIds ?? [],
    mentionableRoles: (payload?.roles ?? []).filter((role) => role.mentionable).map((role) => role.id),
  };
}

async function suggest<Context>(
  interaction: AutocompleteInteraction,
  command: Command<Context> | undefined,
  parts: RouterParts<Context>,
): Promise<void> {
  const choices = await collectChoices(interaction, command, parts);
  await interaction.respond(
    choices
      .filter(({ name, value }) => name !== '' && value.length <= CHOICE_LENGTH)
      .slice(0, CHOICES)
      .map(({ name, value }) => ({ name: name.slice(0, CHOICE_LENGTH), value })),
  );
}

async function collectChoices<Context>(
  interaction: AutocompleteInteraction,
  command: Command<Context> | undefined,
  parts: RouterParts<Context>,
): Promise<readonly Choice[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Choice[]>((resolve) => {
    timer = setTimeout(() => resolve([]), AUTOCOMPLETE_MS);
  });
  try {
    const found = command?.autocomplete?.(readRequest(interaction, parts.payloads), parts.context);
    return await Promise.race([found ?? [], late]);
  } catch (error) {
    parts.log.warn({ err: error, command: interaction.commandName }, 'no suggestions because of an error');
    return [];
  } finally {
    clearTimeout(timer);
  }
}

/** Runs a handler, defers when it takes long, and sends what came of it. */
async function answer<Context>(
  interaction: Answerable,
  kind: Answer,
  parts: RouterParts<Context>,
  run: () => Promise<Reply>,
): Promise<void> {
  let deferral: Promise<unknown> | undefined;
  const timer = setTimeout(() => {
    deferral = defer(interaction, kind).catch((error: unknown) => {
      parts.log.warn({ err: error }, 'an interaction could not be deferred');
    });
  }, DEFER_AFTER_MS);
  let reply: Reply | undefined;
  let failure: string | undefined;
  try {
    reply = await run();
  } catch (error) {
    failure = describeFailure(error, parts.log);
  }
  clearTimeout(timer);
  await deferral;
  if (reply === undefined) await refuse(interaction, kind, failure ?? '');
  else await send(interaction, kind, reply);
}

async function defer(interaction: Answerable, kind: Answer): Promise<void> {
  if (kind === 'update' && interaction.isMessageComponent()) await interaction.deferUpdate();
  else await interaction.deferReply(kind === 'show' ? {} : { flags: PRIVATE });
}

async function send(interaction: Answerable, kind: Answer, reply: Reply): Promise<void> {
  const message = { ...toMessage(reply), allowedMentions: { parse: [] } };
  if (interaction.deferred) await interaction.editReply(message);
  else if (kind === 'update' && interaction.isMessageComponent()) await interaction.update(message);
  else await interaction.reply({ ...message, ...(kind === 'show' ? {} : { flags: PRIVATE }) });
}

async function refuse(interaction: Answerable, kind: Answer, content: string): Promise<void> {
  const message: InteractionReplyOptions = { content, allowedMentions: { parse: [] }, flags: PRIVATE };
  if (!interaction.deferred) await interaction.reply(message);
  else if (kind === 'reply') await interaction.editReply({ content, allowedMentions: { parse: [] } });
  else {
    if (kind === 'show') await interaction.deleteReply();
    await interaction.followUp(message);
  }
}

/** Absent parts are emptied, so that an update leaves nothing of the message before it. */
function toMessage({ content, embeds, components }: Reply): {
  content: string;
  embeds: NonNullable<Reply['embeds']>;
  components: NonNullable<Reply['components']>;
} {
  return { content: content ?? '', embeds: embeds ?? [], components: components ?? [] };
}
