import type { PlannedStep } from '../../delivery/delivery.ts';
import type { Digest, DigestEntry } from '../../digest/digest.ts';
import type { Destination } from '../../subscriptions/destination.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../texts/texts.ts';
import { renderDigestMessage, renderPlainMessage } from './digest-message.ts';
import { cutWithin, oneLine } from '../rendering/escape-markdown.ts';
import { type PackedPaper, packMessages } from './pack-messages.ts';
import { measureForms } from './paper-forms.ts';
import type { DigestView } from './schema.ts';

type Look = DigestView['look'];
type Paper = DigestEntry['paper'];

const NAME_LENGTH = 100;

/**
 * The messages or posts of a digest, each within Discord's limits, in the order of sending. Every paper is in exactly
 * one step, except those over `max` where they are to be hidden.
 */
export function renderDigest(
  digest: Digest,
  texts: Texts = textsFor(DEFAULT_LOCALE),
): readonly PlannedStep[] {
  const { destination, entries } = digest;
  const shown = destination.overflow === 'hide' ? entries.slice(0, destination.max) : entries;
  const cards = destination.style === 'compact' && !isForum(destination) ? 0 : destination.max;
  const look = lookOf(destination.style);
  const papers = shown.map((entry, index): PackedPaper => {
    const form = index < cards ? 'card' : 'line';
    return { entry, form, ...measureForms(entry, { look, form }, texts) };
  });
  const parts: DigestParts = { deliveryId: digest.id, look, texts, papers };
  if (isForum(destination)) return renderForumPosts(parts);
  return hasThreads(destination) ? renderThreads(parts) : renderMessages(parts);
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
  const entry = typeof paper === 'string' ? undefined : paper;
  const id = typeof paper === 'string' ? paper : paper.paper.id;
  const view: DigestView = {
    deliveryId,
    n,
    look: lookOf(style),
    cards: style === 'compact' && !isPost ? 0 : 1,
    papers: [{ id, topics: [...(entry?.topics ?? [])] }],
  };
  const message = buildMessageStep(view, entry === undefined ? [] : [entry.paper], texts);
  const title = entry === undefined ? { name: id, labels: [] } : buildPostTitle(entry);
  return isPost ? asPost(message, title) : message;
}

function lookOf(style: Destination['style']): Look {
  return style === 'embeds' ? 'embeds' : 'layout';
}

/** It has nothing but posts. */
function isForum({ place }: Destination): boolean {
  return place.kind === 'channel' && place.channelKind === 'forum';
}

/** They need a channel of a server around them. */
function hasThreads({ place, style }: Destination): boolean {
  const kind = place.kind === 'channel' ? place.channelKind : 'dm';
  return style === 'threads' && (kind === 'text' || kind === 'announcement');
}

interface DigestParts {
  /** The id of the delivery. */
  readonly deliveryId: string;
  readonly look: Look;
  readonly texts: Texts;
  /** Best first. */
  readonly papers: readonly PackedPaper[];
}

/** Cards, then the list, in as few messages as they fit. */
function renderMessages(parts: DigestParts): readonly PlannedStep[] {
  let firstNumber = 1;
  return packMessages(parts.papers, parts.look).map((page, n) => {
    const step = buildStep(parts, { n, page, firstNumber });
    firstNumber += page.length;
    return step;
  });
}

/** A message for each card, with a thread made from it; then the lines, together. */
function renderThreads(parts: DigestParts): readonly PlannedStep[] {
  const steps: PlannedStep[] = [];
  let firstNumber = 1;
  for (const page of pagesOfOne(parts)) {
    const n = steps.length;
    const [first] = page;
    steps.push(buildStep(parts, { n, page, firstNumber }));
    firstNumber += page.length;
    if (first?.form !== 'card') continue;
    const payload = { name: buildThreadName(first.entry) };
    steps.push({ n: n + 1, kind: 'thread', threadOf: n, papers: [], payload });
  }
  return steps;
}

