import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { DestinationHistory, History, PostedMessage } from './history.ts';

/** The messages of one digest, or of one "Send one now", as they stand in a channel. */
export interface SeenDelivery {
  readonly id: string;
  readonly channelId: string;
  readonly isSample: boolean;
  /** Real. */
  readonly firstAt: Instant;
  readonly messages: readonly PostedMessage[];
}

export function messagesIn(history: History, { channelId }: DestinationHistory): readonly PostedMessage[] {
  return history.messages
    .filter((message) => message.channelId === channelId)
    .toSorted((a, b) => a.at - b.at);
}

export function groupDeliveries(
  messages: readonly PostedMessage[],
  { samples }: DestinationHistory,
): readonly SeenDelivery[] {
  const groups = Map.groupBy(messages, ({ deliveryId }) => deliveryId);
  return [...groups].map(([id, group]) => ({
    id,
    channelId: group[0]?.channelId ?? '',
    isSample: samples.some((sample) => isSampleOf(sample.id, id)),
    firstAt: group[0]?.at ?? 0,
    messages: group,
  }));
}

/** A sample that was planned again has a letter more. */
function isSampleOf(sampleId: string, deliveryId: string): boolean {
  return deliveryId.startsWith(sampleId) && deliveryId.length <= sampleId.length + 1;
}
