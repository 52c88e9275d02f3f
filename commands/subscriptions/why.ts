import { windowStart } from '../../src/digest/choose.ts';
import {
  type PaperStatus,
  slotsAfter,
  type SubscriptionMatch,
  whyPaper,
} from '../../src/digest/explain-paper.ts';
import type { Command, CommandRequest } from '../../src/discord/interactions/command.ts';
import { escapeWithin, withoutBrackets } from '../../src/discord/rendering/escape-markdown.ts';
import { paperUrl } from '../../src/discord/rendering/paper-texts.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { nextPickSlot } from '../../src/for-you/match-for-you.ts';
import type { ArchivedPaper, Paper } from '../../src/papers/paper.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import type { ExplainedPart, Explanation } from '../../src/topics/paper-search.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { printQuery, type Query } from '../../src/topics/query/query.ts';
import { isForYou } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { findPaper, PAPER_OPTION, suggestPapers } from '../papers/find-paper.ts';
import { findSeen } from '../parts/access.ts';
import { askerOf } from '../parts/asker.ts';
import { CHANNEL_OPTION, findTarget, nothingFollowed, targetIds } from '../parts/find-target.ts';
import { cut } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';
import { queryCode, topicLabel } from '../subscribe/topic-label.ts';
import { describeSchedule } from './describe-destination.ts';

const LABEL = 60;
/** Two of these and the listing stay within 4,000 characters and 10,170 bytes. */
const STATUS = 1_500;

export const why: Command<CommandContext> = {
  data: {
    name: 'why',
    description: textsFor(DEFAULT_LOCALE).commands.why.description,
    options: [PAPER_OPTION, CHANNEL_OPTION],
  },
  async execute(request, context) {
    const { interaction, texts } = request;
    const destinations = await findDestinations(request, context);
    const found = await findPaper(
      interaction.options.getString('paper', true),
      context,
      askerOf(interaction),
    );
    const paper = context.archive.paper(found.id);
    const statuses = await Promise.all(
      destinations.map((destination) => describeStatus({ destination, found, paper, texts }, context)),
    );
    const listing = describeListing(found, paper, texts);
    return buildPanel([listing], ...statuses.map((status) => [cut(status, STATUS)]));
  },
  autocomplete: async ({ interaction }, context) => suggestPapers(interaction.options.getFocused(), context),
};

/** The channel that is meant, and the person's direct messages where none is named. Raises `nothing-followed`. */
async function findDestinations(
  request: CommandRequest,
  { destinations }: Pick<CommandContext, 'destinations'>,
): Promise<readonly Destination[]> {
  const found = await Promise.all(targetIds(request).map((id) => findSeen(request, id, destinations)));
  const seen = found.flatMap((one) => one?.destination ?? []);
  if (seen.length === 0) throw nothingFollowed(findTarget(request));
  return seen;
}

function describeListing({ id, title }: Paper, paper: ArchivedPaper | undefined, texts: Texts): string {
  const link = `### [${escapeWithin(withoutBrackets(title), 200) || texts.papers.untitled}](${paperUrl(id)})`;
  if (paper?.listDay === undefined) return `${link}\n${texts.why.notListed}`;
  const facts = [texts.why.listed(paper.listDay), texts.papers.votes(paper.upvotes)];
  return `${link}\n${facts.filter((fact) => fact !== '').join(' · ')}`;
}

type WhyTools = Pick<CommandContext, 'deliveries' | 'search' | 'clock' | 'matchForYou'>;

interface Question {
  readonly destination: Destination;
  readonly found: Paper;
  /** The same paper as the archive has it. */
  readonly paper: ArchivedPaper | undefined;
  readonly texts: Texts;
}

async function describeStatus(question: Question, context: WhyTools): Promise<string> {
  const { destination, found, paper, texts } = question;
  const { deliveries, clock } = context;
  const records = await deliveries.recordsOf(destination.id, [found.id]);
  const explained = await Promise.all(
    destination.subscriptions.map((subscription) => explainSubscription(subscription, question, context)),
  );
  const { status } = whyPaper({
    destination,
    paper,
    matches: explained,
    record: records.get(found.id),
    now: clock.now(),
  });
  const { place, trouble } = texts.subscriptions;
  const isHeldUp = status.kind === 'comes' && destination.trouble !== undefined;
  return [
    texts.why.status(place(destination.place), wordsOf(status, destination, texts)),
    ...(isHeldUp ? [trouble(destination.trouble)] : []),
    ...explained.map(
      ({ subscription, words }) => `- ${topicLabel(subscription.topic, texts, LABEL)}: ${words}`,
    ),
  ].join('\n');
}

