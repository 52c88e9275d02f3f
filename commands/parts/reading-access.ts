import type { BaseInteraction } from 'discord.js';
import type { Request } from '../../src/discord/interactions/command.ts';
import { mayManageEvents, type ResolvedChannel } from '../../src/discord/rights/permissions.ts';
import { UserError } from '../../src/errors.ts';
import type { ReadingGroup } from '../../src/reading/reading-group.ts';
import { isForeignServer, requireManager } from './choose-place.ts';

/** The server that somebody is in, which has the app itself. Raises `server-only` and `bot-not-in-server`. */
export function requireServer(request: Request<BaseInteraction>): {
  readonly guildId: string;
  readonly here: ResolvedChannel;
} {
  const { interaction, here } = request;
  if (interaction.guildId === null || here === undefined) throw new UserError('server-only', {});
  if (isForeignServer(request)) throw new UserError('bot-not-in-server', {});
  return { guildId: interaction.guildId, here };
}

/** Whether there is a reading group where somebody is. */
export function isInOwnServer(request: Pick<Request<BaseInteraction>, 'interaction'>): boolean {
  return request.interaction.guildId !== null && !isForeignServer(request);
}

/** With Manage Events, or with the role that the group has for it. */
export function mayOrganise(
  { here, roleIds }: Pick<Request<BaseInteraction>, 'here' | 'roleIds'>,
  group: ReadingGroup | undefined,
): boolean {
  const hasRole = group?.roleId !== undefined && roleIds.includes(group.roleId);
  return hasRole || (here !== undefined && mayManageEvents(here.memberPermissions));
}

/**
 * Lets only those through who may decide. Founding a group in a channel, or moving it to `move`, also needs what following
 * a topic there needs, as the bot will post there. Raises `not-organiser` and `not-allowed`.
 */
export function requireOrganiser(
  request: Request<BaseInteraction>,
  group: ReadingGroup | undefined,
  { move }: { readonly move?: ResolvedChannel | undefined } = {},
): void {
  if (!mayOrganise(request, group)) {
    throw new UserError('not-organiser', group?.roleId === undefined ? {} : { roleId: group.roleId });
  }
  const channel = move ?? (group === undefined ? request.here : undefined);
  if (channel !== undefined && channel.id !== group?.channelId) requireManager(channel);
}
