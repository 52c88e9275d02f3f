import type { DestinationHistory, History } from '../history.ts';
import type { SeenDelivery } from './deliveries.ts';

/** Whether a message of a delivery was refused for its content: each of its papers comes alone then. */
export function wasSplit(
  { disturbances }: Pick<History, 'disturbances'>,
  { channelId }: DestinationHistory,
  { messages, firstAt }: SeenDelivery,
): boolean {
  const lastAt = messages.at(-1)?.at ?? firstAt;
  return disturbances.some(
    ({ kind, from, to, ...one }) =>
      kind === 'content' && one.channelId === channelId && from <= lastAt && to >= firstAt,
  );
}
