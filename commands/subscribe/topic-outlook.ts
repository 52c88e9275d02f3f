import type { APIButtonComponentWithCustomId } from 'discord.js';
import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { type Backtest, runBacktest } from '../../src/subscriptions/backtest.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import { findCovering } from '../../src/subscriptions/find-covering.ts';
import { type Alternative, judgeTopic, type Verdict } from '../../src/subscriptions/judge-topic.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { positiveTerms, printQuery, type Query, type Term } from '../../src/topics/query/query.ts';
import { EVERY_PAPER, FOR_YOU_WEEKLY, isForYou } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { buildButton, cut } from '../parts/message-parts.ts';
import { volumeOf, VOLUMES } from './like-topic.ts';
import { buildSampleLine } from './sample-line.ts';
import { queryCode, topicLabel } from './topic-label.ts';

const SAMPLES = 3;
const FINE: Verdict = { kind: 'fine' };
const BUTTON_LENGTH = 80;

export type OutlookTools = Pick<
  CommandContext,
  'archive' | 'search' | 'clock' | 'savedSearches' | 'matchForYou'
>;

interface Asked {
  readonly destination: Destination;
  readonly subscription: Subscription;
  /** Who is to press the buttons. */
  readonly userId: string;
  readonly texts: Texts;
}

/** What a topic would have brought, and a button for each thing that could be better. */
interface Outlook {
  readonly lines: readonly string[];
  readonly samples: readonly string[];
  readonly fixes: readonly APIButtonComponentWithCustomId[];
}

export async function findOutlook(asked: Asked, context: OutlookTools): Promise<Outlook> {
  const { destination, subscription, texts } = asked;
  const { topic, minUpvotes } = subscription;
  if (isForYou(topic)) return { ...(await findForYouOutlook(asked, context)), fixes: [] };
  const query = parseQuery(topic.query);
  const backtest = await runBacktest({ query, minUpvotes }, context);
  const isLike = query.kind === 'like';
  const verdict = isLike ? FINE : await judgeTopic({ query, minUpvotes }, backtest, context);
  const papers = backtest.papers.slice(0, SAMPLES).flatMap(({ id }) => context.archive.paper(id) ?? []);
  const { formsOf } = context.search;
  const samples = papers.map(async (paper) => {
    const terms = isLike ? await findDecidingWords(query, paper.id, context) : positiveTerms(query);
    return buildSampleLine(paper, { terms, formsOf }, texts);
  });
  const isOver = destination.overflow === 'list' && backtest.papers.length > destination.max * backtest.days;
  const { savedSearches } = context;
  return {
    lines: [
      ...describeBacktest(backtest, texts),
      ...describeVerdict(verdict, backtest, texts),
      ...(await describeCovering(asked, backtest, context)),
    ],
    samples: await Promise.all(samples),
    fixes: [
      ...(await buildFixes(verdict, asked, savedSearches)),
      ...(isLike ? buildVolumes(subscription, texts) : []),
      ...(isOver ? [buildFix('hide-rest', texts.subscribe.hideRest(destination.max), subscription)] : []),
    ],
  };
}

/** The words by which a paper is like the examples, as terms that it is marked with. */
async function findDecidingWords(
  query: Query,
  paperId: string,
  { search }: Pick<OutlookTools, 'search'>,
): Promise<readonly Term[]> {
  const explanation = await search.explain(query, paperId);
  const words = explanation?.parts.flatMap((part) => part.words ?? []) ?? [];
  return words.map((word) => ({ kind: 'word', word }));
}

/** The same examples with more papers, or fewer. */
function buildVolumes(subscription: Subscription, texts: Texts): readonly APIButtonComponentWithCustomId[] {
  const present = volumeOf(subscription.topic, texts);
  return VOLUMES.filter((volume) => volume !== present).map((volume) =>
    buildFix('like-volume', texts.subscribe.likeVolume(volume), subscription, volume),
  );
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

/** Names another topic that brings the same papers, and perhaps more. No topic covers "every paper". */
async function describeCovering(
  { destination: { place, subscriptions }, subscription, texts }: Asked,
  { papers }: Backtest,
  context: OutlookTools,
): Promise<readonly string[]> {
  if (subscription.topic.query === EVERY_PAPER.query) return [];
  const others = subscriptions.filter(({ id }) => id !== subscription.id);
  const covering = await findCovering(papers, others, context.search);
  if (covering === undefined) return [];
  return [texts.subscribe.covered(topicLabel(covering.topic, texts), papers.length, place)];
}

function offer(words: (query: string, count: number) => string, { query, papers }: Alternative): string {
  return words(queryCode(printQuery(query)), papers);
}

async function buildFixes(
  verdict: Verdict,
  { subscription, userId, texts: { subscribe: texts } }: Asked,
  savedSearches: OutlookTools['savedSearches'],
): Promise<readonly APIButtonComponentWithCustomId[]> {
  if (verdict.kind === 'fine') return [];
  if (verdict.kind === 'nothing' && verdict.mostUpvotes !== undefined) {
    return [buildFix('drop-limit', texts.dropLimit, subscription)];
  }
  const better = verdict.kind === 'nothing' ? (verdict.spelling ?? verdict.wider) : verdict.narrower;
  if (better === undefined) return [];
  const query = printQuery(better.query);
  const key = await savedSearches.save(userId, { query, sort: 'relevance' });
  const label = verdict.kind === 'nothing' ? texts.followInstead(query) : texts.useNarrower;
  return [buildFix('instead', label, subscription, key)];
}

function buildFix(
  name: string,
  label: string,
  { destinationId, id }: Subscription,
  ...more: readonly string[]
): APIButtonComponentWithCustomId {
  return buildButton(encodeCustomId(name, destinationId, id, ...more), cut(label, BUTTON_LENGTH));
}

const DAYS = 14;

/** What For You brings to a place, and what it would pick of the last two weeks. */
async function findForYouOutlook(
  asked: { readonly destination: Destination; readonly subscription: Subscription; readonly texts: Texts },
  { matchForYou, clock, search }: Pick<CommandContext, 'matchForYou' | 'clock' | 'search'>,
): Promise<{ readonly lines: readonly string[]; readonly samples: readonly string[] }> {
  const { destination, subscription, texts } = asked;
  const after = addDays(listDayAt(clock.now()), -DAYS);
  const asOfOld = { ...subscription, startDay: after };
  const { papers } = await matchForYou({ destination, subscription: asOfOld, after });
  const cadence = subscription.topic.query === FOR_YOU_WEEKLY.query ? 'weekly' : 'daily';
  const { forYou: words } = texts;
  const isDm = destination.place.kind === 'dm';
  const samples = papers
    .slice(0, SAMPLES)
    .map((paper) => buildSampleLine(paper, { terms: [], formsOf: search.formsOf }, texts));
  return {
    lines: [
      isDm ? words.outlook[cadence] : words.channelOutlook[cadence],
      ...(isDm ? [] : [words.agreement()]),
      ...(isDm || papers.length > 0 ? [] : [words.nobody]),
    ],
    samples: samples.length === 0 ? [] : [words.today, ...samples],
  };
}
