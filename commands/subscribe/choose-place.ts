import type { BaseInteraction } from 'discord.js';
import type { CommandRequest, Request } from '../../src/discord/interactions/command.ts';
import { channelKindOf, mayManageChannel } from '../../src/discord/interactions/permissions.ts';
import { TOPIC_TEXTS } from '../../src/discord/texts/topic-texts.ts';
import { destinationId, type DigestStyle, type Place } from '../../src/subscriptions/destination.ts';
import type { CommandContext } from '../context.ts';
import { findTarget, isOpen } from '../parts/find-target.ts';
import { isForeignServer, preparePlace } from '../parts/managed-channel.ts';

export interface ChosenPlace {
  readonly place: Place;
  /** Why it is not the channel that one would expect. */
  readonly note?: string;
}

/** Where a command says that papers are to go. Raises what is in the way. */
export async function choosePlace(request: CommandRequest, context: CommandContext): Promise<ChosenPlace> {
  if (isOpen(request)) return chooseOpenPlace(request, context);
  const target = findTarget(request);
  if (target.kind === 'dm') return { place: target };
  return { place: preparePlace(request, target.channel, await presentStyle(target.channel.id, context)) };
}

/** Here where the person may change the channel, else by direct message. Raises what the bot lacks here. */
export async function chooseOpenPlace(
  request: Request<BaseInteraction>,
  context: CommandContext,
): Promise<ChosenPlace> {
  const { here, interaction } = request;
  const dm: Place = { kind: 'dm', userId: interaction.user.id };
  if (here === undefined || interaction.guildId === null) return { place: dm };
  if (isForeignServer(request)) return { place: dm, note: TOPIC_TEXTS.fellBackForServer };
  if (!mayManageChannel(here.memberPermissions)) {
    return { place: dm, note: TOPIC_TEXTS.fellBackForRights(here.id) };
  }
  if (channelKindOf(here.type) === undefined)
    return { place: dm, note: TOPIC_TEXTS.fellBackForKind(here.id) };
  return { place: preparePlace(request, here, await presentStyle(here.id, context)) };
}

async function presentStyle(channelId: string, { destinations }: CommandContext): Promise<DigestStyle> {
  const present = await destinations.get(destinationId({ kind: 'channel', channelId }));
  return present?.style ?? 'cards';
}
