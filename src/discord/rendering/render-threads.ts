import type { PlannedStep } from '../../digest/delivery.ts';
import type { Digest, DigestEntry } from '../../digest/digest.ts';
import { buildMessageStep, buildThreadName, newestDay } from './digest-message.ts';
import type { Texts } from '../texts/texts.ts';
import { type Card, type Line, packEmbeds } from './pack-embeds.ts';

export interface DigestParts {
  readonly digest: Digest;
  readonly texts: Texts;
  readonly shown: readonly DigestEntry[];
  readonly cards: readonly Card[];
  /** The papers over `max`. */
  readonly lines: readonly Line[];
}

/** A message for each card, with a thread made from it; then the lines, together. */
export function renderThreads({ digest, texts, shown, cards, lines }: DigestParts): readonly PlannedStep[] {
  const steps: PlannedStep[] = [];
  for (const { entry, embed } of cards) {
    const index = steps.length;
    const page = { embeds: [embed], entries: [entry] };
    const payload = { name: buildThreadName(entry), of: index };
    steps.push(buildMessageStep({ digest, texts, shown, page, index }), {
      kind: 'thread-from-message',
      payload,
      paperIds: [],
    });
  }
  for (const page of packEmbeds([], lines)) {
    steps.push(buildMessageStep({ digest, texts, shown, page, index: steps.length }));
  }
  return steps;
}

/** A post for each card; then one for the lines. */
export function renderForumPosts({
  digest,
  texts,
  shown,
  cards,
  lines,
}: DigestParts): readonly PlannedStep[] {
  const posts = cards.map(({ entry, embed }) => ({
    name: buildThreadName(entry),
    labels: [...entry.topics, ...entry.paper.keywords],
    page: { embeds: [embed], entries: [entry] },
  }));
  const rest = packEmbeds([], lines).map((page) => ({
    name: texts.papers.morePapers(newestDay(page.entries), page.entries.length),
    labels: [],
    page,
  }));
  return [...posts, ...rest].map(({ name, labels, page }, index) => {
    const { payload, ...step } = buildMessageStep({ digest, texts, shown, page, index });
    return { ...step, kind: 'forum-post', payload: { name, labels, message: payload } };
  });
}
