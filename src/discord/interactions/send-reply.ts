import { randomBytes } from 'node:crypto';
import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  DiscordAPIError,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  MessagePayload,
  type ModalMessageModalSubmitInteraction,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js';
import { SourceError, StorageError, UserError, type UserErrorCode } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { mayPass, reasonOf } from '../rest/keep-trying.ts';
import { AnswerHeldBackError, RefusedTokenError } from '../rest/request-errors.ts';
import type { Texts } from '../texts/texts.ts';
import type { AnyReply, Control } from './command.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | StringSelectMenuInteraction
  | ModalSubmitInteraction;
export type AnswerKind = Control<unknown>['answer'];

/** Discord gives 3 s to the first response. */
const DEFER_AFTER_MS = 1_500;
const PRIVATE = MessageFlags.Ephemeral;
const LAYOUT = MessageFlags.IsComponentsV2;

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#json */
const UNKNOWN_INTERACTION = 10_062;
const ALREADY_ACKNOWLEDGED = 40_060;

/**
 * Sends an answer, and once more when it may be lost. Discord takes one only: its word that it has one means that the first
 * came through.
 */
export async function sendSurely(send: () => Promise<unknown>): Promise<void> {
  const trySending = () =>
    send().catch((error: unknown) => {
      if (codeOf(error) !== ALREADY_ACKNOWLEDGED) throw error;
    });
  await trySending().catch((error: unknown) => {
    if (!mayPass(error)) throw error;
    return trySending();
  });
}

/** Whether an answer did not get through, and nothing else would: Discord is away, or waits no longer. */
export function isLost(error: unknown): boolean {
  return mayPass(error) || codeOf(error) === UNKNOWN_INTERACTION;
}

function codeOf(error: unknown): unknown {
  return error instanceof DiscordAPIError ? error.code : undefined;
}

/** Tells Discord that the answer comes later. What kind of message it will be is said then: here it is refused. */
export async function deferReply(interaction: Answerable, kind: AnswerKind): Promise<void> {
  if (kind === 'update' && hasMessage(interaction)) await sendSurely(() => interaction.deferUpdate());
  else await sendSurely(() => interaction.deferReply(kind === 'show' ? {} : { flags: PRIVATE }));
  // discord.js does not know so where its acknowledgement was lost.
  interaction.deferred = true;
}

export interface Deferral {
  /** Resolves once nothing is deferred any more. */
  stop(): Promise<void>;
  /** Rejects with `AnswerHeldBackError` where this process may not even say that the answer comes later; pending otherwise. */
  readonly heldBack: Promise<never>;
}

export function deferLater(interaction: Answerable, kind: AnswerKind, log: Log): Deferral {
  const { promise: heldBack, reject } = Promise.withResolvers<never>();
  let deferral: Promise<void> | undefined;
  const timer = setTimeout(() => {
    deferral = deferReply(interaction, kind).catch((error: unknown) => {
      if (error instanceof AnswerHeldBackError) reject(error);
      else log.warn({ err: error }, 'an interaction could not be deferred');
    });
  }, DEFER_AFTER_MS);
  return {
    heldBack,
    async stop() {
      clearTimeout(timer);
      await deferral;
    },
  };
}

export async function sendReply(interaction: Answerable, kind: AnswerKind, reply: AnyReply): Promise<void> {
  const flags = 'layout' in reply ? LAYOUT : 0;
  await sendSurely(async () => {
    if (interaction.deferred) {
      await interaction.editReply(buildPayload(interaction, reply, flags));
    } else if (kind === 'update' && hasMessage(interaction)) {
      await interaction.update(buildPayload(interaction, reply, flags));
    } else {
      const seen = kind === 'show' ? 0 : PRIVATE;
      await interaction.reply(buildPayload(interaction, reply, flags | seen));
    }
  });
}

/** For the person alone; whatever was to be updated or shown stays as it is. */
export async function refuse(interaction: Answerable, kind: AnswerKind, reply: AnyReply): Promise<void> {
  const flags = 'layout' in reply ? LAYOUT : 0;
  if (!interaction.deferred) {
    await sendSurely(() => interaction.reply(buildPayload(interaction, reply, flags | PRIVATE)));
  } else if (kind === 'reply') {
    await sendSurely(() => interaction.editReply(buildPayload(interaction, reply, flags)));
  } else {
    if (kind === 'show') await interaction.deleteReply();
    await sendSurely(() => interaction.followUp(buildPayload(interaction, reply, flags | PRIVATE)));
  }
}

/** Whether it came from a message, which its answer can renew. */
function hasMessage(
  interaction: Answerable,
): interaction is ButtonInteraction | StringSelectMenuInteraction | ModalMessageModalSubmitInteraction {
  return interaction.isMessageComponent() || (interaction.isModalSubmit() && interaction.isFromMessage());
}

function buildPayload(interaction: Answerable, reply: AnyReply, flags: number): MessagePayload {
  const shown = flags === 0 ? {} : { flags };
  const common = { ...shown, allowedMentions: { parse: [] } };
  if ('layout' in reply) return MessagePayload.create(interaction, { ...common, components: reply.layout });
  // Absent parts are emptied, so that an update leaves nothing of the message before it.
  const { content = '', embeds = [], components = [], files = [] } = reply;
  const payload = MessagePayload.create(interaction, {
    ...common,
    content,
    embeds,
    components,
    files: files.map(({ name, data, description }) => ({ name, attachment: data, description })),
  });
  // discord.js would leave out the types of the files.
  payload.files = files.map(({ name, data, contentType }) => ({ name, data, contentType }));
  return payload;
}

/** What to tell the person; all that is not theirs to know goes to the log, under the reference they are given. */
export function describeFailure(error: unknown, texts: Texts, log: Log): string {
  if (error instanceof UserError) return describeUserError(error, texts);
  const reference = randomBytes(4).toString('hex');
  if (error instanceof SourceError) {
    if (error.reason === 'busy') return texts.failures.busy;
    log.warn({ err: error, reference }, 'a source failed while answering');
    return error.reason === 'rate-limited' ? texts.failures.busy : texts.failures.source(error.source);
  }
  if (error instanceof StorageError) {
    log.error({ err: error, reference }, 'storage failed while answering');
    return texts.failures.storage(reference);
  }
  if (mayPass(error) || error instanceof RefusedTokenError) {
    log.warn({ reason: reasonOf(error) }, 'Discord did not answer what a command asked');
    return texts.failures.discord;
  }
  log.error({ err: error, reference }, 'an interaction failed');
  return texts.failures.unexpected(reference);
}

function describeUserError<Code extends UserErrorCode>(error: UserError<Code>, texts: Texts): string {
  return texts.userErrors[error.code](error.values);
}
