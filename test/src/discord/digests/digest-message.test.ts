import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPapers, textsOf } from '../../../../playground/discord/messages/read-papers.ts';
import { renderDigestMessage, renderPlainMessage } from '../../../../src/discord/digests/digest-message.ts';
import { renderDigest } from '../../../support/render-digest.ts';
import { DigestView } from '../../../../src/discord/digests/schema.ts';
import { DEFAULT_LOCALE, textsFor } from '../../../../src/discord/texts/texts.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import type { DigestStyle } from '../../../../src/subscriptions/destination.ts';
import { buildDestination } from '../../../support/build-destination.ts';
import { buildPaper } from '../../../support/build-paper.ts';
import { expectSendable, messageOfStep } from '../../../support/check-step.ts';

const TEXTS = textsFor(DEFAULT_LOCALE);

function planSteps(papers: readonly Paper[], about: { readonly style?: DigestStyle; readonly max?: number }) {
  const entries = papers.map((paper) => ({
    paper: { ...paper, listDay: '2026-06-09', firstSeenAt: 0 },
    topics: ['Agents'],
  }));
  return renderDigest({ id: 'abc1', destination: buildDestination(about), entries });
}

const buildPapers = (count: number, about: (at: number) => Partial<Paper> = () => ({})) =>
  Array.from({ length: count }, (_, at) => buildPaper({ id: `2606.${String(at + 10_000)}`, ...about(at) }));

const finderOf = (papers: readonly Paper[]) => (id: string) => papers.find((paper) => paper.id === id);

it.each(['cards', 'compact', 'embeds', 'threads'] as const)(
  'a message of style %s is made from its view as it was planned, also after a while in the ledger',
  (style) => {
    const papers = buildPapers(30, (at) => ({ upvotes: 40 - at }));

    const messages = planSteps(papers, { style, max: 5 }).filter(({ kind }) => kind === 'message');

    for (const { view, payload, plain } of messages) {
      const kept = DigestView.parse(JSON.parse(JSON.stringify(view)));
      expect(renderDigestMessage(kept, finderOf(papers), TEXTS)).toEqual(payload);
      expect(renderPlainMessage(kept, finderOf(papers), TEXTS)).toEqual(plain);
    }
  },
);

it('a title cannot end the link around it, in a plain message of many papers either', () => {
  const papers = buildPapers(25, (at) => ({ title: `[${at}](https://x.example) ${'word '.repeat(30)}` }));
  const [step] = planSteps(papers, { style: 'compact' });

  const plain = renderPlainMessage(DigestView.parse(step?.view), finderOf(papers), TEXTS);

  const lines = textsOf(messageOfStep({ kind: 'message', payload: plain, plain }))
    .join('\n')
    .split('\n')
    .slice(1);
  expect(lines.length).toBeGreaterThan(15);
  for (const line of lines)
    expect(line).toMatch(/^\[[^[\]]+\]\(https:\/\/huggingface\.co\/papers\/[\d.]+\)$/);
});

it('a message tells what has changed since it was planned, in the same order', () => {
  const papers = buildPapers(3, (at) => ({ upvotes: 3 - at }));
  const [step] = planSteps(papers, { max: 2 });
  const later = papers.map((paper, at) => ({ ...paper, upvotes: 10 * at + 5 }));

  const payload = renderDigestMessage(DigestView.parse(step?.view), finderOf(later), TEXTS);

  const shown = readPapers(messageOfStep({ kind: 'message', payload, plain: null }));
  expect(shown.map(({ id, upvotes, number }) => [id, upvotes, number])).toEqual([
    ['2606.10000', 5, 1],
    ['2606.10001', 15, 2],
    ['2606.10002', 25, 3],
  ]);
});

it('a paper that the archive has no more is its link', () => {
  const [step] = planSteps(buildPapers(2), { max: 1 });

  const payload = renderDigestMessage(DigestView.parse(step?.view), () => undefined, TEXTS);

  const lost = { kind: 'message', payload, plain: payload } as const;
  expectSendable(lost);
  expect(textsOf(messageOfStep(lost)).slice(1)).toEqual([
    '**1. [2606.10000](https://huggingface.co/papers/2606.10000)**',
    '**2.** [2606.10001](https://huggingface.co/papers/2606.10001)',
  ]);
});

it.each([
  ['cards', 8],
  ['compact', 8],
  ['embeds', 1],
] as const)(
  'says less of each paper of a full message of style %s that must tell much more',
  (style, max) => {
    const papers = buildPapers(25, () => ({
      title: 'A title of a paper on a day like this, about as long as they are',
      summary: 'What the paper does is said in about two hundred characters. '.repeat(4),
      organization: { slug: 'lab', name: 'An organization with quite a long name' },
    }));
    const code = { url: `https://github.com/${'a'.repeat(170)}`, stars: 999_999 };
    const grown = papers.map((paper) => ({ ...paper, upvotes: 99_999, comments: 9_999, code }));

    for (const step of planSteps(papers, { style, max })) {
      const payload = renderDigestMessage(DigestView.parse(step.view), finderOf(grown), TEXTS);

      expectSendable({ ...step, payload });
      const shown = readPapers(messageOfStep({ ...step, payload }));
      expect(shown.map(({ id }) => id)).toEqual(step.papers);
      expect(shown.every(({ upvotes }) => upvotes === 99_999)).toBe(true);
    }
  },
);

const text = fc.oneof(
  fc.constantFrom('多模态推理', '*_~`|<>[]()', '@everyone ', 'word ', '# ', 'ä', '🙂'),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
);
const long = (most: number) => fc.array(text, { maxLength: most }).map((parts) => parts.join(''));
const changing = fc.record({
  upvotes: fc.nat(99_999),
  comments: fc.nat(9_999),
  code: fc.record({ url: fc.webUrl(), stars: fc.nat(999_999) }),
});
const paperAt = (at: number) =>
  fc
    .record({ title: long(40), abstract: long(60), summary: long(60), authors: fc.array(long(8)) })
    .map((about) => buildPaper({ id: `2606.${at + 10_000}`, ...about }));

it(
  'stays within all limits, whatever its papers are called, and however they grow',
  { timeout: 60_000 },
  () => {
    fc.assert(
      fc.property(
        fc
          .integer({ min: 1, max: 40 })
          .chain((count) => fc.tuple(...buildPapers(count).map((_, at) => paperAt(at)))),
        fc.constantFrom('cards', 'compact', 'embeds'),
        fc.integer({ min: 1, max: 25 }),
        changing,
        (papers, style, max, change) => {
          const grown = papers.map((paper) => ({ ...paper, ...change }));
          for (const step of planSteps(papers, { style, max })) {
            expectSendable(step);
            const view = DigestView.parse(step.view);
            const payload = renderDigestMessage(view, finderOf(grown), TEXTS);
            expectSendable({ ...step, payload, plain: renderPlainMessage(view, finderOf(grown), TEXTS) });
          }
        },
      ),
      { numRuns: 60 },
    );
  },
);
