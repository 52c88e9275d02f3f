import type { APIEmbed } from 'discord.js';
import { presentZoneName } from '../../src/calendar/present-zone-name.ts';
import type { Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { COLOUR } from '../../src/discord/rendering/components.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { type Backtest, runBacktest } from '../../src/subscriptions/backtest.ts';
import type { FollowResult } from '../../src/subscriptions/follow-topic.ts';
import { type Alternative, judgeTopic, type Verdict } from '../../src/subscriptions/judge-topic.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { printQuery, positiveTerms } from '../../src/topics/query/query.ts';
import type { CommandContext } from '../context.ts';
import { buildButton, buildMenu, buildRow } from '../parts/message-parts.ts';
import { describeNextSlot, describeSchedule } from '../subscriptions/describe-destination.ts';
import type { UnclearZone } from '../subscriptions/read-schedule-change.ts';
import { buildChangeButton } from '../subscriptions/schedule-answer.ts';
import { buildZoneButtons, describeZone, listLikelyZones } from '../subscriptions/zone-choices.ts';
import { buildSampleLine } from './sample-line.ts';
import { queryCode, topicLabel } from './topic-label.ts';

const SAMPLES = 3;

interface AnswerParts {
  readonly result: FollowResult;
  /** Discord's, for the menu of zones. */
  readonly locale: string;
  readonly texts: Texts;
  /** Why it came to another place than one would expect. */
  readonly note?: string;
  readonly unclear?: UnclearZone | undefined;
}

type AnswerTools = Pick<CommandContext, 'archive' | 'search' | 'clock'>;

/** The answer to following a topic: what was done, what it would have brought, and when the next digest comes. */
export async function buildAnswer(
  { result, locale, texts, note, unclear }: AnswerParts,
  context: AnswerTools,
): Promise<Reply> {
  const { kind, destination, subscription, first } = result;
  const isNew = kind === 'followed';
  const asksZone = isNew && first && destination.schedule.at !== 'instantly';
  const now = context.clock.now();
  const zones = asksZone ? listLikelyZones(locale) : [];
  const menu = buildMenu(
    encodeCustomId('zone', destination.id, subscription.id),
    texts.subscribe.chooseZone,
    zones.map((one) => ({ label: describeZone(one, { now, texts }), value: one.zone })),
  );
  const sample = buildButton(
    encodeCustomId('send-now', destination.id, subscription.id),
    texts.subscribe.sendOneNow,
  );
  const undo = buildButton(
    encodeCustomId('undo', destination.id, subscription.id, subscription.minUpvotes),
    texts.subscribe.undo,
  );
  const isForum = destination.place.kind === 'channel' && destination.place.channelKind === 'forum';
  const lines = [
    note,
    describeResult(result, texts),
    isNew && isForum ? texts.subscribe.forumPosts : undefined,
    destination.schedule.at === 'instantly' ? describeSchedule(destination.schedule, texts) : undefined,
    describeNextSlot(destination, now, texts),
    menu && texts.subscribe.zoneAssumed(presentZoneName(destination.schedule.zone)),
    unclear && texts.schedule.whichZone(unclear.text),
  ];
  const follows = [destination.id, subscription.id] as const;
  const change = buildChangeButton(...follows, texts);
  return {
    content: lines.filter((line) => line !== undefined).join('\n'),
    embeds: [await buildBacktestEmbed(subscription, context, texts)],
    components: [
      ...(menu === undefined ? [] : [menu]),
      ...(unclear === undefined ? [] : buildZoneButtons(unclear.zones, follows, { now, texts })),
      buildRow(change, sample, ...(isNew ? [undo] : [])),
    ],
  };
}

function describeResult({ kind, destination: { place }, subscription }: FollowResult, texts: Texts): string {
  const { topic, minUpvotes } = subscription;
  const plain = topicLabel(topic, texts, 300);
  if (kind === 'already') return texts.subscribe.followedAlready(plain, place);
  if (kind === 'changed') return texts.subscribe.thresholdChanged(plain, minUpvotes, place);
  const isNamed = topic.name !== topic.query && topic.query !== '';
  const label = isNamed ? `${plain} (${queryCode(topic.query)})` : plain;
  return texts.subscribe.followed(label, minUpvotes, place);
}

async function buildBacktestEmbed(
  { topic, minUpvotes }: Subscription,
  context: AnswerTools,
  texts: Texts,
): Promise<APIEmbed> {
  const query = parseQuery(topic.query);
  const backtest = await runBacktest({ query, minUpvotes }, context);
  const verdict = await judgeTopic({ query, minUpvotes }, backtest, context);
  const samples = backtest.papers.slice(0, SAMPLES).flatMap(({ id }) => context.archive.paper(id) ?? []);
  const marking = { terms: positiveTerms(query), formsOf: context.search.formsOf };
  const lines = [
    ...describeBacktest(backtest, texts),
    ...describeVerdict(verdict, backtest, texts),
    ...samples.map((paper) => buildSampleLine(paper, marking, texts)),
  ];
  return { color: COLOUR, description: lines.join('\n') };
}

function describeBacktest({ days, papers, busiest }: Backtest, texts: Texts): readonly string[] {
  if (days === 0) return [texts.subscribe.noBacktest];
  return [
    texts.subscribe.backtest(papers.length, days),
    ...(busiest === undefined || busiest.papers < 2
      ? []
      : [texts.subscribe.busiest(busiest.day, busiest.papers)]),
  ];
}

function describeVerdict(
  verdict: Verdict,
  backtest: Backtest,
  { subscribe: texts }: Texts,
): readonly string[] {
  if (verdict.kind === 'fine') return [];
  if (verdict.kind === 'too-wide') {
    const { narrower } = verdict;
    return [
      texts.tooWide(backtest.papers.length, backtest.listed),
      narrower === undefined ? texts.narrowerHint : offer(texts.narrower, narrower),
    ];
  }
  const { mostUpvotes, spelling, wider, lastDay } = verdict;
  if (mostUpvotes !== undefined) return [texts.tooFewUpvotes(mostUpvotes)];
  if (spelling !== undefined) return [offer(texts.spelling, spelling)];
  return [
    lastDay === undefined ? texts.nothingEver : texts.nothingSince(lastDay),
    ...(wider === undefined ? [] : [offer(texts.wider, wider)]),
  ];
}

function offer(words: (query: string, count: number) => string, { query, papers }: Alternative): string {
  return words(queryCode(printQuery(query)), papers);
}