async function explainSubscription(
  subscription: Subscription,
  { destination, found: paper, texts }: Question,
  { search, matchForYou, clock }: WhyTools,
): Promise<SubscriptionMatch & { readonly words: string }> {
  if (isForYou(subscription.topic)) {
    const after = windowStart(destination, clock.now());
    const { papers, labels } = await matchForYou({
      destination,
      subscription,
      after,
      despiteRecord: paper.id,
    });
    const matches = papers.some(({ id }) => id === paper.id);
    const { pick, no } = texts.forYou.why;
    const label = escapeWithin(labels.get(paper.id) ?? '', LABEL);
    const slot = nextPickSlot(destination, subscription.topic, slotsAfter(destination, clock.now()));
    return { subscription, matches, slot, words: matches ? `${pick} (${label})` : no };
  }
  const query = parseQuery(subscription.topic.query);
  const explanation = (await search.explain(query, paper.id)) ?? { matches: false, parts: [] };
  const words = explainMatch(query, explanation, { paper, subscription, texts });
  return { subscription, matches: explanation.matches, words };
}

function wordsOf(status: PaperStatus, destination: Destination, texts: Texts): string {
  const { why: words } = texts;
  if (status.kind === 'sent') return words.sent(status.at);
  if (status.kind === 'hidden') return words.hidden(status.at);
  if (status.kind === 'refused') return words.refused(status.at, status.code);
  if (status.kind === 'too-few-upvotes') return words.tooFewUpvotes(status.needs, status.has);
  if (status.kind !== 'comes') return words.never[status.kind];
  if (status.slot !== undefined) return words.comesAt(status.slot);
  const { schedule, pausedAt } = destination;
  const isRunning = schedule.at === 'instantly' && pausedAt === undefined;
  return isRunning ? words.comesInstantly(describeSchedule(schedule, texts)) : words.comesOnceResumed;
}

const PARTS = 8;

/** By which words a topic matches a paper, or what is missing. */
function explainMatch(
  query: Query,
  { matches, parts }: Explanation,
  about: { readonly paper: Paper; readonly subscription: Subscription; readonly texts: Texts },
): string {
  const { paper, subscription, texts } = about;
  const { missing, excluded, threshold } = texts.why;
  const isExcluded = excludedLeaves(query);
  const wanted = parts.filter((_, index) => isExcluded[index] === false);
  if (matches) {
    const { minUpvotes } = subscription;
    const held = paper.upvotes < minUpvotes ? `; ${threshold(minUpvotes, paper.upvotes)}` : '';
    return matchedBy(query, wanted, texts) + held;
  }
  if (query.kind === 'like') return query.papers.includes(paper.id) ? texts.why.isExample : texts.why.unlike;
  const absent = wanted.filter((part) => !part.matches);
  const unwanted = parts.filter((part, index) => isExcluded[index] === true && part.matches);
  return [
    ...(absent.length > 0 ? [missing(absent.length, listParts(absent))] : []),
    ...(unwanted.length > 0 ? [excluded(unwanted.length, listParts(unwanted))] : []),
  ].join('; ');
}

function matchedBy(query: Query, wanted: readonly ExplainedPart[], { why: words }: Texts): string {
  if (query.kind === 'every') return words.everyPaper;
  if (query.kind === 'like') return words.likeBy(listWords(wanted));
  const found = wanted.filter((part) => part.matches);
  return found.length === 0 ? words.matches : words.matchesBy(listParts(found));
}

function listWords(parts: readonly ExplainedPart[]): string {
  return parts
    .flatMap(({ words = [] }) => words)
    .map((word) => queryCode(word, 60))
    .join(', ');
}

function listParts(parts: readonly ExplainedPart[]): string {
  const shown = parts.slice(0, PARTS).map(({ part }) => queryCode(printQuery(part), 60));
  return parts.length > shown.length ? `${shown.join(', ')} …` : shown.join(', ');
}

/** For each leaf in the order of `leavesOf`, whether the query excludes it. */
function excludedLeaves(query: Query, isExcluded = false): readonly boolean[] {
  if (query.kind === 'every') return [];
  if (query.kind === 'not') return excludedLeaves(query.part, !isExcluded);
  if (query.kind === 'and' || query.kind === 'or') {
    return query.parts.flatMap((part) => excludedLeaves(part, isExcluded));
  }
  return [isExcluded];
}
