import { isGivenUpOn } from '../../src/digest/due.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import { findSilence } from '../../src/digest/source-silence.ts';
import { TOPIC_TEXTS } from '../../src/discord/texts/topic-texts.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import type { CommandContext } from '../context.ts';
import { describeNextSlot, describeSchedule } from './describe-schedule.ts';
import { topicLabel } from '../subscribe/topic-label.ts';

const SHORT_LABEL = 40;
const SHORT_LIST = 6;
const LONG_LABEL = 110;

/** One destination of several, in a few lines. */
export function describeBriefly(destination: Destination, context: CommandContext): string {
  const followed = destination.subscriptions;
  const shown = followed.slice(0, SHORT_LIST).map((one) => describeSubscription(one, SHORT_LABEL));
  const more = followed.length - shown.length;
  return [
    `**${TOPIC_TEXTS.place(destination.place)}**`,
    [...shown, ...(more > 0 ? [TOPIC_TEXTS.more(more)] : [])].join(', '),
    ...describeState(destination, context),
  ].join('\n');
}

/** One destination with every topic of it. */
export function describeFully(destination: Destination, context: CommandContext): string {
  const followed = destination.subscriptions;
  return [
    `**${TOPIC_TEXTS.place(destination.place)}**`,
    ...followed.map((one) => `- ${describeSubscription(one, LONG_LABEL)}`),
    ...describeState(destination, context),
  ].join('\n');
}

/** The line that says that no papers come from the source; undefined while they do. */
export function describeSource({ archive, clock }: CommandContext): string | undefined {
  const now = clock.now();
  const since = findSilence({ lastCollection: archive.lastCollection(now), startedAt: now, now });
  return since === undefined ? undefined : TOPIC_TEXTS.sourceSilent(since);
}

function describeSubscription({ topic, minUpvotes }: Subscription, length: number): string {
  const label = topicLabel(topic, length);
  return minUpvotes > 0 ? `${label} ${TOPIC_TEXTS.threshold(minUpvotes)}` : label;
}

function describeState(destination: Destination, context: CommandContext): readonly string[] {
  const { schedule, pausedAt, trouble, lastDeliveredAt } = destination;
  const lines = [
    describeSchedule(schedule),
    isGivenUpOn(destination, context.clock.now())
      ? undefined
      : describeNextSlot(destination, context.clock.now()),
    lastDelivered(lastDeliveredAt),
    pausedAt === undefined ? undefined : TOPIC_TEXTS.paused(pausedAt),
    trouble === undefined ? undefined : TOPIC_TEXTS.trouble(trouble),
  ];
  return lines.filter((line) => line !== undefined);
}

function lastDelivered(at: Instant | undefined): string {
  return at === undefined ? TOPIC_TEXTS.notDeliveredYet : TOPIC_TEXTS.lastDelivered(at);
}
