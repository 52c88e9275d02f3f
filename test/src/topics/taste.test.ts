import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildTaste,
  buildVector,
  decidingWords,
  judgeLikeness,
  weighBySaving,
} from '../../../src/topics/taste.ts';
import { buildPaper } from '../../support/build-paper.ts';

const rare = () => 0.01;

function exampleOf(title: string, weight = 1) {
  const paper = buildPaper({ id: title, title, abstract: '', authors: [`Author of ${title}`] });
  return { paper, vector: buildVector(paper, rare), weight };
}

function nearness(title: string, liked: readonly string[], avoided: readonly string[] = []): number {
  const taste = buildTaste(
    liked.map((one) => exampleOf(one)),
    avoided.map((one) => exampleOf(one)),
  );
  const { paper, vector } = exampleOf(title);
  return judgeLikeness(taste, { ...paper, authors: [] }, vector).text;
}

describe('a taste', () => {
  it('is nearer to what has more of its words', () => {
    expect(nearness('mamba graphs', ['mamba graphs'])).toBeGreaterThan(
      nearness('mamba trees', ['mamba graphs']),
    );
    expect(nearness('mamba trees', ['mamba graphs'])).toBeGreaterThan(
      nearness('protein folding', ['mamba graphs']),
    );
  });

  it('turns away from what was dismissed', () => {
    const liked = ['mamba graphs', 'protein folding'];

    expect(nearness('mamba graphs', liked, ['mamba trees'])).toBeLessThan(nearness('mamba graphs', liked));
    expect(nearness('protein folding', liked, ['mamba trees'])).toBeGreaterThanOrEqual(
      nearness('protein folding', liked) - 0.001,
    );
  });

  it('is nearer to papers of the authors and organizations that it knows', () => {
    const organization = { slug: 'lab', name: 'Lab' };
    const liked = exampleOf('mamba graphs');
    const taste = buildTaste([{ ...liked, paper: { ...liked.paper, organization } }], []);
    const { paper, vector } = exampleOf('protein folding');
    const judge = (about: object) => judgeLikeness(taste, { ...paper, ...about }, vector);

    const stranger = judge({});
    const colleague = judge({ organization });
    const author = judge({ authors: liked.paper.authors });

    expect(stranger.score).toBe(stranger.text);
    expect(colleague.score).toBeGreaterThan(stranger.score);
    expect(author.score).toBeGreaterThan(colleague.score);
    expect(author.text).toBe(stranger.text);
  });

  it('is told by the words that both have, the weightiest first', () => {
    const taste = buildTaste([exampleOf('mamba graphs'), exampleOf('mamba trees')], []);
    const telling = { most: 5, isTold: () => true };

    expect(decidingWords(taste, exampleOf('trees of mamba'), telling)).toEqual(['mamba', 'trees']);
  });

  it('of what was saved weighs the latest most, and no paper twice as much as the next', () => {
    const weights = weighBySaving(['c', 'b', 'a']).map(({ weight }) => weight);

    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(weights[0]).toBeLessThan(2 * (weights[1] ?? 0));
  });

  it('is a number for whatever a paper says, and for no words at all', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('', '\u0000', '🤗', 'constructor __proto__'),
    );
    const about = fc.record({ title: text, abstract: text, summary: text, keywords: fc.array(text) });

    fc.assert(
      fc.property(
        fc.array(about, { maxLength: 3 }),
        about,
        fc.option(fc.double({ min: 0.0001, max: 1, noNaN: true })),
        (liked, one, share) => {
          const shareOf = () => share ?? undefined;
          const read = (some: typeof one, id: string) => {
            const paper = buildPaper({ id, ...some });
            return { paper, vector: buildVector(paper, shareOf), weight: 1 };
          };
          const { paper, vector } = read(one, 'x');
          const taste = buildTaste(
            liked.map((some, at) => read(some, String(at))),
            [],
          );
          const { text: near, score } = judgeLikeness(taste, paper, vector);

          expect(Number.isFinite(near) && Number.isFinite(score)).toBe(true);
          expect(near).toBeLessThanOrEqual(1.0001);
        },
      ),
    );
  });
});
