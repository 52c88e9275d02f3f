import type { InteractionContext } from './interaction-context.ts';
import { showPlace } from './interaction-context.ts';
import { appPermissionsIn, permissionsIn } from '../guilds/permissions.ts';
import type { Command, CommandOption, DiscordState, JsonRecord } from '../state.ts';

const CHANNEL_OPTION = 7;
const ROLE_OPTION = 8;
const CHAT_INPUT = 1;
/** Where commands that say nothing about it can be used. */
const DEFAULT_CONTEXTS = [0, 1, 2];

interface Use {
  readonly userId: string;
  readonly where: InteractionContext;
  /** The option that is being typed. */
  readonly focused?: string;
}

/** The command of that name, when it can be used there. */
export function findCommand(state: DiscordState, use: Use, wanted: Pick<Command, 'type' | 'name'>): Command {
  const label = wanted.type === CHAT_INPUT ? `/${wanted.name}` : `message command ${wanted.name}`;
  const command = state.commands.find(({ type, name }) => type === wanted.type && name === wanted.name);
  if (command === undefined)
    throw new Error(`There is no ${wanted.type === CHAT_INPUT ? 'command ' : ''}${label}`);
  const { contexts, integration_types: types } = command;
  const isInstalled = (types ?? [0, 1]).some((type) => use.where.owners[type] !== undefined);
  if (!isInstalled || !(contexts ?? DEFAULT_CONTEXTS).includes(use.where.context))
    throw new Error(`${label} cannot be used there`);
  return command;
}

/** What Discord sends for a typed line such as `subscribe` with its options. */
export function buildCommandData(
  state: DiscordState,
  line: string,
  values: JsonRecord,
  use: Use,
): JsonRecord {
  const [name = '', ...path] = line.split(' ');
  const command = findCommand(state, use, { type: CHAT_INPUT, name });
  let options = command.options;
  for (const word of path) options = options.find((one) => one.name === word)?.options ?? [];
  checkOptions(state, line, { options, values, focused: use.focused });
  const given: unknown[] = options
    .filter((one) => values[one.name] !== undefined)
    .map(({ name: key, type }) => ({
      name: key,
      type,
      value: values[key],
      ...(key === use.focused ? { focused: true } : {}),
    }));
  const nested = path
    .toReversed()
    .reduce((inner, word, at) => [{ name: word, type: at === 0 ? 1 : 2, options: inner }], given);
  const resolved = resolveOptions(state, options, values, use.userId);
  return { id: command.id, type: CHAT_INPUT, name, options: nested, resolved };
}

/** What Discord's own client does not let through. */
function checkOptions(
  state: DiscordState,
  line: string,
  given: { options: readonly CommandOption[]; values: JsonRecord; focused: string | undefined },
): void {
  for (const key of Object.keys(given.values))
    if (!given.options.some((one) => one.name === key)) throw new Error(`/${line} has no option ${key}`);
  const missing = given.options.find((one) => one.required && given.values[one.name] === undefined);
  if (missing && given.focused === undefined) throw new Error(`/${line} needs ${missing.name}`);
  for (const { name, type, channel_types: types } of given.options) {
    const channel = type === CHANNEL_OPTION ? state.channels[String(given.values[name])] : undefined;
    if (channel !== undefined && types !== undefined && !types.includes(channel.type))
      throw new Error(`/${line} takes no channel of type ${channel.type}`);
  }
}

/** https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-object-resolved-data-structure */
function resolveOptions(
  state: DiscordState,
  options: readonly CommandOption[],
  values: JsonRecord,
  userId: string,
): JsonRecord {
  const channels: Record<string, unknown> = {};
  const roles: Record<string, unknown> = {};
  for (const { name, type } of options) {
    const id = String(values[name]);
    const channel = state.channels[id];
    if (type === CHANNEL_OPTION && channel)
      channels[id] = {
        ...showPlace(channel),
        permissions: String(permissionsIn(state, channel, userId)),
        app_permissions: String(appPermissionsIn(state, channel, userId)),
      };
    const role = Object.values(state.guilds)
      .flatMap((guild) => guild.roles)
      .find((one) => one.id === id);
    if (type === ROLE_OPTION && role) roles[id] = role;
  }
  return { channels, roles };
}
