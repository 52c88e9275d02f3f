import type { APIEmbed } from 'discord.js';
import type { PlannedStep } from '../digest/delivery.ts';
import type { Digest, DigestEntry } from '../digest/digest.ts';
import type { Paper } from '../papers/paper.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { buildMessageStep } from './digest-message.ts';
import { type Card, type EmbedPage, type Line, packEmbeds } from './pack-embeds.ts';
import { buildPaperEmbed } from './paper-card.ts';
import { buildPaperLine } from './paper-line.ts';
import { type DigestParts, renderForumPosts, renderThreads } from './render-threads.ts';

/** Of one paper: with what it matched, in each combination that was asked for. */
const TOPIC_LINES_KEPT = 100;

type Layout = Destination['style'] | 'posts';

/** The messages or posts of a digest, each within Discord's limits. */
export function renderDigest(digest: Digest): readonly PlannedStep[] {
  const { destination, entries } = digest;
  const shown = destination.rest === 'hide' ? entries.slice(0, destination.max) : entries;
  const layout = layoutOf(destination);
  const cards = layout === 'compact' ? [] : shown.slice(0, destination.max).map(buildCard);
  const lines = shown.slice(cards.length).map(buildLine);
  const parts: DigestParts = { digest, shown, cards, lines };
  if (layout === 'posts') return renderForumPosts(parts);
  return layout === 'threads' ? renderThreads(parts) : renderMessages(parts);
}

/** A forum has nothing but posts; threads need a channel of a server around them. */
function layoutOf({ place, style }: Destination): Layout {
  const kind = place.kind === 'channel' ? place.channelKind : 'dm';
  if (kind === 'forum') return 'posts';
  const hasThreads = kind === 'text' || kind === 'announcement';
  return style === 'threads' && !hasThreads ? 'cards' : style;
}

function renderMessages({ digest, shown, cards, lines }: DigestParts): readonly PlannedStep[] {
  const pages: readonly EmbedPage[] = packEmbeds(cards, lines);
  return pages.map((page, index) => buildMessageStep({ digest, shown, page, index }));
}

/** Most destinations get the same papers with the same topics, at the same time. */
const embeds = new WeakMap<Paper, Map<string, APIEmbed>>();

function buildCard(entry: DigestEntry): Card {
  const { paper, topics } = entry;
  const known = embeds.get(paper) ?? new Map<string, APIEmbed>();
  embeds.set(paper, known);
  const key = topics.join('\n');
  const embed = known.get(key) ?? buildPaperEmbed(paper, { topics, full: false });
  if (known.size < TOPIC_LINES_KEPT) known.set(key, embed);
  return { entry, embed };
}

function buildLine(entry: DigestEntry): Line {
  return { entry, text: buildPaperLine(entry.paper, entry.topics) };
}
