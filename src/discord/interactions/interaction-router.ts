import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  StringSelectMenuInteraction,
} from 'discord.js';
import type { Clock } from '../../calendar/clock.ts';
import { UserError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { createRights } from '../rights/fetch-rights.ts';
import { type Texts, textsFor } from '../texts/texts.ts';
import type { AnyReply, Choice, Command, Control, MessageCommand, Request } from './command.ts';
import { parseCustomId } from './custom-id.ts';
import type { PayloadKeeper } from './payload-keeper.ts';
import { createPersonLimit, type PersonLimit } from './person-limit.ts';
import {
  type Answerable,
  type AnswerKind,
  deferReply,
  describeFailure,
  refuse,
  sendReply,
} from './send-reply.ts';

interface RouterParts<Context> {
  readonly commands: readonly Command<Context>[];
  readonly messageCommands: readonly MessageCommand<Context>[];
  readonly controls: readonly Control<Context>[];
  readonly context: Context;
  readonly payloads: PayloadKeeper;
  /** The ids that Discord gave to the commands, by their names; empty until they are registered. */
  readonly commandIds: ReadonlyMap<string, string>;
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Of one person, controls included; they get four times as many suggestions. 30 when absent. */
  readonly commandsPerMinute?: number | undefined;
  readonly log: Log;
}

/** Discord gives 3 s to the first response. */
const DEFER_AFTER_MS = 1_500;
const AUTOCOMPLETE_MS = 2_000;
const COMMANDS_PER_MINUTE = 30;
/** One comes with each pause in the typing. */
const SUGGESTIONS_TO_COMMANDS = 4;
const CHOICES = 25;
const CHOICE_LENGTH = 100;

interface Router<Context> extends RouterParts<Context> {
  readonly limitCommands: PersonLimit;
  readonly limitSuggestions: PersonLimit;
}

/** Answers one interaction, whatever happens; it never rejects. */
export function createInteractionRouter<Context>(
  parts: RouterParts<Context>,
): (interaction: Interaction) => Promise<void> {
  const commands = new Map(parts.commands.map((command) => [command.data.name, command]));
  const messageCommands = new Map(parts.messageCommands.map((command) => [command.data.name, command]));
  const controls = new Map(parts.controls.map((control) => [control.name, control]));
  const { commandsPerMinute = COMMANDS_PER_MINUTE, clock } = parts;
  const monotonic = () => clock.monotonic();
  const router: Router<Context> = {
    ...parts,
    limitCommands: createPersonLimit(commandsPerMinute, monotonic),
    limitSuggestions: createPersonLimit(commandsPerMinute * SUGGESTIONS_TO_COMMANDS, monotonic),
  };
  return async (interaction) => {
    try {
      if (interaction.isAutocomplete()) {
        await suggest(interaction, commands.get(interaction.commandName), router);
      } else if (interaction.isChatInputCommand()) {
        await runCommand(interaction, commands.get(interaction.commandName), router);
      } else if (interaction.isMessageContextMenuCommand()) {
        await runCommand(interaction, messageCommands.get(interaction.commandName), router);
      } else if (interaction.isButton() || interaction.isStringSelectMenu()) {
        await runControl(interaction, controls, router);
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
  command: { execute(request: Request<I>, context: Context): Promise<AnyReply> } | undefined,
  router: Router<Context>,
): Promise<void> {
  await answer(interaction, 'reply', router, async () => {
    if (command === undefined) throw new UserError('control-outdated', {});
    return await command.execute(readRequest(interaction, router), router.context);
  });
}

async function runControl<Context>(
  interaction: ButtonInteraction | StringSelectMenuInteraction,
  controls: ReadonlyMap<string, Control<Context>>,
  router: Router<Context>,
): Promise<void> {
  const name = /^[a-z-]*/.exec(interaction.customId)?.[0] ?? '';
  const control = controls.get(name);
  await answer(interaction, control?.answer ?? 'reply', router, async () => {
    const { values } = parseCustomId(interaction.customId);
    if (control === undefined) throw new UserError('control-outdated', {});
    return await control.execute({ ...readRequest(interaction, router), values }, router.context);
  });
}

/** Runs a handler, defers when it takes long, and sends what came of it. */
async function answer<Context>(
  interaction: Answerable,
  kind: AnswerKind,
  router: Router<Context>,
  run: () => Promise<AnyReply>,
): Promise<void> {
  let reply: AnyReply | undefined;
  let failure: unknown;
  const stopDeferring = deferLater(interaction, kind, router.log);
  try {
    const seconds = router.limitCommands(interaction.user.id);
    if (seconds > 0) throw new UserError('too-fast', { seconds });
    reply = await run();
  } catch (error) {
    failure = error;
  }
  await stopDeferring();
  try {
    if (reply !== undefined) {
      await sendReply(interaction, kind, reply);
      return;
    }
  } catch (error) {
    failure = error;
  }
  await refuse(interaction, kind, describeFailure(failure, textsOf(interaction, router), router.log));
}

/** What it returns resolves once nothing is deferred any more. */
function deferLater(interaction: Answerable, kind: AnswerKind, log: Log): () => Promise<void> {
  let deferral: Promise<void> | undefined;
  const timer = setTimeout(() => {
    deferral = deferReply(interaction, kind).catch((error: unknown) => {
      log.warn({ err: error }, 'an interaction could not be deferred');
    });
  }, DEFER_AFTER_MS);
  return async () => {
    clearTimeout(timer);
    await deferral;
  };
}

async function suggest<Context>(
  interaction: AutocompleteInteraction,
  command: Command<Context> | undefined,
  router: Router<Context>,
): Promise<void> {
  const isTooFast = router.limitSuggestions(interaction.user.id) > 0;
  const choices = isTooFast ? [] : await collectChoices(interaction, command, router);
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
  router: Router<Context>,
): Promise<readonly Choice[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<readonly Choice[]>((resolve) => {
    timer = setTimeout(() => resolve([]), AUTOCOMPLETE_MS);
  });
  try {
    const found = command?.autocomplete?.(readRequest(interaction, router), router.context);
    return await Promise.race([found ?? [], late]);
  } catch (error) {
    if (!(error instanceof UserError)) {
      router.log.warn({ err: error, command: interaction.commandName }, 'no suggestions because of an error');
    }
    return [];
  } finally {
    clearTimeout(timer);
  }
}

function readRequest<I extends Interaction, Context>(interaction: I, router: Router<Context>): Request<I> {
  const payload = router.payloads.take(interaction.id);
  const here = interaction.guildId === null ? undefined : payload?.here;
  const { named = [], memberRoleIds: roleIds = [], roles = [] } = payload ?? {};
  const { rest } = interaction.client;
  return {
    interaction,
    texts: textsOf(interaction, router),
    here,
    named,
    mentionableRoles: roles.filter((role) => role.mentionable).map((role) => role.id),
    rightsIn:
      here === undefined
        ? () => Promise.resolve(undefined)
        : createRights({ rest, userId: interaction.user.id, roleIds, here, named }),
  };
}

/** Commands are named so that a click on their names starts them. */
function textsOf<Context>({ locale }: Interaction, { commandIds }: Router<Context>): Texts {
  return textsFor(locale, (name) => {
    const id = commandIds.get(name);
    return id === undefined ? `\`/${name}\`` : `</${name}:${id}>`;
  });
}
