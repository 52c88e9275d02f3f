import type { PlannedStep } from '../../delivery/delivery.ts';
import type { Digest, DigestEntry } from '../../digest/digest.ts';
import type { Destination } from '../../subscriptions/destination.ts';
import { buildHeading, buildLinkStep, buildMessageStep } from './digest-message.ts';
import { type Card, type EmbedJson, type EmbedPage, type Line, packEmbeds } from './pack-embeds.ts';
import { buildPaperEmbed } from './paper-card.ts';
import { buildPaperLine } from './paper-line.ts';
import { rememberByPaper } from './remember-by-paper.ts';
import {
  asPost,
  buildPostTitle,
  type DigestParts,
  renderForumPosts,
  renderThreads,
} from './render-threads.ts';

type Layout = Destination['style'] | 'posts';

/**
 * The messages or posts of a digest, each within Discord's limits. Every paper is in exactly one step, except those over
 * `max` where they are to be hidden.
 */
export function renderDigest(digest: Pick<Digest, 'id' | 'destination' | 'entries'>): {
  readonly steps: readonly PlannedStep[];
} {
  const { id, destination, entries } = digest;
  const shown = destination.overflow === 'hide' ? entries.slice(0, destination.max) : entries;
  const layout = layoutOf(destination);
  const cards = layout === 'compact' ? [] : shown.slice(0, destination.max).map(buildCard);
  const lines = shown.slice(cards.length).map(buildLine);
  const parts: DigestParts = { deliveryId: id, heading: buildHeading(shown), cards, lines };
  if (layout === 'posts') return { steps: renderForumPosts(parts) };
  return { steps: layout === 'threads' ? renderThreads(parts) : renderMessages(parts) };
}

/** One paper as a message or post of its own, for when Discord refuses a message that shows several. */
export interface LonePaper {
  readonly deliveryId: string;
  /** A number that no step of the delivery has had. */
  readonly n: number;
  /** Of the step that was refused. */
  readonly kind: PlannedStep['kind'];
  readonly style: Destination['style'];
  /** Its id where the archive has it no more. */
  readonly paper: DigestEntry | string;
}

export function renderAlone({ deliveryId, n, kind, style, paper }: LonePaper): PlannedStep {
  const isPost = kind === 'forum-post';
  if (typeof paper === 'string') {
    const message = buildLinkStep(deliveryId, n, paper);
    return isPost ? asPost(message, { name: paper, labels: [] }) : message;
  }
  const isLine = style === 'compact' && !isPost;
  const [page] = isLine ? packEmbeds([], [buildLine(paper)]) : packEmbeds([buildCard(paper)], []);
  const message = buildMessageStep({ deliveryId, n, page: page ?? { embeds: [], entries: [paper] } });
  return isPost ? asPost(message, buildPostTitle(paper)) : message;
}

/** A forum has nothing but posts; threads need a channel of a server around them. */
function layoutOf({ place, style }: Destination): Layout {
  const kind = place.kind === 'channel' ? place.channelKind : 'dm';
  if (kind === 'forum') return 'posts';
  const hasThreads = kind === 'text' || kind === 'announcement';
  return style === 'threads' && !hasThreads ? 'cards' : style;
}

function renderMessages({ deliveryId, heading, cards, lines }: DigestParts): readonly PlannedStep[] {
  const pages: readonly EmbedPage[] = packEmbeds(cards, lines);
  return pages.map((page, n) =>
    buildMessageStep({ deliveryId, n, page, heading: n === 0 ? heading : undefined }),
  );
}

const buildEmbed = rememberByPaper((paper, topics = []) => {
  const embed: EmbedJson = JSON.parse(JSON.stringify(buildPaperEmbed(paper, { topics })));
  return embed;
});
const buildLineText = rememberByPaper(buildPaperLine);

function buildCard(entry: DigestEntry): Card {
  return { entry, embed: buildEmbed(entry.paper, entry.topics) };
}

function buildLine(entry: DigestEntry): Line {
  return { entry, text: buildLineText(entry.paper, entry.topics) };
}
