import { ApiError } from '../http/api-error.ts';
import { checkChoices } from './command-limits.ts';
import { checkModal } from './form-limits.ts';
import type { Modals } from './modals.ts';
import { partOf } from '../http/form.ts';
import { ANSWER_MS, EPHEMERAL, type Interaction, LOADING, type Reply } from './interaction.ts';
import { checkMessage, refuseEmpty } from '../messages/message-limits.ts';
import { COMPONENTS_V2 } from '../messages/layout-limits.ts';
import { addMessage, deleteMessage, editMessage } from '../messages/messages.ts';
import type { Message } from '../state.ts';
import type { World } from '../world.ts';

const TOKEN_MS = 15 * 60_000;
const AUTOCOMPLETE = 4;
/** Commands and components can be answered with a form; a form cannot. */
const OPENERS: readonly number[] = [2, 3];
/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type */
const ANSWER = { message: 4, deferred: 5, deferredUpdate: 6, update: 7, choices: 8, modal: 9 };

/** What the bot does to answer, over HTTP. */
export interface Answers {
  callback(id: string, token: string, body: unknown): unknown;
  find(token: string, messageId: string): Message;
  followUp(token: string, body: unknown): Message;
  remove(token: string, messageId: string): void;
  edit(token: string, messageId: string, body: unknown): Message;
}

const show = (message: Message): Reply => ({ message, ephemeral: (message.flags & EPHEMERAL) !== 0 });
const invalid = () => new ApiError(400, 50035, 'Invalid Form Body');

interface Parts {
  readonly world: World;
  readonly modals: Modals;
}

export function createAnswers({ world, modals }: Parts, open: ReadonlyMap<string, Interaction>): Answers {
  const living = (token: string): Interaction => {
    const interaction = open.get(token);
    if (interaction?.answered !== true) throw new ApiError(404, 10015, 'Unknown Webhook');
    if (world.now() - interaction.createdAt > TOKEN_MS)
      throw new ApiError(401, 50027, 'Invalid Webhook Token');
    return interaction;
  };
  const answers: Answers = {
    callback(id, token, body) {
      const interaction = findWaiting(world, open, { id, token });
      const { type, data } = partOf(body);
      take({ world, modals }, interaction, { type, data: data ?? {} });
      interaction.answered = true;
      interaction.acknowledge();
      const message = interaction.original;
      if (message && (type === ANSWER.message || type === ANSWER.update)) interaction.settle(show(message));
      return {
        interaction: { id, type: interaction.type, response_message_id: message?.id },
        resource: { type, ...(message ? { message } : {}) },
      };
    },
    find(token, messageId) {
      const { original, channel } = living(token);
      const id = messageId === '@original' ? original?.id : messageId;
      const message = world.state.messages[channel.id]?.find(
        (one) => one.id === id && (one === original || one.webhook_id !== undefined),
      );
      if (!message) throw new ApiError(404, 10008, 'Unknown Message');
      return message;
    },
    edit(token, messageId, body) {
      const message = editMessage(world, answers.find(token, messageId), body);
      living(token).settle(show(message));
      return message;
    },
    followUp(token, body) {
      const interaction = living(token);
      if (((interaction.original?.flags ?? 0) & LOADING) !== 0) return answers.edit(token, '@original', body);
      if (interaction.followUpsLeft <= 0)
        throw new ApiError(400, 40094, 'This interaction has reached its follow-up message limit');
      const message = post(world, interaction, body);
      interaction.followUpsLeft -= 1;
      interaction.settle(show(message));
      return message;
    },
    remove(token, messageId) {
      const message = answers.find(token, messageId);
      deleteMessage(world, message);
      living(token).settle({ ephemeral: (message.flags & EPHEMERAL) !== 0 });
    },
  };
  return answers;
}

function findWaiting(
  world: World,
  open: ReadonlyMap<string, Interaction>,
  { id, token }: { id: string; token: string },
): Interaction {
  const interaction = open.get(token);
  if (interaction && !interaction.answered && world.now() - interaction.createdAt > ANSWER_MS)
    interaction.expire();
  if (interaction?.id !== id || interaction.expired) throw new ApiError(404, 10062, 'Unknown interaction');
  if (interaction.answered) throw new ApiError(400, 40060, 'Interaction has already been acknowledged.');
  return interaction;
}

/** The first answer to an interaction, by its type. */
function take(
  { world, modals }: Parts,
  interaction: Interaction,
  answer: { type: unknown; data: unknown },
): void {
  const { type, data } = answer;
  if ((type === ANSWER.choices) !== (interaction.type === AUTOCOMPLETE)) throw invalid();
  const isLayout = (Number(partOf(data)['flags'] ?? 0) & COMPONENTS_V2) !== 0;
  if (type === ANSWER.deferred && isLayout) throw invalid();
  if (type === ANSWER.message || type === ANSWER.deferred) {
    interaction.original = post(world, interaction, data, type === ANSWER.deferred);
  } else if ((type === ANSWER.deferredUpdate || type === ANSWER.update) && interaction.source) {
    interaction.original = interaction.source;
    if (type === ANSWER.update) editMessage(world, interaction.source, data);
  } else if (type === ANSWER.choices) {
    const given = partOf(data)['choices'];
    const choices: unknown[] = Array.isArray(given) ? given : [];
    checkChoices(choices, ['data', 'choices']);
    interaction.settle({ choices, ephemeral: true });
  } else if (type === ANSWER.modal && OPENERS.includes(interaction.type)) {
    checkModal(data);
    const { id, source, userId } = interaction;
    interaction.settle({ form: modals.open(userId, { id, modal: partOf(data), source }), ephemeral: true });
  } else throw invalid();
}

/** Answers ping people alone, unless they say otherwise: https://discord.com/developers/docs/resources/message#allowed-mentions-object */
function post(world: World, interaction: Interaction, input: unknown, loading = false): Message {
  const { nonce: _unheeded, ...body } = checkMessage(input);
  if (!loading) refuseEmpty(body);
  const flags = (body.flags ?? 0) | (loading ? LOADING : 0) | (interaction.isPrivate ? EPHEMERAL : 0);
  const message = addMessage(world, interaction.channel, {
    allowed_mentions: { parse: ['users'] },
    ...body,
    flags,
  });
  message.webhook_id = world.state.applicationId;
  message.application_id = world.state.applicationId;
  if ((flags & EPHEMERAL) !== 0) message.ephemeral_for = interaction.userId;
  return message;
}
