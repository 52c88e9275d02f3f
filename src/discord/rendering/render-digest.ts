import type { PlannedStep } from '../../digest/delivery.ts';
import type { Digest, DigestEntry } from '../../digest/digest.ts';
import type { Destination } from '../../subscriptions/destination.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../texts/texts.ts';
import { buildMessageStep } from './digest-message.ts';
import { type Card, type EmbedJson, type EmbedPage, type Line, packEmbeds } from './pack-embeds.ts';
import { buildPaperEmbed } from './paper-card.ts';
import { buildPaperLine } from './paper-line.ts';
import { rememberByPaper } from './remember-by-paper.ts';
import { type DigestParts, renderForumPosts, renderThreads } from './render-threads.ts';

type Layout = Destination['style'] | 'posts';

/** The messages or posts of a digest, each within Discord's limits. */
export function renderDigest(
  digest: Digest,
  texts: Texts = textsFor(DEFAULT_LOCALE),
): readonly PlannedStep[] {
  const { destination, entries } = digest;
  const shown = destination.rest === 'hide' ? entries.slice(0, destination.max) : entries;
  const layout = layoutOf(destination);
  const cards =
    layout === 'compact' ? [] : shown.slice(0, destination.max).map((entry) => buildCard(entry, texts));
  const lines = shown.slice(cards.length).map((entry) => buildLine(entry, texts));
  const parts: DigestParts = { digest, texts, shown, cards, lines };
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

function renderMessages({ digest, texts, shown, cards, lines }: DigestParts): readonly PlannedStep[] {
  const pages: readonly EmbedPage[] = packEmbeds(cards, lines);
  return pages.map((page, index) => buildMessageStep({ digest, texts, shown, page, index }));
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
