import { describe, expect, it } from 'vitest';
import { readPapers } from '../../../../playground/discord/messages/read-papers.ts';
import { renderDigest } from '../../../support/render-digest.ts';
import { renderDigestMessage } from '../../../../src/discord/digests/digest-message.ts';
import { DigestView } from '../../../../src/discord/digests/schema.ts';
import { DEFAULT_LOCALE, textsFor } from '../../../../src/discord/texts/texts.ts';
import type { Destination } from '../../../../src/subscriptions/destination.ts';
import { buildDestination } from '../../../support/build-destination.ts';
import { expectSendable, messageOfStep } from '../../../support/check-step.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../../../support/recorded-papers.ts';

const TEXTS = textsFor(DEFAULT_LOCALE);
const FORUM = { kind: 'channel', channelId: '1', guildId: '1', channelKind: 'forum' } as const;
const LOOKS: readonly Partial<Destination>[] = [
  { style: 'cards', max: 8 },
  { style: 'cards', max: 25 },
  { style: 'compact' },
  { style: 'embeds', max: 8 },
  { style: 'threads', max: 8 },
  { place: FORUM, max: 8 },
];
/** Of each of what a paper may come to have. */
const MORE = { count: 123, names: [] };
const LINKS = { models: MORE, datasets: MORE, spaces: MORE };

/** The 60 newest list days that were recorded, each with its papers, best first. */
function readDays() {
  const days = Map.groupBy(readRecordedPapers('2026-01-01'), ({ listDay = '' }) => listDay);
  const newest = [...days].toSorted(([a], [b]) => (a < b ? 1 : -1)).slice(0, 60);
  return newest.map(([listDay, papers]) =>
    papers
      .toSorted((a, b) => b.upvotes - a.upvotes)
      .map((paper, at) => ({
        paper: { ...paper, listDay, firstSeenAt: 0 },
        topics: at % 2 ? [] : ['Agents'],
      })),
  );
}

describe.skipIf(!HAS_RECORDED_PAPERS)('digests of the 60 newest recorded days', () => {
  it.each(LOOKS)('keep all limits and show each paper once: %j', { timeout: 180_000 }, (look) => {
    const days = readDays();
    expect(days).toHaveLength(60);

    for (const entries of days) {
      const steps = renderDigest({ id: 'abcdefgh12345678', destination: buildDestination(look), entries });
      const messages = steps.filter(({ kind }) => kind !== 'thread');
      messages.forEach(expectSendable);
      const shown = messages.flatMap((step) => readPapers(messageOfStep(step)).map(({ id }) => id));
      expect(shown.toSorted()).toEqual(entries.map(({ paper }) => paper.id).toSorted());
    }
  });

  it.each(LOOKS)(
    'also when three days later each paper has more to tell: %j',
    { timeout: 180_000 },
    (look) => {
      for (const entries of readDays().slice(0, 20)) {
        const steps = renderDigest({ id: 'abcdefgh12345678', destination: buildDestination(look), entries });
        const grown = new Map(
          entries.map(({ paper }) => [
            paper.id,
            { ...paper, upvotes: paper.upvotes * 2 + 100, comments: paper.comments + 100, links: LINKS },
          ]),
        );
        for (const { view, ...step } of steps.filter(({ kind }) => kind === 'message')) {
          const payload = renderDigestMessage(DigestView.parse(view), (id) => grown.get(id), TEXTS);
          expectSendable({ ...step, payload });
          expect(readPapers(messageOfStep({ ...step, payload })).map(({ id }) => id)).toEqual(step.papers);
        }
      }
    },
  );
});
