import type { Instant } from '../../src/calendar/zoned-time.ts';
import { type PaperStatus, whyPaper } from '../../src/digest/explain-paper.ts';
import type { Command, CommandRequest } from '../../src/discord/interactions/command.ts';
import { withoutBrackets } from '../../src/discord/rendering/escape-markdown.ts';
import { COLOUR } from '../../src/discord/rendering/paper-card.ts';
import { paperUrl } from '../../src/discord/rendering/paper-line.ts';
import { escapeWithin } from '../../src/discord/rendering/truncate.ts';
import { WHY_TEXTS } from '../../src/discord/texts/why-texts.ts';
import { UserError } from '../../src/errors.ts';
import type { ArchivedPaper, Paper } from '../../src/papers/paper.ts';
import { type Destination, destinationId } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import type { CommandContext } from '../context.ts';
import { EVERYWHERE } from '../parts/everywhere.ts';
import { explainMatch } from './explain-match.ts';
import { findPaper } from '../papers/find-paper.ts';
import { CHANNEL_OPTION, findTarget, isOpen, targetId } from '../parts/find-target.ts';
import { cut } from '../parts/message-parts.ts';
import { PAPER_OPTION, suggestPapers } from '../papers/suggest-papers.ts';
import { topicLabel } from '../subscribe/topic-label.ts';

const LABEL = 60;
const DESCRIPTION = 4000;

export const why: Command<CommandContext> = {
  data: {
    ...EVERYWHERE,
    name: 'why',
    description: 'Why a paper came to a channel or to you, or did not',
    options: [PAPER_OPTION, CHANNEL_OPTION],
  },
  async execute(request, context) {
    const destinations = await findDestinations(request, context);
    const found = await findPaper(request.interaction.options.getString('paper', true), context);
    const paper = context.archive.paper(found.id);
    const parts = await Promise.all(destinations.map((one) => describeFate(one, found, paper, context)));
    const lines = [
      `[${escapeWithin(withoutBrackets(found.title), 200) || 'Untitled'}](${paperUrl(found.id)})`,
      paper?.listDay === undefined ? WHY_TEXTS.notListed : WHY_TEXTS.listed(paper.listDay, paper.upvotes),
    ];
    const description = [lines.join('\n'), ...parts].join('\n\n');
    return { embeds: [{ color: COLOUR, description: cut(description, DESCRIPTION) }] };
  },
  autocomplete: async ({ interaction }, context) => suggestPapers(interaction.options.getFocused(), context),
};

/** The channel that is meant, and the person's direct messages where none is named. Raises `nothing-followed`. */
async function findDestinations(
  request: CommandRequest,
  { destinations }: CommandContext,
): Promise<readonly Destination[]> {
  const target = findTarget(request);
  const own = destinationId({ kind: 'dm', userId: request.interaction.user.id });
  const ids = isOpen(request) ? [...new Set([targetId(target), own])] : [targetId(target)];
  const held = await Promise.all(ids.map((id) => destinations.get(id)));
  const found = held.filter((one) => one !== undefined);
  if (found.length > 0) return found;
  throw new UserError('nothing-followed', target.kind === 'dm' ? {} : { channelId: target.channel.id });
}

async function describeFate(
  destination: Destination,
  found: Paper,
  paper: ArchivedPaper | undefined,
  context: CommandContext,
): Promise<string> {
  const { deliveries, clock } = context;
  const records = await deliveries.recordsOf(destination.id);
  const explained = await Promise.all(
    destination.subscriptions.map((subscription) => explainSubscription(subscription, found, context)),
  );
  const { status } = whyPaper({
    destination,
    paper,
    matches: explained,
    record: records.get(found.id),
    now: clock.now(),
  });
  return [
    WHY_TEXTS.fate(destination.place, wordsOf(status, destination)),
    ...explained.map(({ subscription, words }) => `- ${topicLabel(subscription.topic, LABEL)}: ${words}`),
  ].join('\n');
}

async function explainSubscription(
  subscription: Subscription,
  paper: Paper,
  { search }: CommandContext,
): Promise<{ readonly subscription: Subscription; readonly matches: boolean; readonly words: string }> {
  const query = parseQuery(subscription.topic.query);
  const explanation = (await search.explain(query, paper.id)) ?? { matches: false, parts: [] };
  const words = explainMatch(query, explanation, { paper, subscription });
  return { subscription, matches: explanation.matches, words };
}

function wordsOf(status: PaperStatus, destination: Destination): string {
  if (status.kind === 'sent') return WHY_TEXTS.sent(status.at);
  if (status.kind === 'hidden') return WHY_TEXTS.hidden(status.at);
  if (status.kind === 'refused') return WHY_TEXTS.refused(status.at, status.code);
  if (status.kind === 'too-few-upvotes') return WHY_TEXTS.tooFewUpvotes(status.needs, status.has);
  if (status.kind === 'comes') return wordsOfComing(status.slot, destination);
  return WHY_TEXTS.never[status.kind];
}

function wordsOfComing(slot: Instant | undefined, { schedule, pausedAt }: Destination): string {
  if (slot !== undefined) return WHY_TEXTS.comesAt(slot);
  const isRunning = schedule.at === 'instantly' && pausedAt === undefined;
  return isRunning ? WHY_TEXTS.comes : WHY_TEXTS.comesOnceResumed;
}
