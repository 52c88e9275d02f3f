import { type Instant, MINUTE_MS } from '../calendar.ts';
import type { DestinationHistory, History } from '../history.ts';
import type { Notice, PostedMessage, Roundup } from '../shown.ts';

/** The messages of one digest, or of one "Send one now", as they stand in a channel. */
export interface SeenDelivery {
  readonly id: string;
  readonly channelId: string;
  readonly isSample: boolean;
  /** Of a sample: when it was asked for; real. */
  readonly pressedAt?: Instant;
  /** Real. */
  readonly firstAt: Instant;
  readonly messages: readonly PostedMessage[];
}

/** After it nothing more of a sample is sent. */
const SAMPLE_LIFE_MS = 10 * MINUTE_MS;
/** Real: what has left by then may take so long. */
const UNDER_WAY_MS = 7_000;

/** Those of digests and samples, in order of time. */
export function messagesIn(history: History, destination: DestinationHistory): readonly PostedMessage[] {
  return allIn(history, destination).filter(
    ({ notice, roundup, meeting }) => notice === undefined && roundup === undefined && meeting === undefined,
  );
}

/** Those that tell news of a paper that is followed, in order of time. */
export function noticesIn(
  history: History,
  destination: DestinationHistory,
): readonly (PostedMessage & { readonly notice: Notice })[] {
  return allIn(history, destination).flatMap((message) => {
    const { notice } = message;
    return notice === undefined ? [] : [{ ...message, notice }];
  });
}

/** Those that tell what a week brought, in order of time. */
export function roundupsIn(
  history: History,
  destination: DestinationHistory,
): readonly (PostedMessage & { readonly roundup: Roundup })[] {
  return allIn(history, destination).flatMap((message) => {
    const { roundup } = message;
    return roundup === undefined ? [] : [{ ...message, roundup }];
  });
}

function allIn(history: History, { channelId }: DestinationHistory): readonly PostedMessage[] {
  return history.messages
    .filter((message) => message.channelId === channelId)
    .toSorted((a, b) => a.at - b.at);
}

/**
 * What came in a channel, by its deliveries. Nothing else is sent between a press of "Send one now" that was not turned
 * away and its sample: the first delivery within its life is the one, unless it mentions somebody, as no sample does.
 */
export function groupDeliveries(
  { timeline }: Pick<History, 'timeline'>,
  { samples }: Pick<DestinationHistory, 'samples'>,
  messages: readonly PostedMessage[],
): readonly SeenDelivery[] {
  const groups = [...Map.groupBy(messages, ({ deliveryId }) => deliveryId)];
  const firsts = groups.flatMap(([id, [first]]) => (first === undefined ? [] : [{ id, first }]));
  const pressed = new Map<string, Instant>();
  for (const { pressedAt } of samples) {
    const endsAt = timeline.virtualAt(pressedAt) + SAMPLE_LIFE_MS;
    const sample = firsts.find(
      ({ id, first: { at, roles } }) =>
        !pressed.has(id) &&
        at >= pressedAt &&
        timeline.virtualAt(at - UNDER_WAY_MS) <= endsAt &&
        roles.length === 0,
    );
    if (sample !== undefined) pressed.set(sample.id, pressedAt);
  }
  return firsts.map(({ id, first: { channelId, at } }, index) => {
    const pressedAt = pressed.get(id);
    return {
      id,
      channelId,
      isSample: pressedAt !== undefined,
      ...(pressedAt === undefined ? {} : { pressedAt }),
      firstAt: at,
      messages: groups[index]?.[1] ?? [],
    };
  });
}
