import type { Instant } from '../calendar.ts';
import type { DestinationHistory, History } from '../history.ts';
import type { PostedMessage } from '../shown.ts';

/** Real: how far from a fault a message may be whose answer it cost. */
const NEAR_MS = 2_000;

/** Without the messages that came again and may have done so: order and mentions are those of the others. */
export function setAsideRepeats(
  history: Pick<History, 'disturbances'>,
  destination: DestinationHistory,
  messages: readonly PostedMessage[],
): readonly PostedMessage[] {
  const latest = new Map<string, PostedMessage>();
  return messages.filter((message) => {
    const key = `${message.deliveryId} ${message.step}`;
    const before = latest.get(key);
    latest.set(key, message);
    return before === undefined || !mayComeAgain(history, destination, before);
  });
}

/**
 * Whether a message may have been posted without the bot's learning of it, in a channel where it cannot look either:
 * only there, and only near a fault, may it come again.
 */
export function mayComeAgain(
  history: Pick<History, 'disturbances'>,
  destination: DestinationHistory,
  { at }: PostedMessage,
): boolean {
  return !destination.canReadHistory && isNearFault(history, destination, at);
}

/** Whether the answer about a message that was posted at `at` may have been lost. */
export function isNearFault(
  { disturbances }: Pick<History, 'disturbances'>,
  { channelId }: DestinationHistory,
  at: Instant,
): boolean {
  return disturbances.some(
    (one) =>
      (one.channelId === undefined || one.channelId === channelId) &&
      one.from <= at + NEAR_MS &&
      one.to >= at - NEAR_MS,
  );
}
