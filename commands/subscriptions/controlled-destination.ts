import type { ControlRequest } from '../../src/discord/interactions/command.ts';
import { fetchRights } from '../../src/discord/interactions/fetch-rights.ts';
import {
  isAdministrator,
  mayManageChannel,
  mayManageServer,
} from '../../src/discord/interactions/permissions.ts';
import { UserError } from '../../src/errors.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';

/**
 * The destination that a control acts on, whose id is the first of its values, for somebody who may change it at
 * present. Raises `control-outdated`, `not-your-control` and `not-allowed`.
 */
export async function requireControlled(
  request: ControlRequest,
  { destinations }: CommandContext,
): Promise<Destination> {
  const destination = await destinations.get(request.values[0] ?? '');
  if (destination === undefined) throw new UserError('control-outdated', {});
  const { place } = destination;
  const { user, guildId } = request.interaction;
  if (place.kind === 'dm') {
    if (place.userId !== user.id) throw new UserError('not-your-control', {});
    return destination;
  }
  if (place.guildId !== guildId) throw new UserError('control-outdated', {});
  if (await mayManage(request, place.channelId)) return destination;
  throw new UserError('not-allowed', { channelId: place.channelId });
}

/** What a channel gets that the bot cannot see any more is for those to change who manage the server. */
async function mayManage(request: ControlRequest, channelId: string): Promise<boolean> {
  const { here, interaction, memberRoleIds } = request;
  if (here === undefined) return false;
  if (here.id === channelId) return mayManageChannel(here.memberPermissions);
  if (isAdministrator(here.memberPermissions)) return true;
  const rights = await fetchRights({
    rest: interaction.client.rest,
    channelId,
    userId: interaction.user.id,
    roleIds: memberRoleIds,
  });
  return rights === undefined ? mayManageServer(here.memberPermissions) : mayManageChannel(rights);
}
