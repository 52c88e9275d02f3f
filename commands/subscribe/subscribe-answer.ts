import type { APIEmbed } from 'discord.js';
import type { Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { COLOUR } from '../../src/discord/rendering/paper-card.ts';
import { TOPIC_TEXTS } from '../../src/discord/texts/topic-texts.ts';
import { type Backtest, runBacktest } from '../../src/subscriptions/backtest.ts';
import type { FollowResult } from '../../src/subscriptions/follow-topic.ts';
import { type Alternative, judgeTopic, type Verdict } from '../../src/subscriptions/judge-topic.ts';
import { likelyZones } from '../../src/subscriptions/likely-zones.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { printQuery } from '../../src/topics/query/print-query.ts';
import { positiveTerms, type Query } from '../../src/topics/query/query.ts';
import type { CommandContext } from '../context.ts';
import { describeNextSlot } from '../subscriptions/describe-schedule.ts';
import { buildButton, buildMenu, buildRow } from '../parts/message-parts.ts';
import { presentZoneName } from '../subscriptions/present-zone-name.ts';
import { buildSampleLine } from './sample-line.ts';
import { capitalised, queryCode, topicLabel } from './topic-label.ts';

const SAMPLES = 3;

export interface AnswerParts {
  readonly result: FollowResult;
  /** Discord's, for the menu of zones. */
  readonly locale: string;
  /** Why it came to another place than one would expect. */
  readonly note?: string;
}

/** The answer to following a topic: what was done, what it would have brought, and when the next digest comes. */
export async function buildAnswer(
  { result, locale, note }: AnswerParts,
  context: CommandContext,
): Promise<Reply> {
  const { kind, destination, subscription, first } = result;
  const isNew = kind === 'followed';
  const asksZone = isNew && first && destination.schedule.at !== 'instantly';
  const zones = asksZone ? likelyZones(locale).map((zone) => ({ label: zone, value: zone })) : [];
  const menu = buildMenu(encodeCustomId('zone', destination.id), TOPIC_TEXTS.chooseZone, zones);
  const sample = buildButton(
    encodeCustomId('send-now', destination.id, subscription.id),
    TOPIC_TEXTS.sendOneNow,
  );
  const undo = buildButton(
    encodeCustomId('undo', destination.id, subscription.id, subscription.minUpvotes),
    TOPIC_TEXTS.undo,
  );
  const isForum = destination.place.kind === 'channel' && destination.place.channelKind === 'forum';
  const lines = [
    note,
    describeResult(result),
    isNew && isForum ? TOPIC_TEXTS.forumPosts : undefined,
    describeNextSlot(destination, context.clock.now()),
    menu && TOPIC_TEXTS.zoneAssumed(presentZoneName(destination.schedule.zone)),
  ];
  return {
    content: lines.filter((line) => line !== undefined).join('\n'),
    embeds: [await buildBacktestEmbed(subscription.topic.query, subscription.minUpvotes, context)],
    components: [...(menu === undefined ? [] : [menu]), isNew ? buildRow(undo, sample) : buildRow(sample)],
  };
}

function describeResult({ kind, destination: { place }, subscription }: FollowResult): string {
  const { topic, minUpvotes } = subscription;
  const plain = topicLabel(topic, 300);
  if (kind === 'already') return capitalised(TOPIC_TEXTS.followedAlready(plain, place));
  if (kind === 'changed') return capitalised(TOPIC_TEXTS.thresholdChanged(plain, minUpvotes, place));
  const isNamed = topic.name !== topic.query && topic.query !== '';
  const label = isNamed ? `${plain} (${queryCode(topic.query)})` : plain;
  return TOPIC_TEXTS.followed(label, minUpvotes, place);
}

async function buildBacktestEmbed(
  text: string,
  minUpvotes: number,
  context: CommandContext,
): Promise<APIEmbed> {
  const query = parseQuery(text);
  const backtest = await runBacktest({ query, minUpvotes }, context);
  const verdict = await judgeTopic({ query, minUpvotes }, backtest, context);
  const lines = [
    ...describeBacktest(backtest),
    ...describeVerdict(verdict, backtest),
    ...describeSamples(backtest, query, context),
  ];
  return { color: COLOUR, description: lines.join('\n') };
}

function describeBacktest({ days, papers, busiest }: Backtest): readonly string[] {
  if (days === 0) return [TOPIC_TEXTS.noBacktest];
  return [
    TOPIC_TEXTS.backtest(papers.length, days),
    ...(busiest === undefined || busiest.papers < 2
      ? []
      : [TOPIC_TEXTS.busiest(busiest.day, busiest.papers)]),
  ];
}

function describeSamples({ papers }: Backtest, query: Query, context: CommandContext): readonly string[] {
  const marking = { terms: positiveTerms(query), formsOf: context.search.formsOf };
  return papers.slice(0, SAMPLES).map((paper) => buildSampleLine(paper, marking));
}

function describeVerdict(verdict: Verdict, backtest: Backtest): readonly string[] {
  if (verdict.kind === 'fine') return [];
  if (verdict.kind === 'too-wide') {
    const { narrower } = verdict;
    return [
      TOPIC_TEXTS.tooWide(backtest.papers.length, backtest.listed),
      narrower === undefined ? TOPIC_TEXTS.narrowerHint : offer(TOPIC_TEXTS.narrower, narrower),
    ];
  }
  const { mostUpvotes, spelling, wider, lastDay } = verdict;
  if (mostUpvotes !== undefined) return [TOPIC_TEXTS.tooFewUpvotes(mostUpvotes)];
  if (spelling !== undefined) return [offer(TOPIC_TEXTS.spelling, spelling)];
  return [
    lastDay === undefined ? TOPIC_TEXTS.nothingEver : TOPIC_TEXTS.nothingSince(lastDay),
    ...(wider === undefined ? [] : [offer(TOPIC_TEXTS.wider, wider)]),
  ];
}

function offer(words: (query: string, count: number) => string, { query, papers }: Alternative): string {
  return words(queryCode(printQuery(query)), papers);
}
