import type { BaseInteraction } from 'discord.js';
import type { CommandRequest, Request } from '../../src/discord/interactions/command.ts';
import { channelKindOf, mayManageChannel } from '../../src/discord/rights/permissions.ts';
import type { Place } from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';
import { findTarget, isOpen } from '../parts/find-target.ts';
import { isForeignServer, preparePlace } from '../parts/managed-channel.ts';

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
