import { presentZoneName } from '../../src/calendar/zone-names.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import { closingRecords } from '../../src/delivery/delivery.ts';
import { isGivenUpOn } from '../../src/digest/due.ts';
import { parseNoticeKey } from '../../src/digest/notices/notice-key.ts';
import { findSilence } from '../../src/digest/upkeep.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination, Schedule } from '../../src/subscriptions/destination.ts';
import { nextSlots } from '../../src/subscriptions/schedule.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import type { CommandContext } from '../context.ts';
import { topicLabel } from '../subscribe/topic-label.ts';

const SLOTS = 3;

/** Such as `09:00, weekdays, Europe/Berlin`, or `Instantly, weekends, Europe/Berlin`. */
export function describeSchedule({ at, zone, days }: Schedule, { schedule }: Texts): string {
  return schedule.when(at === 'instantly' ? undefined : at, days, presentZoneName(zone));
}

/** The line that names the next digest; undefined while nothing is to come. */
export function describeNextSlot(destination: Destination, now: Instant, texts: Texts): string | undefined {
  if (destination.pausedAt !== undefined || isGivenUpOn(destination, now)) return undefined;
  if (destination.schedule.at === 'instantly') return texts.schedule.instantly;
  const [slot] = slotsOf(destination, now, 1);
  return slot === undefined ? undefined : texts.schedule.nextDigest(slot);
}

/** Why papers do not come now, a line each: a pause, and what Discord refuses. */
export function describeHalt({ pausedAt, trouble }: Destination, texts: Texts): readonly string[] {
  return [
    ...(pausedAt === undefined ? [] : [texts.schedule.pausedSince(pausedAt)]),
    ...(trouble === undefined ? [] : [texts.subscriptions.trouble(trouble)]),
  ];
}

/** All that is set for a destination, a line each. */
export function describeSettings(destination: Destination, texts: Texts): readonly string[] {
  const { schedule, mention, roundup } = destination;
  const words = texts.schedule;
  return [
    words.setting('when', describeSchedule(schedule, texts)),
    words.setting('how', words.layout(destination)),
    ...(roundup === undefined ? [] : [texts.roundup.when(roundup)]),
    ...(mention === undefined ? [] : [words.setting('mention', words.mentions(mention))]),
  ];
}

/** The same in a small line. */
export function describeSetting(destination: Destination, texts: Texts): string {
  const { schedule, roundup } = destination;
  const parts = [
    describeSchedule(schedule, texts),
    texts.schedule.layout(destination),
    ...(roundup === undefined ? [] : [texts.roundup.when(roundup)]),
  ];
  return `-# ${parts.join(' · ')}`;
}

/** When the next digests come, or why none does. */
export function describeComing(
  destination: Destination,
  now: Instant,
  { schedule: words }: Texts,
): string | undefined {
  const { schedule, pausedAt } = destination;
  if (pausedAt !== undefined || isGivenUpOn(destination, now)) return undefined;
  return schedule.at === 'instantly' ? words.instantly : words.nextDigests(slotsOf(destination, now, SLOTS));
}

function slotsOf({ schedule, nextSlot }: Destination, now: Instant, count: number): readonly Instant[] {
  return nextSlots(schedule, Math.max(now, nextSlot - 1), count);
}

const SHORT_LABEL = 28;
const SHORT_LIST = 4;
const LONG_LABEL = 90;
/** Of all topics of a destination, and what stands around each. */
const TOPICS_LENGTH = 2_000;
const AROUND_LABEL = 32;
/** Digests that are looked at for what went wrong. */
const LATEST = 5;

type DescribeTools = Pick<CommandContext, 'clock'>;

/** One destination of several, in a few lines; about 800 characters at most, of which a trouble has 220. */
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

/** Every topic of a destination, and how it goes there; about 2,700 characters at most. */
export function describeFully(
  destination: Destination,
  context: DescribeTools,
  texts: Texts,
): { readonly topics: readonly string[]; readonly state: readonly string[] } {
  const { subscriptions } = destination;
  const room = Math.floor(TOPICS_LENGTH / subscriptions.length) - AROUND_LABEL;
  return {
    topics: subscriptions.map((one) => `- ${describeSubscription(one, texts, Math.min(room, LONG_LABEL))}`),
    state: describeState(destination, context, texts),
  };
}

/** What went wrong with the latest digests there: papers that Discord refused, and a message that nobody knows of. */
export async function describeMishaps(
  { id }: Destination,
  { deliveries, clock }: Pick<CommandContext, 'deliveries' | 'clock'>,
  { subscriptions: words }: Texts,
): Promise<readonly string[]> {
  const [open, latest] = await Promise.all([deliveries.openOf(id), deliveries.latestOf(id, LATEST)]);
  const isUncertain = open?.steps.some(({ status }) => status === 'uncertain') === true;
  const refused = latest
    .flatMap((delivery) => closingRecords(delivery, clock.now()))
    .flatMap(({ kind, paperId: key }) => (kind === 'refused' ? [parseNoticeKey(key)?.paperId ?? key] : []));
  return [
    ...(isUncertain ? [words.uncertain] : []),
    ...(refused.length === 0 ? [] : [words.refused([...new Set(refused)])]),
  ];
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
  const { pausedAt, trouble, lastDeliveredAt } = destination;
  const words = texts.subscriptions;
  const now = clock.now();
  const lines = [
    pausedAt === undefined ? undefined : words.paused(pausedAt),
    trouble === undefined ? undefined : words.trouble(trouble),
    describeNextSlot(destination, now, texts),
    lastDeliveredAt === undefined ? words.notDeliveredYet : words.lastDelivered(lastDeliveredAt),
    describeSetting(destination, texts),
  ];
  return lines.filter((line) => line !== undefined);
}
