import { describe, expect, it } from 'vitest';
import { layOutDigest } from '../../../../src/discord/digests/lay-out-digest.ts';
import { renderAgain, renderStep } from '../../../../src/discord/digests/render-step.ts';
import type { ArchivedPaper } from '../../../../src/papers/paper.ts';
import { buildDestination } from '../../../support/build-destination.ts';
import { buildPaper } from '../../../support/build-paper.ts';

const PAPERS = ['2606.00001', '2606.00002'].map((id) => ({
  ...buildPaper({ id, title: `Title of ${id}` }),
  listDay: '2026-06-09',
  firstSeenAt: 0,
}));

function layOut() {
  const entries = PAPERS.map((paper) => ({ paper, topics: [] }));
  const [step] = layOutDigest({ id: 'abc1', destination: buildDestination(), entries });
  if (step?.view === undefined) throw new Error('There is no step.');
  return { ...step, view: step.view };
}

const findIn = (papers: readonly ArchivedPaper[]) => (id: string) => papers.find((paper) => paper.id === id);

describe('a step, when it is sent', () => {
  it('shows its papers as the archive has them now', () => {
    const popular = PAPERS.map((paper) => ({ ...paper, upvotes: 77 }));

    expect(JSON.stringify(renderStep(layOut(), findIn(popular)))).toContain('77');
  });

  it('shows the link of a paper that is lost, beside those that are not', () => {
    const shown = JSON.stringify(renderStep(layOut(), findIn(PAPERS.slice(1))));

    expect(shown).toContain('[2606.00001](https://huggingface.co/papers/2606.00001)');
    expect(shown).toContain('[Title of 2606.00002]');
  });

  it.each([
    ['whose papers are all lost', layOut(), []],
    ['whose view cannot be read', { ...layOut(), view: { kind: 'new' } }, PAPERS],
  ])('cannot be made of a view %s', (_, step, papers) => {
    expect(renderStep(step, findIn(papers))).toBeUndefined();
  });
});

describe('a posted message, when it is looked at again', () => {
  it('is the same as long as nothing that it shows has changed', () => {
    const step = layOut();
    const before = renderStep(step, findIn(PAPERS))?.shown;

    expect(renderAgain(step.view, findIn(PAPERS.map((paper) => ({ ...paper, firstSeenAt: 5 }))))?.shown).toBe(
      before,
    );
    expect(
      renderAgain(step.view, findIn(PAPERS.map((paper) => ({ ...paper, comments: 9 }))))?.shown,
    ).not.toBe(before);
  });

  it('is not made poorer where a paper is lost', () => {
    expect(renderAgain(layOut().view, findIn(PAPERS.slice(1)))).toBeUndefined();
  });
});
