import { ApiError } from '../http/api-error.ts';
import { createForm, partOf, refuseForm } from '../http/form.ts';
import type { ScheduledEvent } from '../state.ts';
import type { World } from '../world.ts';
import { findGuild, seeGuild } from './guild-verbs.ts';
import { CONNECT, CREATE_EVENTS, permissionsIn, permissionsInGuild } from './permissions.ts';

/** What people do to the events of a server; the bot, which has no intent for it, is not told. */
export interface EventVerbs {
  eventsOf(guildId: string): readonly ScheduledEvent[];
  deleteEvent(guildId: string, eventId: string): void;
  /** To another time, as long as before. */
  moveEvent(guildId: string, eventId: string, startsAt: number): void;
  /** Before its time. */
  endEvent(guildId: string, eventId: string): void;
}

const VOICE = 2;
const EXTERNAL = 3;
const VOICE_CHANNEL = 2;
const MOST_EVENTS = 100;
const [SCHEDULED, ACTIVE, COMPLETED] = [1, 2, 3] as const;

export function createEventVerbs(world: World): EventVerbs {
  const change = (guildId: string, eventId: string, values: Partial<ScheduledEvent>) => {
    Object.assign(findEvent(world, guildId, eventId), values);
    world.changed();
  };
  return {
    eventsOf(guildId) {
      world.land();
      return openEvents(world, findGuild(world, guildId).id);
    },
    deleteEvent(guildId, eventId) {
      const others = (world.state.events[guildId] ?? []).filter(({ id }) => id !== eventId);
      world.state.events[guildId] = others;
      world.changed();
    },
    moveEvent(guildId, eventId, startsAt) {
      const { scheduled_start_time: start, scheduled_end_time: end } = findEvent(world, guildId, eventId);
      const later = startsAt - Date.parse(start);
      change(guildId, eventId, {
        scheduled_start_time: new Date(startsAt).toISOString(),
        scheduled_end_time: end === null ? null : new Date(Date.parse(end) + later).toISOString(),
      });
    },
    endEvent: (guildId, eventId) => change(guildId, eventId, { status: COMPLETED }),
  };
}

/** https://docs.discord.com/developers/resources/guild-scheduled-event#create-guild-scheduled-event */
export function createEvent(world: World, guildId: string, input: unknown): ScheduledEvent {
  const { state } = world;
  seeGuild(world, guildId);
  const event = readEvent(world, input);
  if ((permissionsInGuild(state, guildId, state.bot.id) & CREATE_EVENTS) === 0n)
    throw new ApiError(403, 50_013, 'Missing Permissions');
  if (event.channel_id !== null) refuseVoice(world, guildId, event.channel_id);
  if (openEvents(world, guildId).length >= MOST_EVENTS)
    throw new ApiError(400, 30_038, 'Maximum number of uncompleted guild scheduled events reached (100)');
  const made: ScheduledEvent = {
    ...event,
    id: world.nextId(),
    guild_id: guildId,
    creator_id: state.bot.id,
    status: SCHEDULED,
    privacy_level: 2,
    entity_id: null,
    user_count: 0,
  };
  (state.events[guildId] ??= []).push(made);
  world.changed();
  return made;
}

function refuseVoice({ state }: World, guildId: string, channelId: string): void {
  const channel = state.channels[channelId];
  if (channel === undefined || channel.guild_id !== guildId || channel.type !== VOICE_CHANNEL)
    throw new ApiError(404, 10_003, 'Unknown Channel');
  if ((permissionsIn(state, channel, state.bot.id) & CONNECT) === 0n)
    throw new ApiError(403, 50_013, 'Missing Permissions');
}

type Asked = Pick<
  ScheduledEvent,
  | 'name'
  | 'description'
  | 'channel_id'
  | 'entity_type'
  | 'entity_metadata'
  | 'scheduled_start_time'
  | 'scheduled_end_time'
>;

function readEvent(world: World, input: unknown): Asked {
  const form = createForm();
  const body = partOf(input);
  const { entity_type: type, scheduled_start_time: start, scheduled_end_time: end } = body;
  form.text(body['name'], ['name'], { required: true, max: 100 });
  form.text(body['description'] ?? undefined, ['description'], { max: 1000 });
  if (body['privacy_level'] !== 2) form.report(['privacy_level'], 'Value must be one of {2}.');
  if (type !== VOICE && type !== EXTERNAL) form.report(['entity_type'], 'Value must be one of {2, 3}.');
  if (!(Date.parse(String(start)) > world.shownTime()))
    form.report(['scheduled_start_time'], 'Cannot schedule event in the past.');
  const location = partOf(body['entity_metadata'])['location'];
  if (type === EXTERNAL) {
    form.text(location ?? '', ['entity_metadata', 'location'], { required: true, max: 100 });
    if (!(Date.parse(String(end)) > Date.parse(String(start))))
      form.report(['scheduled_end_time'], 'Must be after the start.');
  } else if (typeof body['channel_id'] !== 'string') form.report(['channel_id'], 'This field is required');
  refuseForm(form.problems);
  return {
    name: String(body['name']),
    description: typeof body['description'] === 'string' ? body['description'] : null,
    channel_id: type === VOICE ? String(body['channel_id']) : null,
    entity_type: Number(type),
    entity_metadata: type === EXTERNAL ? { location: String(location) } : null,
    scheduled_start_time: String(start),
    scheduled_end_time: typeof end === 'string' ? end : null,
  };
}

/** Those that are scheduled or active. */
export function listEvents(world: World, guildId: string): readonly ScheduledEvent[] {
  seeGuild(world, guildId);
  return openEvents(world, guildId);
}

/** What Discord answers about one that is over is not documented; here it is still found. */
export function findEvent(world: World, guildId: string, eventId: string): ScheduledEvent {
  seeGuild(world, guildId);
  settleEvents(world, guildId);
  const event = world.state.events[guildId]?.find(({ id }) => id === eventId);
  if (event === undefined) throw new ApiError(404, 10_070, 'Unknown Guild Scheduled Event');
  return event;
}

function openEvents(world: World, guildId: string): readonly ScheduledEvent[] {
  settleEvents(world, guildId);
  return (world.state.events[guildId] ?? []).filter(
    ({ status }) => status === SCHEDULED || status === ACTIVE,
  );
}

/** Those outside of Discord start and end by themselves. */
function settleEvents(world: World, guildId: string): void {
  for (const event of world.state.events[guildId] ?? []) {
    if (event.entity_type !== EXTERNAL || event.status > ACTIVE) continue;
    if (Date.parse(event.scheduled_end_time ?? '') <= world.shownTime()) event.status = COMPLETED;
    else if (Date.parse(event.scheduled_start_time) <= world.shownTime()) event.status = ACTIVE;
  }
}