/** The lines, then a post for each card, the best last: the latest post stands on top of a forum. */
function renderForumPosts(parts: DigestParts): readonly PlannedStep[] {
  const { papers, texts } = parts;
  let firstNumber = papers.length + 1;
  return pagesOfOne(parts)
    .toReversed()
    .map((page, n) => {
      firstNumber -= page.length;
      const [first] = page;
      const isCard = first?.form === 'card';
      const step = buildStep(parts, { n, page, ...(isCard ? {} : { firstNumber }) });
      const entries = page.map(({ entry }) => entry);
      return asPost(
        step,
        isCard
          ? buildPostTitle(first.entry)
          : { name: texts.papers.morePapers(newestDay(entries), entries.length), labels: [] },
      );
    });
}

/** Each card by itself. */
function pagesOfOne({ papers, look }: DigestParts): readonly (readonly PackedPaper[])[] {
  const cards = papers.filter(({ form }) => form === 'card');
  const lines = papers.filter(({ form }) => form === 'line');
  return [...cards.map((card) => [card]), ...packMessages(lines, look)];
}

interface StepPage {
  readonly n: number;
  readonly page: readonly PackedPaper[];
  readonly firstNumber?: number;
}

function buildStep(
  { deliveryId, look, texts, papers }: DigestParts,
  { n, page, firstNumber }: StepPage,
): PlannedStep {
  const isFirst = firstNumber === 1;
  const isNumbered = firstNumber !== undefined && papers.length > 1;
  const view: DigestView = {
    deliveryId,
    n,
    look,
    ...(isFirst ? { heading: buildHeading(papers.map(({ entry }) => entry)) } : {}),
    ...(isNumbered ? { firstNumber } : {}),
    cards: page.filter(({ form }) => form === 'card').length,
    papers: page.map(({ entry }) => ({ id: entry.paper.id, topics: [...entry.topics] })),
  };
  return buildMessageStep(
    view,
    page.map(({ entry }) => entry.paper),
    texts,
  );
}

function buildMessageStep(view: DigestView, papers: readonly Paper[], texts: Texts): PlannedStep {
  const find = (id: string) => papers.find((paper) => paper.id === id);
  return {
    n: view.n,
    kind: 'message',
    papers: view.papers.map(({ id }) => id),
    view,
    payload: renderDigestMessage(view, find, texts),
    plain: renderPlainMessage(view, find, texts),
  };
}

function buildHeading(entries: readonly DigestEntry[]): NonNullable<DigestView['heading']> {
  const day = newestDay(entries);
  const earlier = entries.map(({ paper }) => paper.listDay).filter((one) => one !== day);
  const [earlierDay] = earlier;
  const isOneDay = earlier.every((one) => one === earlierDay);
  return {
    day,
    papers: entries.length,
    earlier: earlier.length,
    ...(earlierDay !== undefined && isOneDay ? { earlierDay } : {}),
  };
}

function newestDay(entries: readonly DigestEntry[]): string {
  return entries.reduce((latest, { paper }) => (paper.listDay > latest ? paper.listDay : latest), '');
}

/** The name of a thread or post about one paper. */
function buildThreadName({ paper }: DigestEntry): string {
  return cutWithin(oneLine(paper.title), NAME_LENGTH) || paper.id;
}

/** The name of a forum post, and what its tags may fit. */
interface PostTitle {
  readonly name: string;
  readonly labels: readonly string[];
}

function buildPostTitle(entry: DigestEntry): PostTitle {
  return { name: buildThreadName(entry), labels: [...entry.topics, ...entry.paper.keywords] };
}

/** A forum post that begins with a message. */
function asPost(message: PlannedStep, { name, labels }: PostTitle): PlannedStep {
  const { payload = null } = message;
  return { ...message, kind: 'forum-post', payload: { name, labels, message: payload } };
}
