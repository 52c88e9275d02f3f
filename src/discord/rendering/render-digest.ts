import type { PlannedStep } from '../../delivery/delivery.ts';
import type { Digest, DigestEntry } from '../../digest/digest.ts';
import type { Destination } from '../../subscriptions/destination.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../texts/texts.ts';
import {
  buildHeading,
  buildLinkStep,
  buildMessageStep,
  buildThreadName,
  newestDay,
} from './digest-message.ts';
import { type Card, type EmbedJson, type EmbedPage, type Line, packEmbeds } from './pack-embeds.ts';
import { buildPaperEmbed, buildPaperLine } from './paper-card.ts';
import { rememberByPaper } from './remember-by-paper.ts';

type Layout = Destination['style'] | 'posts';

/**
 * The messages or posts of a digest, each within Discord's limits. Every paper is in exactly one step, except those over
 * `max` where they are to be hidden.
 */
export function renderDigest(
  digest: Digest,
  texts: Texts = textsFor(DEFAULT_LOCALE),
): readonly PlannedStep[] {
  const { id, destination, entries } = digest;
  const shown = destination.overflow === 'hide' ? entries.slice(0, destination.max) : entries;
  const layout = layoutOf(destination);
  const cards =
    layout === 'compact' ? [] : shown.slice(0, destination.max).map((entry) => buildCard(entry, texts));
  const lines = shown.slice(cards.length).map((entry) => buildLine(entry, texts));
  const parts: DigestParts = { deliveryId: id, texts, heading: buildHeading(shown, texts), cards, lines };
  if (layout === 'posts') return renderForumPosts(parts);
  return layout === 'threads' ? renderThreads(parts) : renderMessages(parts);
}

/** One paper as a message or post of its own, for when Discord refuses a message that shows several. */
interface LonePaper {
  readonly deliveryId: string;
  /** A number that no step of the delivery has had. */
  readonly n: number;
  /** Of the step that was refused. */
  readonly kind: PlannedStep['kind'];
  readonly style: Destination['style'];
  /** Its id where the archive has it no more. */
  readonly paper: DigestEntry | string;
}

export function renderAlone(
  { deliveryId, n, kind, style, paper }: LonePaper,
  texts: Texts = textsFor(DEFAULT_LOCALE),
): PlannedStep {
  const isPost = kind === 'forum-post';
  if (typeof paper === 'string') {
    const message = buildLinkStep({ deliveryId, n, texts }, paper);
    return isPost ? asPost(message, { name: paper, labels: [] }) : message;
  }
  const isLine = style === 'compact' && !isPost;
  const [page] = isLine
    ? packEmbeds([], [buildLine(paper, texts)])
    : packEmbeds([buildCard(paper, texts)], []);
  const message = buildMessageStep({
    deliveryId,
    texts,
    n,
    page: page ?? { embeds: [], entries: [paper] },
  });
  return isPost ? asPost(message, buildPostTitle(paper)) : message;
}

/** A forum has nothing but posts; threads need a channel of a server around them. */
function layoutOf({ place, style }: Destination): Layout {
  const kind = place.kind === 'channel' ? place.channelKind : 'dm';
  if (kind === 'forum') return 'posts';
  const hasThreads = kind === 'text' || kind === 'announcement';
  return style === 'threads' && !hasThreads ? 'cards' : style;
}

function renderMessages({ deliveryId, texts, heading, cards, lines }: DigestParts): readonly PlannedStep[] {
  const pages: readonly EmbedPage[] = packEmbeds(cards, lines);
  return pages.map((page, n) =>
    buildMessageStep({ deliveryId, texts, n, page, heading: n === 0 ? heading : undefined }),
  );
}

const buildEmbed = rememberByPaper((paper, texts, topics = []) => {
  const embed: EmbedJson = JSON.parse(JSON.stringify(buildPaperEmbed(paper, texts, { topics })));
  return embed;
});
const buildLineText = rememberByPaper(buildPaperLine);

function buildCard(entry: DigestEntry, texts: Texts): Card {
  return { entry, embed: buildEmbed(entry.paper, texts, entry.topics) };
}

function buildLine(entry: DigestEntry, texts: Texts): Line {
  return { entry, text: buildLineText(entry.paper, texts, entry.topics) };
}

interface DigestParts {
  /** The id of the delivery. */
  readonly deliveryId: string;
  readonly texts: Texts;
  readonly heading: string;
  readonly cards: readonly Card[];
  /** The papers over `max`. */
  readonly lines: readonly Line[];
}

/** The name of a forum post, and what its tags may fit. */
interface PostTitle {
  readonly name: string;
  readonly labels: readonly string[];
}

/** A message for each card, with a thread made from it; then the lines, together. */
function renderThreads({ deliveryId, texts, heading, cards, lines }: DigestParts): readonly PlannedStep[] {
  const steps: PlannedStep[] = [];
  const addMessage = (page: EmbedPage): number => {
    const n = steps.length;
    steps.push(buildMessageStep({ deliveryId, texts, n, page, heading: n === 0 ? heading : undefined }));
    return n;
  };
  for (const { entry, embed } of cards) {
    const threadOf = addMessage({ embeds: [embed], entries: [entry] });
    const payload = { name: buildThreadName(entry) };
    steps.push({ n: steps.length, kind: 'thread', threadOf, papers: [], payload });
  }
  for (const page of packEmbeds([], lines)) addMessage(page);
  return steps;
}

/** A post for each card; then one for the lines. */
function renderForumPosts({ deliveryId, texts, heading, cards, lines }: DigestParts): readonly PlannedStep[] {
  const posts = cards.map(({ entry, embed }) => ({
    title: buildPostTitle(entry),
    page: { embeds: [embed], entries: [entry] },
  }));
  const list = packEmbeds([], lines).map((page) => ({
    title: { name: texts.papers.morePapers(newestDay(page.entries), page.entries.length), labels: [] },
    page,
  }));
  return [...posts, ...list].map(({ title, page }, n) =>
    asPost(buildMessageStep({ deliveryId, texts, n, page, heading: n === 0 ? heading : undefined }), title),
  );
}

function buildPostTitle(entry: DigestEntry): PostTitle {
  return { name: buildThreadName(entry), labels: [...entry.topics, ...entry.paper.keywords] };
}

/** A forum post that begins with a message. */
function asPost(message: PlannedStep, { name, labels }: PostTitle): PlannedStep {
  const { payload = null } = message;
  return { ...message, kind: 'forum-post', payload: { name, labels, message: payload } };
}
