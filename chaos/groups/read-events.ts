import type { DiscordState } from '../../playground/discord/state.ts';
import { timeOfId } from '../../playground/discord/world.ts';
import type { SeenEvent } from '../audit/group-history.ts';

/** The events that the bot made in a server and nobody deleted; `earlier` has the times from which people moved them. */
export function readEvents(
  { events, bot }: Pick<DiscordState, 'events' | 'bot'>,
  guildId: string,
  earlier: ReadonlyMap<string, SeenEvent['earlier']>,
): readonly SeenEvent[] {
  return (events[guildId] ?? [])
    .filter(({ creator_id: creatorId }) => creatorId === bot.id)
    .map(({ id, name, description, scheduled_start_time: start, scheduled_end_time: end }) => ({
      id,
      madeAt: timeOfId(id),
      name,
      about: description ?? '',
      startsAt: Date.parse(start),
      endsAt: Date.parse(end ?? start),
      earlier: earlier.get(id) ?? [],
    }));
}
