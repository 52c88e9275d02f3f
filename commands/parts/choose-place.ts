import type { BaseInteraction } from 'discord.js';
import type { CommandRequest, Request } from '../../src/discord/interactions/command.ts';
import {
  channelKindOf,
  mayManageChannel,
  missingPermissions,
  type ResolvedChannel,
} from '../../src/discord/rights/permissions.ts';
import { UserError } from '../../src/errors.ts';
import {
  destinationId,
  type DestinationStore,
  type DigestStyle,
  type Place,
} from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';
import { findTarget, isForeignServer, isOpen } from './find-target.ts';

type Destinations = Pick<CommandContext, 'destinations'>;

export interface ChosenPlace {
  readonly place: Place;
  /** Why it is not the channel that one would expect. */
  readonly note?: string;
}

/** Where a command says that papers are to go. Raises what is in the way. */
export async function choosePlace(
  request: CommandRequest,
  { destinations }: Destinations,
): Promise<ChosenPlace> {
  if (isOpen(request)) return chooseOpenPlace(request, { destinations });
  const target = findTarget(request);
  if (target.kind === 'dm') return { place: target };
  return { place: await preparePlace(request, target.channel, destinations) };
}

/** Here where the person may change the channel, else by direct message. Raises what the bot lacks here. */
export async function chooseOpenPlace(
  request: Request<BaseInteraction>,
  { destinations }: Destinations,
): Promise<ChosenPlace> {
  const { here, interaction, texts } = request;
  const dm: Place = { kind: 'dm', userId: interaction.user.id };
  if (here === undefined || interaction.guildId === null) return { place: dm };
  if (isForeignServer(request)) return { place: dm, note: texts.subscribe.dmForServer };
  if (!mayManageChannel(here.memberPermissions)) {
    return { place: dm, note: texts.subscribe.dmForRights(here.id) };
  }
  if (channelKindOf(here.type) === undefined) return { place: dm, note: texts.subscribe.dmForKind(here.id) };
  return { place: await preparePlace(request, here, destinations) };
}

/** Whether `chooseOpenPlace` would choose the channel that the person is in, if the bot may post there. */
export function mayFollowHere(request: Request<BaseInteraction>): boolean {
  const { here, interaction } = request;
  if (here === undefined || interaction.guildId === null || isForeignServer(request)) return false;
  return channelKindOf(here.type) !== undefined && mayManageChannel(here.memberPermissions);
}

/** Raises `not-allowed` for people who may not change what that channel gets. */
export function requireManager(channel: ResolvedChannel): void {
  if (!mayManageChannel(channel.memberPermissions)) {
    throw new UserError('not-allowed', { channelId: channel.id });
  }
}

/** The place of a channel to which the bot can post its digests, once both may. Raises what is in the way. */
async function preparePlace(
  request: Request<BaseInteraction>,
  channel: ResolvedChannel,
  destinations: Pick<DestinationStore, 'get'>,
): Promise<Place & { kind: 'channel' }> {
  const { guildId } = request.interaction;
  if (guildId === null) throw new UserError('server-only', {});
  if (isForeignServer(request)) throw new UserError('bot-not-in-server', {});
  const channelKind = channelKindOf(channel.type);
  if (channelKind === undefined) throw new UserError('channel-kind-not-supported', { channelId: channel.id });
  requireManager(channel);
  const place = { kind: 'channel', channelId: channel.id, guildId, channelKind } as const;
  const present = await destinations.get(destinationId(place));
  const isElsewhere = present?.place.kind === 'channel' && present.place.guildId !== guildId;
  if (isElsewhere) throw new UserError('not-allowed', { channelId: channel.id });
  requireOwnRights(channel, present?.style ?? 'cards');
  return place;
}

export function requireOwnRights(channel: ResolvedChannel, style: DigestStyle): void {
  const kind = channelKindOf(channel.type);
  if (kind === undefined || channel.ownPermissions === undefined) return;
  const permissions = missingPermissions(channel.ownPermissions, kind, style);
  if (permissions.length > 0) {
    throw new UserError('bot-lacks-permissions', { channelId: channel.id, permissions });
  }
}
