import type { PlannedStep } from '../../delivery/delivery.ts';
import type { DigestEntry } from '../../digest/digest.ts';
import type { Texts } from '../texts/texts.ts';
import { buildMessageStep, buildThreadName, newestDay } from './digest-message.ts';
import { type Card, type EmbedPage, type Line, packEmbeds } from './pack-embeds.ts';

export interface DigestParts {
  /** The id of the delivery. */
  readonly deliveryId: string;
  readonly texts: Texts;
  readonly heading: string;
  readonly cards: readonly Card[];
  /** The papers over `max`. */
  readonly lines: readonly Line[];
}

/** The name of a forum post, and what its tags may fit. */
export interface PostTitle {
  readonly name: string;
  readonly labels: readonly string[];
}

/** A message for each card, with a thread made from it; then the lines, together. */
export function renderThreads({
  deliveryId,
  texts,
  heading,
  cards,
  lines,
}: DigestParts): readonly PlannedStep[] {
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
export function renderForumPosts({
  deliveryId,
  texts,
  heading,
  cards,
  lines,
}: DigestParts): readonly PlannedStep[] {
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

export function buildPostTitle(entry: DigestEntry): PostTitle {
  return { name: buildThreadName(entry), labels: [...entry.topics, ...entry.paper.keywords] };
}

/** A forum post that begins with a message. */
export function asPost(message: PlannedStep, { name, labels }: PostTitle): PlannedStep {
  const { payload = null } = message;
  return { ...message, kind: 'forum-post', payload: { name, labels, message: payload } };
}
