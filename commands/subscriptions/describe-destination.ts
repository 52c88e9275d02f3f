import { isGivenUpOn } from '../../src/digest/due.ts';
import { findSilence } from '../../src/digest/source-silence.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import type { CommandContext } from '../context.ts';
import { describeNextSlot, describeSchedule } from './describe-schedule.ts';
import { topicLabel } from '../subscribe/topic-label.ts';

const SHORT_LABEL = 40;
const SHORT_LIST = 6;
const LONG_LABEL = 110;

type DescribeTools = Pick<CommandContext, 'clock'>;

/** One destination of several, in a few lines. */
export function describeBriefly(destination: Destination, context: DescribeTools, texts: Texts): string {
  const followed = destination.subscriptions;
  const shown = followed.slice(0, SHORT_LIST).map((one) => describeSubscription(one, texts, SHORT_LABEL));
  const more = followed.length - shown.length;
  return [
    `**${texts.subscriptions.place(destination.place)}**`,
    [...shown, ...(more > 0 ? [texts.subscriptions.more(more)] : [])].join(', '),
    ...describeState(destination, context, texts),
  ].join('\n');
}

/** One destination with every topic of it. */
export function describeFully(destination: Destination, context: DescribeTools, texts: Texts): string {
  const followed = destination.subscriptions;
  return [
    `**${texts.subscriptions.place(destination.place)}**`,
    ...followed.map((one) => `- ${describeSubscription(one, texts, LONG_LABEL)}`),
    ...describeState(destination, context, texts),
  ].join('\n');
}

/** The line that says that no papers come from the source; undefined while they do. */
export function describeSource(
  { archive, clock }: Pick<CommandContext, 'archive' | 'clock'>,
  { subscriptions }: Texts,
): string | undefined {
  const now = clock.now();
  const since = findSilence({ lastCollection: archive.lastCollection(now), startedAt: now, now });
  return since === undefined ? undefined : subscriptions.sourceSilent(since);
}

function describeSubscription({ topic, minUpvotes }: Subscription, texts: Texts, length: number): string {
  const label = topicLabel(topic, texts, length);
  return minUpvotes > 0 ? `${label} ${texts.subscriptions.atLeast(minUpvotes)}` : label;
}

function describeState(destination: Destination, { clock }: DescribeTools, texts: Texts): readonly string[] {
  const { schedule, pausedAt, trouble, lastDeliveredAt } = destination;
  const words = texts.subscriptions;
  const lines = [
    describeSchedule(schedule, texts),
    isGivenUpOn(destination, clock.now()) ? undefined : describeNextSlot(destination, clock.now(), texts),
    lastDeliveredAt === undefined ? words.notDeliveredYet : words.lastDelivered(lastDeliveredAt),
    pausedAt === undefined ? undefined : words.paused(pausedAt),
    trouble === undefined ? undefined : words.trouble(trouble),
  ];
  return lines.filter((line) => line !== undefined);
}
