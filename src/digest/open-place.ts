import type { Delivery } from './delivery.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import type { Setback } from './messenger.ts';

/**
 * Opens the direct messages that a delivery goes to, where they are not open yet, and keeps what they are opened as:
 * Discord shuts out bots that open many. Gives what stood in the way; it may have waited for its turn.
 */
export async function openPlace(
  { destinations, messenger }: Pick<FlowDependencies, 'destinations' | 'messenger'>,
  { destinationId }: Delivery,
  signal: AbortSignal,
): Promise<Setback | undefined> {
  const place = destinations.get(destinationId)?.place;
  if (place?.kind !== 'dm' || place.channelId !== undefined) return undefined;
  const answer = await messenger.open(place.userId, signal);
  if (answer.kind !== 'opened') return answer;
  const opened = { ...place, channelId: answer.channelId };
  await destinations.update(destinationId, (latest) => latest && { ...latest, place: opened });
  return undefined;
}
