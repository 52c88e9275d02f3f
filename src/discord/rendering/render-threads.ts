import type { PlannedStep } from '../../digest/delivery.ts';
import type { Digest, DigestEntry } from '../../digest/digest.ts';
import { buildMessageStep, buildThreadName, newestDay } from './digest-message.ts';
import { DIGEST_TEXTS } from '../texts/digest-texts.ts';
import { type Card, type Line, packEmbeds } from './pack-embeds.ts';

export interface DigestParts {
  readonly digest: Digest;
  readonly shown: readonly DigestEntry[];
  readonly cards: readonly Card[];
  /** The papers over `max`. */
  readonly lines: readonly Line[];
}

/** A message for each card, with a thread made from it; then the lines, together. */
export function renderThreads({ digest, shown, cards, lines }: DigestParts): readonly PlannedStep[] {
  const steps: PlannedStep[] = [];
  for (const { entry, embed } of cards) {
    const index = steps.length;
    const page = { embeds: [embed], entries: [entry] };
    const payload = { name: buildThreadName(entry), of: index };
    steps.push(buildMessageStep({ digest, shown, page, index }), {
      kind: 'thread-from-message',
      payload,
      paperIds: [],
    });
  }
  for (const page of packEmbeds([], lines)) {
    steps.push(buildMessageStep({ digest, shown, page, index: steps.length }));
  }
  return steps;
}

/** A post for each card; then one for the lines. */
export function renderForumPosts({ digest, shown, cards, lines }: DigestParts): readonly PlannedStep[] {
  const posts = cards.map(({ entry, embed }) => ({
    name: buildThreadName(entry),
    labels: [...entry.topics, ...entry.paper.keywords],
    page: { embeds: [embed], entries: [entry] },
  }));
  const rest = packEmbeds([], lines).map((page) => ({
    name: DIGEST_TEXTS.morePapers(newestDay(page.entries), page.entries.length),
    labels: [],
    page,
  }));
  return [...posts, ...rest].map(({ name, labels, page }, index) => {
    const { payload, ...step } = buildMessageStep({ digest, shown, page, index });
    return { ...step, kind: 'forum-post', payload: { name, labels, message: payload } };
  });
}
