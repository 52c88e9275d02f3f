import type { BaseInteraction } from 'discord.js';
import type { Clock } from '../../src/calendar/clock.ts';
import type { ControlRequest, Request } from '../../src/discord/interactions/command.ts';
import {
  mayManageChannel,
  mayManageEvents,
  mayManageServer,
  mayViewChannel,
  type ResolvedChannel,
} from '../../src/discord/rights/permissions.ts';
import { UserError } from '../../src/errors.ts';
import type { ReadingGroup } from '../../src/reading/reading-group.ts';
import type { Destination, DestinationStore, Place } from '../../src/subscriptions/destination.ts';
import type { FollowStore, PaperFollow } from '../../src/subscriptions/follow-paper.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { requireManager } from './choose-place.ts';
import { isForeignServer } from './find-target.ts';

/** A destination that somebody may know of. */
export interface Seen {
  readonly destination: Destination;
  readonly mayChange: boolean;
}

/**
 * Undefined for what is not there, and just the same for what the person may not know of: another server's channels,
 * those hidden from them, and other people's direct messages.
 */
export async function findSeen(
  request: Request<BaseInteraction>,
  id: string,
  destinations: Pick<DestinationStore, 'get'>,
): Promise<Seen | undefined> {
  const destination = await destinations.get(id);
  return destination === undefined ? undefined : seeDestination(request, destination);
}

export async function seeDestination(
  request: Request<BaseInteraction>,
  destination: Destination,
): Promise<Seen | undefined> {
  const rights = await rightsAt(request, destination.place);
  return rights === 'none' ? undefined : { destination, mayChange: rights === 'change' };
}

/** What a channel gets that the bot cannot see any more is for those to see and change who manage the server. */
export async function rightsAt(
  { interaction, here, rightsIn }: Request<BaseInteraction>,
  place: Place,
): Promise<'none' | 'view' | 'change'> {
  if (place.kind === 'dm') return place.userId === interaction.user.id ? 'change' : 'none';
  if (here === undefined || place.guildId !== interaction.guildId) return 'none';
  const rights = await rightsIn(place.channelId);
  if (rights === undefined) return mayManageServer(here.memberPermissions) ? 'change' : 'none';
  if (!mayViewChannel(rights)) return 'none';
  return mayManageChannel(rights) ? 'change' : 'view';
}

/** Raises `not-allowed` for those who may see it only. */
export function requireChange({ destination: { place }, mayChange }: Seen): void {
  if (!mayChange && place.kind === 'channel')
    throw new UserError('not-allowed', { channelId: place.channelId });
}

/**
 * The destination that a control or a form acts on, whose id is the first of its values, for somebody who may change it
 * at present. Raises `control-outdated` and `not-allowed`.
 */
export async function requireControlled(
  request: Request<BaseInteraction> & { readonly values: readonly string[] },
  { destinations }: { readonly destinations: Pick<DestinationStore, 'get'> },
): Promise<Destination> {
  const seen = await findSeen(request, request.values[0] ?? '', destinations);
  if (seen === undefined) throw new UserError('control-outdated', {});
  requireChange(seen);
  return seen.destination;
}

/** A topic with the place that follows it. */
export interface Followed {
  readonly destination: Destination;
  readonly held: Subscription;
}

/** The same with one of its topics, whose id is the second value. */
export async function requireFollowed(
  request: ControlRequest,
  context: { readonly destinations: Pick<DestinationStore, 'get'> },
): Promise<Followed> {
  const destination = await requireControlled(request, context);
  const held = destination.subscriptions.find(({ id }) => id === request.values[1]);
  if (held === undefined) throw new UserError('control-outdated', {});
  return { destination, held };
}

/** The paper that is followed somewhere, for somebody who may end that. Raises `control-outdated` and `not-allowed`. */
export async function requireFollow(
  request: Request<BaseInteraction>,
  { paperId, id }: { readonly paperId: string; readonly id: string },
  { follows, clock }: { readonly follows: Pick<FollowStore, 'of'>; readonly clock: Clock },
): Promise<PaperFollow> {
  const followed = await follows.of(id, clock.now());
  const follow = followed.find((one) => one.paperId === paperId);
  const rights = follow === undefined ? 'none' : await rightsAt(request, follow.place);
  if (follow === undefined || rights === 'none') throw new UserError('control-outdated', {});
  if (rights === 'view') throw new UserError('not-allowed', { channelId: follow.place.channelId });
  return follow;
}

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
