import { ApiError } from '../http/api-error.ts';
import { checkCommands } from './command-limits.ts';
import { type Command, isRecord } from '../state.ts';
import type { World } from '../world.ts';

function isCommandList(body: unknown): body is Omit<Command, 'id'>[] {
  return Array.isArray(body) && body.every((one) => isRecord(one) && typeof one['name'] === 'string');
}

/** https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands */
export function putCommands(world: World, body: unknown): Command[] {
  const { state } = world;
  checkCommands(body);
  if (!isCommandList(body)) throw new ApiError(400, 50035, 'Invalid Form Body');
  state.commands = body.map((one) => {
    const old = state.commands.find(({ name, type }) => name === one.name && type === (one.type ?? 1));
    return {
      ...one,
      type: one.type ?? 1,
      options: one.options ?? [],
      id: old?.id ?? world.nextId(),
      version: world.nextId(),
      application_id: state.applicationId,
    };
  });
  return state.commands;
}

export function describeApplication({ state }: World): unknown {
  return { id: state.applicationId, name: 'Paperboy', description: '', bot: state.bot, flags: 0 };
}
