import type { PlannedStep, Step } from '../../delivery/delivery.ts';
import type { Digest, DigestEntry } from '../../digest/choose.ts';
import type { Destination } from '../../subscriptions/destination.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../texts/texts.ts';
import { type PackedPaper, packMessages } from './pack-messages.ts';
import { measureForms } from './paper-forms.ts';
import { layOutNotice } from './render-notice.ts';
import { type DigestView, StepView } from './schema.ts';

/**
 * The messages or posts of a digest, each within Discord's limits, in the order of sending. Every paper is in exactly
 * one step, except those over `max` where they are to be hidden.
 */
export function layOutDigest(
  digest: Digest,
  texts: Texts = textsFor(DEFAULT_LOCALE),
): readonly PlannedStep[] {
  const { destination, entries } = digest;
  const shown = destination.overflow === 'hide' ? entries.slice(0, destination.max) : entries;
  const cards = destination.style === 'compact' && !isForum(destination) ? 0 : destination.max;
  const look = destination.style === 'embeds' ? 'embeds' : 'layout';
  const papers = shown.map((entry, index): PackedPaper => {
    const form = index < cards ? 'card' : 'line';
    return { entry, form, ...measureForms(entry, { look, form }, texts) };
  });
  const parts: DigestParts = { deliveryId: digest.id, look, papers };
  if (isForum(destination)) return layOutForumPosts(parts);
  return hasThreads(destination) ? layOutThreads(parts) : layOutMessages(parts);
}

/**
 * Each paper of a step that Discord refused, or each of its news, as a step of its own; in a forum the best comes last,
 * as the latest post stands on top.
 */
export function layOutAlone(step: Step, numbers: readonly number[]): readonly PlannedStep[] {
  const { data: view } = StepView.safeParse(step.view);
  if (view?.kind === 'notice') {
    return view.events.map((event, index) =>
      layOutNotice({ ...view, n: numbers[index] ?? step.n, events: [event] }),
    );
  }
  if (view?.kind !== 'digest') return [];
  const { deliveryId, look, cards, papers } = view;
  const ordered = step.kind === 'forum-post' ? papers.toReversed() : papers;
  return ordered.map((paper, index) => {
    const n = numbers[index] ?? step.n;
    return asStep(step.kind, {
      kind: 'digest',
      deliveryId,
      n,
      look,
      cards: step.kind === 'forum-post' ? 1 : Math.min(cards, 1),
      papers: [paper],
    });
  });
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
  readonly look: DigestView['look'];
  /** Best first. */
  readonly papers: readonly PackedPaper[];
}

/** Cards, then the list, in as few messages as they fit. */
function layOutMessages(parts: DigestParts): readonly PlannedStep[] {
  let firstNumber = 1;
  return packMessages(parts.papers, parts.look).map((page, n) => {
    const view = buildView(parts, { n, page, firstNumber });
    firstNumber += page.length;
    return asStep('message', view);
  });
}

/** A message for each card, with a thread made from it; then the lines, together. */
function layOutThreads(parts: DigestParts): readonly PlannedStep[] {
  const steps: PlannedStep[] = [];
  let firstNumber = 1;
  for (const page of pagesOfOne(parts)) {
    const n = steps.length;
    const [first] = page;
    steps.push(asStep('message', buildView(parts, { n, page, firstNumber })));
    firstNumber += page.length;
    if (first?.form !== 'card') continue;
    const view: StepView = { kind: 'thread', paperId: first.entry.paper.id };
    steps.push({ n: n + 1, kind: 'thread', form: 'plain', threadOf: n, papers: [], view });
  }
  return steps;
}

/** The lines, then a post for each card, the best last: the latest post stands on top of a forum. */
function layOutForumPosts(parts: DigestParts): readonly PlannedStep[] {
  let firstNumber = parts.papers.length + 1;
  return pagesOfOne(parts)
    .toReversed()
    .map((page, n) => {
      firstNumber -= page.length;
      const isCard = page[0]?.form === 'card';
      return asStep('forum-post', buildView(parts, { n, page, ...(isCard ? {} : { firstNumber }) }));
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

function buildView(
  { deliveryId, look, papers }: DigestParts,
  { n, page, firstNumber }: StepPage,
): DigestView {
  const isFirst = firstNumber === 1;
  const isNumbered = firstNumber !== undefined && papers.length > 1;
  return {
    kind: 'digest',
    deliveryId,
    n,
    look,
    ...(isFirst ? { heading: buildHeading(papers.map(({ entry }) => entry)) } : {}),
    ...(isNumbered ? { firstNumber } : {}),
    cards: page.filter(({ form }) => form === 'card').length,
    papers: page.map(({ entry }) => ({ id: entry.paper.id, topics: [...entry.topics] })),
  };
}

function asStep(kind: PlannedStep['kind'], view: DigestView): PlannedStep {
  return { n: view.n, kind, form: 'rich', papers: view.papers.map(({ id }) => id), view };
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
