import { buildCommandData, findCommand } from './command-data.ts';
import { controlsOf } from '../messages/controls.ts';
import { type Answers, createAnswers } from './interaction-answers.ts';
import { describeContext, findContext } from './interaction-context.ts';
import { createInteraction, type Interaction, type Reply } from './interaction.ts';
import { partOf } from '../http/form.ts';
import { attachToCommand } from '../messages/attachments.ts';
import { type Attachment, type Channel, FORUM, type JsonRecord, type Message } from '../state.ts';
import { buildSubmission, createModals, type Filled, type Modals } from './modals.ts';
import type { World } from '../world.ts';

export type { Reply } from './interaction.ts';

/** What a person does in a place. */
export interface Verbs {
  /** The value of an option that takes a file is a `File`. */
  runCommand(name: string, options?: Record<string, unknown>): Promise<Reply>;
  autocomplete(name: string, options: Record<string, unknown>, focused: string): Promise<unknown[]>;
  press(messageId: string, customId: string): Promise<Reply>;
  choose(messageId: string, customId: string, values: string[]): Promise<Reply>;
  messageCommand(name: string, messageId: string): Promise<Reply>;
  /** Fills in and submits the form that is open; fields that are left out keep what they were opened with. */
  submit(formId: string, filled: Filled): Promise<Reply>;
}
export interface Interactions extends Answers {
  act(userId: string, place: { guildId?: string; channelId: string }): Verbs;
}
interface Actor {
  readonly world: World;
  readonly userId: string;
  readonly channel: Channel;
  readonly modals: Modals;
  begin(payload: JsonRecord): Promise<Reply>;
}

const COMMAND = 2;
const COMPONENT = 3;
const AUTOCOMPLETE = 4;
const SUBMISSION = 5;
const MESSAGE_COMMAND = 3;

export function createInteractions(world: World): Interactions {
  const open = new Map<string, Interaction>();
  const modals = createModals();
  return {
    ...createAnswers({ world, modals }, open),
    act(userId, place) {
      const channel = world.state.channels[place.channelId];
      if (!channel) throw new Error(`There is no channel ${place.channelId}`);
      if (channel.type === FORUM)
        throw new Error('Commands run in the posts of a forum, not in the forum itself');
      const begin = (payload: JsonRecord) => start(world, open, { userId, channel, payload });
      return createVerbs({ world, userId, channel, modals, begin });
    },
  };
}

function start(
  world: World,
  open: Map<string, Interaction>,
  { userId, channel, payload }: { userId: string; channel: Channel; payload: JsonRecord },
): Promise<Reply> {
  const where = findContext(world, userId, channel);
  const interaction = createInteraction(world, {
    userId,
    channel,
    type: Number(payload['type']),
    isPersonal: where.isPersonal,
    isPrivate: where.isPrivate,
    source: world.state.messages[channel.id]?.find((one) => one === payload['message']),
  });
  open.set(interaction.token, interaction);
  world.dispatch('INTERACTION_CREATE', {
    ...describeContext(world, userId, channel, where),
    id: interaction.id,
    token: interaction.token,
    ...payload,
  });
  return interaction.reply;
}

function createVerbs(actor: Actor): Verbs {
  const { world, userId, channel, modals, begin } = actor;
  const { state } = world;
  const use = (focused?: string) => ({
    userId,
    where: findContext(world, userId, channel),
    ...(focused === undefined ? {} : { focused }),
  });
  return {
    async runCommand(name, options = {}) {
      const attachments: Record<string, Attachment> = {};
      const values: Record<string, unknown> = { ...options };
      for (const [option, value] of Object.entries(options)) {
        if (!(value instanceof File)) continue;
        const attachment = attachToCommand(world, channel.id, value);
        attachments[attachment.id] = attachment;
        values[option] = attachment.id;
      }
      const data = buildCommandData(state, name, values, use());
      const resolved = { ...partOf(data['resolved']), attachments };
      return begin({ type: COMMAND, data: { ...data, resolved } });
    },
    async autocomplete(name, options, focused) {
      const data = buildCommandData(state, name, { [focused]: '', ...options }, use(focused));
      return (await begin({ type: AUTOCOMPLETE, data })).choices ?? [];
    },
    press: (messageId, customId) => useControl(actor, messageId, { customId }),
    choose: (messageId, customId, values) => useControl(actor, messageId, { customId, values }),
    async messageCommand(name, messageId) {
      const { id } = findCommand(state, use(), { type: MESSAGE_COMMAND, name });
      const resolved = { messages: { [messageId]: seenMessage(actor, messageId) } };
      const data = { id, type: MESSAGE_COMMAND, name, target_id: messageId, resolved };
      return begin({ type: COMMAND, data });
    },
    async submit(formId, filled) {
      const form = modals.find(userId, formId);
      const message = form.source;
      const data = buildSubmission(form, filled);
      modals.close(userId);
      return begin({ type: SUBMISSION, ...(message === undefined ? {} : { message }), data });
    },
  };
}

function seenMessage({ world, userId, channel }: Actor, id: string): Message {
  const message = world.state.messages[channel.id]?.find(
    (one) => one.id === id && (one.ephemeral_for ?? userId) === userId,
  );
  if (!message) throw new Error(`There is no message ${id} for that person`);
  return message;
}

async function useControl(
  actor: Actor,
  messageId: string,
  { customId, values }: { customId: string; values?: string[] },
): Promise<Reply> {
  const message = seenMessage(actor, messageId);
  const found = controlsOf(message).find((one) => 'custom_id' in one && one.custom_id === customId);
  if (!found || found.disabled === true) throw new Error(`There is no control ${customId} to use`);
  const data = { custom_id: customId, component_type: found.type, ...(values ? { values } : {}) };
  return actor.begin({ type: COMPONENT, message, data });
}
