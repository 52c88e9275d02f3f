import { randomUUID } from 'node:crypto';
import { ApiError } from './api-error.ts';
import { checkChoices } from './command-limits.ts';
import { checkMessage, refuseEmpty } from './message-limits.ts';
import { addMessage, editMessage } from './messages.ts';
import { ALL_PERMISSIONS, permissionsIn } from './permissions.ts';
import { type Channel, type CommandOption, isRecord, type Message, type World } from './state.ts';

const ANSWER_MS = 3000;
const LOADING = 128;
const TOKEN_MS = 15 * 60_000;

export interface Reply {
  message?: Message;
  ephemeral: boolean;
  choices?: unknown[];
  modal?: unknown;
}
interface Interaction {
  id: string;
  token: string;
  userId: string;
  channel: Channel;
  createdAt: number;
  source?: Message;
  original?: Message;
  answered: boolean;
  expired: boolean;
  type: number;
  acknowledge(): void;
  expire(): void;
  settle(reply: Reply): void;
}
export interface Verbs {
  runCommand(name: string, options?: Record<string, unknown>): Promise<Reply>;
  autocomplete(name: string, options: Record<string, unknown>, focused: string): Promise<unknown[]>;
  press(messageId: string, customId: string): Promise<Reply>;
  choose(messageId: string, customId: string, values: string[]): Promise<Reply>;
  messageCommand(name: string, messageId: string): Promise<Reply>;
}
export interface Interactions {
  act(userId: string, place: { guildId?: string; channelId: string }): Verbs;
  callback(id: string, token: string, body: unknown): unknown;
  find(token: string, messageId: string): Message;
  followUp(token: string, body: unknown): Message;
  remove(token: string, messageId: string): void;
  edit(token: string, messageId: string, body: unknown): Message;
}

