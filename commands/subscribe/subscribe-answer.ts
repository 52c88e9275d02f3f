import type { APIButtonComponentWithCustomId, BaseInteraction } from 'discord.js';
import { presentZoneName } from '../../src/calendar/zone-names.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { AnyReply, Request } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination, Place } from '../../src/subscriptions/destination.ts';
import type { FollowResult } from '../../src/subscriptions/follow-topic.ts';
import { canUndo } from '../../src/subscriptions/unfollow-topic.ts';
import { isForYou } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { buildButton, buildMenu, buildRow, type Row } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';
import { describeHalt, describeNextSlot, describeSetting } from '../subscriptions/describe-destination.ts';
import type { UnclearZone } from '../subscriptions/read-schedule-change.ts';
import {
  buildBackButtons,
  buildChangeButton,
  buildResumeRow,
  buildSettings,
  buildZoneButtons,
  describeZone,
  listLikelyZones,
  type ListPage,
} from '../subscriptions/schedule-answer.ts';
import { topicLabel } from './topic-label.ts';
import { findOutlook, type OutlookTools } from './topic-outlook.ts';

interface AnswerParts {
  readonly result: FollowResult;
  readonly userId: string;
  /** Discord's, for the menu of zones. */
  readonly locale: string;
  readonly texts: Texts;
  /** Why it came to another place than one would expect. */
  readonly note?: string;
  readonly unclear?: UnclearZone | undefined;
  readonly from?: ListPage;
}

/** The answer to following a topic: what was done, what it would have brought, and when the next digest comes. */
export async function buildAnswer(parts: AnswerParts, context: OutlookTools): Promise<AnyReply> {
  const { result, userId, texts, note, unclear, from = [] } = parts;
  const { kind, destination, subscription } = result;
  const now = context.clock.now();
  const outlook = await findOutlook({ destination, subscription, userId, texts }, context);
  const isForum = destination.place.kind === 'channel' && destination.place.channelKind === 'forum';
  const menu = buildZoneMenu(parts, now);
  const follows = [destination.id, subscription.id] as const;
  return buildPanel(
    [note, describeResult(result, texts), kind === 'followed' && isForum ? texts.subscribe.forumPosts : ''],
    [...outlook.lines, outlook.fixes.length === 0 ? undefined : buildRow(...outlook.fixes)],
    outlook.samples,
    [
      ...describeHalt(destination, texts),
      describeNextSlot(destination, now, texts),
      buildResumeRow(destination, from, texts),
      describeSetting(destination, texts),
      menu && texts.subscribe.zoneAssumed(presentZoneName(destination.schedule.zone)),
      menu,
      unclear && texts.schedule.whichZone(unclear.text),
      ...(unclear === undefined ? [] : buildZoneButtons(unclear.zones, follows, { now, texts })),
    ],
    [buildRow(...buildActions(result, now, texts), ...buildBackButtons(from, texts))],
  );
}

function describeResult({ kind, destination: { place }, subscription }: FollowResult, texts: Texts): string {
  const { topic, minUpvotes } = subscription;
  const label = topicLabel(topic, texts, 300);
  if (kind === 'already') return texts.subscribe.followedAlready(label, place);
  if (kind === 'changed') return texts.subscribe.thresholdChanged(label, minUpvotes, place);
  return `### ${texts.subscribe.followed(label, minUpvotes, place)}`;
}

/** Zones of the locale, for a place that was just set up with one that was assumed. */
function buildZoneMenu({ result, locale, texts }: AnswerParts, now: number): Row | undefined {
  const { kind, destination, subscription, first } = result;
  if (kind !== 'followed' || !first || destination.schedule.at === 'instantly') return undefined;
  const zones = listLikelyZones(locale);
  return buildMenu(
    encodeCustomId('zone', destination.id, subscription.id),
    texts.subscribe.chooseZone,
    zones.map((one) => ({ label: describeZone(one, { now, texts }), value: one.zone })),
  );
}

function buildActions(
  { kind, destination, subscription }: FollowResult,
  now: Instant,
  texts: Texts,
): readonly APIButtonComponentWithCustomId[] {
  const { topic, minUpvotes, id } = subscription;
  const { sendOneNow, showQuery, undo } = texts.subscribe;
  const isNamed = topic.name !== topic.query && topic.query !== '' && !isForYou(topic);
  const undoId = encodeCustomId('undo', destination.id, id, minUpvotes);
  return [
    buildChangeButton([destination.id, id], texts),
    buildButton(encodeCustomId('send-now', destination.id, id), sendOneNow),
    ...(isNamed ? [buildButton(encodeCustomId('show-query', destination.id, id), showQuery)] : []),
    ...(kind === 'followed' && canUndo(subscription, now) ? [buildButton(undoId, undo)] : []),
  ];
}

interface Changed {
  readonly changed: Destination;
  /** Of the topic whose answer is renewed; any other where the settings stand alone. */
  readonly subscriptionId: string | undefined;
  readonly unclear?: UnclearZone | undefined;
  readonly from?: ListPage;
}

/** What a message says once when and how was changed below it. */
export async function renewAnswer(
  { interaction, texts }: Request<BaseInteraction>,
  { changed, subscriptionId, unclear, from = [] }: Changed,
  context: CommandContext,
): Promise<AnyReply> {
  const subscription = changed.subscriptions.find(({ id }) => id === subscriptionId);
  if (subscription === undefined) {
    const headline = texts.schedule.updated(changed.place);
    const settings = { headline, destination: changed, unclear, mayChange: true, from };
    return buildSettings(settings, { now: context.clock.now(), texts });
  }
  const first = changed.subscriptions.length === 1;
  const result = { kind: 'followed', destination: changed, subscription, first } as const;
  const locale = localeOf(interaction, changed.place);
  return buildAnswer({ result, userId: interaction.user.id, locale, texts, unclear, from }, context);
}

/** A channel's readers are the server's; direct messages have one. */
export function localeOf({ guildLocale, locale }: BaseInteraction, { kind }: Place): string {
  return kind === 'dm' ? locale : (guildLocale ?? locale);
}