export function createInteractions(world: World): Interactions {
  const { state } = world;
  const open = new Map<string, Interaction>();

  function member(userId: string, channel: Channel): unknown {
    return {
      user: state.users[userId],
      roles: state.guilds[channel.guild_id ?? '']?.members[userId] ?? [],
      permissions: String(permissionsIn(state, channel, userId)),
      joined_at: '2026-01-01T00:00:00.000Z',
      deaf: false,
      mute: false,
      flags: 0,
    };
  }

  function start(
    userId: string,
    channel: Channel,
    payload: Readonly<Record<string, unknown>>,
  ): Promise<Reply> {
    const interaction: Interaction = {
      id: world.nextId(),
      token: randomUUID(),
      userId,
      channel,
      createdAt: world.now(),
      answered: false,
      expired: false,
      type: Number(payload['type']),
      expire: () => undefined,
      acknowledge: () => undefined,
      settle: () => undefined,
    };
    const guildId = channel.guild_id;
    const source = payload['message'];
    const found = state.messages[channel.id]?.find((one) => one === source);
    if (found) interaction.source = found;
    open.set(interaction.token, interaction);
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    interaction.expire = () => {
      clearTimeout(deadline);
      interaction.expired = true;
      reject(new Error('The application did not respond within 3 seconds'));
    };
    const deadline = setTimeout(() => interaction.expire(), ANSWER_MS);
    interaction.settle = (reply) => {
      clearTimeout(deadline);
      resolve(structuredClone(reply));
    };
    interaction.acknowledge = () => clearTimeout(deadline);
    world.dispatch('INTERACTION_CREATE', {
      version: 1,
      id: interaction.id,
      application_id: state.applicationId,
      token: interaction.token,
      channel_id: channel.id,
      channel,
      ...(guildId === undefined
        ? { user: state.users[userId] }
        : {
            guild_id: guildId,
            guild: { id: guildId, locale: 'en-US', features: [] },
            guild_locale: 'en-US',
            member: member(userId, channel),
          }),
      app_permissions: String(permissionsIn(state, channel, state.bot.id)),
      locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: { 0: guildId ?? '0' },
      context: guildId === undefined ? 1 : 0,
      attachment_size_limit: 10_485_760,
      ...payload,
    });
    return promise;
  }

  function resolvedOf(options: readonly CommandOption[], values: Record<string, unknown>, userId: string) {
    const resolved: { channels: Record<string, unknown>; roles: Record<string, unknown> } = {
      channels: {},
      roles: {},
    };
    for (const { name, type } of options) {
      const id = String(values[name]);
      const channel = state.channels[id];
      if (type === 7 && channel) {
        resolved.channels[id] = {
          ...channel,
          permissions: String(permissionsIn(state, channel, userId)),
          app_permissions: String(permissionsIn(state, channel, state.bot.id)),
        };
      }
      const role = Object.values(state.guilds)
        .flatMap(({ roles }) => roles)
        .find((one) => one.id === id);
      if (type === 8 && role) resolved.roles[id] = role;
    }
    return resolved;
  }

  function commandData(
    line: string,
    values: Record<string, unknown>,
    focus: { userId: string; focused?: string },
  ) {
    const [name, ...path] = line.split(' ');
    const command = state.commands.find((one) => one.type === 1 && one.name === name);
    if (!command) throw new Error(`There is no command /${name}`);
    let options = command.options;
    for (const word of path) options = options.find((one) => one.name === word)?.options ?? [];
    for (const key of Object.keys(values)) {
      if (!options.some((one) => one.name === key)) throw new Error(`/${line} has no option ${key}`);
    }
    const missing = options.find((one) => one.required && values[one.name] === undefined);
    if (missing && focus.focused === undefined) throw new Error(`/${line} needs ${missing.name}`);
    const given: unknown[] = options
      .filter((one) => values[one.name] !== undefined)
      .map(({ name: key, type }) => ({
        name: key,
        type,
        value: values[key],
        ...(key === focus.focused ? { focused: true } : {}),
      }));
    const nested = path
      .toReversed()
      .reduce((inner, word, at) => [{ name: word, type: at === 0 ? 1 : 2, options: inner }], given);
    return {
      id: command.id,
      type: 1,
      name,
      options: nested,
      resolved: resolvedOf(options, values, focus.userId),
    };
  }

  function act(userId: string, place: { guildId?: string; channelId: string }): Verbs {
    const channel = state.channels[place.channelId];
    if (!channel) throw new Error(`There is no channel ${place.channelId}`);
    const seen = (id: string): Message => {
      const message = state.messages[channel.id]?.find(
        (one) => one.id === id && (one.ephemeral_for ?? userId) === userId,
      );
      if (!message) throw new Error(`There is no message ${id} for that person`);
      return message;
    };
    const control = async (messageId: string, customId: string, values?: string[]): Promise<Reply> => {
      const message = seen(messageId);
      const found = message.components
        .flatMap((row) => row.components)
        .find((one) => 'custom_id' in one && one.custom_id === customId);
      if (!found || found.disabled === true) throw new Error(`There is no control ${customId} to use`);
      const data = { custom_id: customId, component_type: found.type, ...(values ? { values } : {}) };
      return start(userId, channel, { type: 3, message, data });
    };
    return {
      runCommand: async (name, options = {}) =>
        start(userId, channel, { type: 2, data: commandData(name, options, { userId }) }),
      autocomplete: async (name, options, focused) => {
        const data = commandData(name, { [focused]: '', ...options }, { userId, focused });
        return (await start(userId, channel, { type: 4, data })).choices ?? [];
      },
      press: (messageId, customId) => control(messageId, customId),
      choose: (messageId, customId, values) => control(messageId, customId, values),
      messageCommand: async (name, messageId) => {
        const command = state.commands.find((one) => one.type === 3 && one.name === name);
        if (!command) throw new Error(`There is no message command ${name}`);
        const data = {
          id: command.id,
          type: 3,
          name,
          target_id: messageId,
          resolved: { messages: { [messageId]: seen(messageId) } },
        };
        return start(userId, channel, { type: 2, data });
      },
    };
  }

  function post(interaction: Interaction, input: unknown, loading = false): Message {
    const body = checkMessage(input);
    if (!loading) refuseEmpty(body);
    const message = addMessage(world, interaction.channel, {
      ...body,
      flags: (body.flags ?? 0) | (loading ? LOADING : 0),
    });
    message.webhook_id = state.applicationId;
    message.application_id = state.applicationId;
    if ((message.flags & 64) !== 0) message.ephemeral_for = interaction.userId;
    return message;
  }

  const show = (message: Message): Reply => ({ message, ephemeral: (message.flags & 64) !== 0 });

  function callback(id: string, token: string, body: unknown): unknown {
    const interaction = open.get(token);
    if (interaction && !interaction.answered && world.now() - interaction.createdAt > ANSWER_MS)
      interaction.expire();
    if (!interaction || interaction.id !== id || interaction.expired)
      throw new ApiError(404, 10062, 'Unknown interaction');
    if (interaction.answered) throw new ApiError(400, 40060, 'Interaction has already been acknowledged.');
    const { type, data } = isRecord(body)
      ? { type: body['type'], data: body['data'] ?? {} }
      : { type: 0, data: {} };
    if ((type === 8) !== (interaction.type === 4)) throw new ApiError(400, 50035, 'Invalid Form Body');
    if (type === 4 || type === 5) interaction.original = post(interaction, data, type === 5);
    else if ((type === 6 || type === 7) && interaction.source) {
      interaction.original = interaction.source;
      if (type === 7) editMessage(world, interaction.source, data);
    } else if (type === 8) {
      const choices: unknown[] = isRecord(data) && Array.isArray(data['choices']) ? data['choices'] : [];
      checkChoices(choices, ['data', 'choices']);
      interaction.settle({ choices, ephemeral: true });
    } else if (type === 9) interaction.settle({ modal: data, ephemeral: true });
    else throw new ApiError(400, 50035, 'Invalid Form Body');
    interaction.answered = true;
    interaction.acknowledge();
    const message = interaction.original;
    if (message && (type === 4 || type === 7)) interaction.settle(show(message));
    return {
      interaction: { id, type: interaction.type, response_message_id: message?.id },
      resource: { type, ...(message ? { message } : {}) },
    };
  }

  function living(token: string): Interaction {
    const interaction = open.get(token);
    if (!interaction || !interaction.answered) throw new ApiError(404, 10015, 'Unknown Webhook');
    if (world.now() - interaction.createdAt > TOKEN_MS)
      throw new ApiError(401, 50027, 'Invalid Webhook Token');
    return interaction;
  }

  function find(token: string, messageId: string): Message {
    const interaction = living(token);
    const id = messageId === '@original' ? interaction.original?.id : messageId;
    const message = state.messages[interaction.channel.id]?.find(
      (one) => one.id === id && (one === interaction.original || one.webhook_id !== undefined),
    );
    if (!message) throw new ApiError(404, 10008, 'Unknown Message');
    return message;
  }

  function edit(token: string, messageId: string, body: unknown): Message {
    const message = editMessage(world, find(token, messageId), body);
    living(token).settle(show(message));
    return message;
  }

  function followUp(token: string, body: unknown): Message {
    const interaction = living(token);
    const waiting = ((interaction.original?.flags ?? 0) & LOADING) !== 0;
    if (waiting) return edit(token, '@original', body);
    const message = post(interaction, body);
    interaction.settle(show(message));
    return message;
  }

  function remove(token: string, messageId: string): void {
    const message = find(token, messageId);
    const all = state.messages[message.channel_id] ?? [];
    state.messages[message.channel_id] = all.filter((one) => one !== message);
    living(token).settle({ ephemeral: (message.flags & 64) !== 0 });
    world.changed();
  }

  return { act, callback, find, edit, followUp, remove };
}

/** Neither Administrator, nor Manage Channels, nor Manage Server. */
export const EVERYONE_PERMISSIONS = String(ALL_PERMISSIONS & ~(1n << 3n) & ~(1n << 4n) & ~(1n << 5n));
