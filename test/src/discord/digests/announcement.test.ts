import { expect, it } from 'vitest';
import type { DigestEntry } from '../../../../src/digest/choose.ts';
import { layOutAnnouncement } from '../../../../src/discord/digests/announcement.ts';
import { renderStep } from '../../../../src/discord/digests/render-step.ts';
import { buildDestination } from '../../../support/build-destination.ts';
import { buildPaper } from '../../../support/build-paper.ts';

function entries(...titles: readonly string[]): readonly DigestEntry[] {
  return titles.map((title, index) => ({
    paper: { ...buildPaper({ id: `2606.0000${index + 1}`, title }), listDay: '2026-06-09', firstSeenAt: 0 },
    topics: [],
  }));
}

function render(about: Parameters<typeof buildDestination>[0], titles: readonly string[]) {
  const shown = entries(...titles);
  const step = layOutAnnouncement({ id: 'd1', destination: buildDestination(about), entries: shown }, 4);
  return { ...step, ...renderStep(step, (id) => shown.find(({ paper }) => paper.id === id)?.paper) };
}

it('says how many papers come and which one is at the top, and opens that', () => {
  expect(render({}, ['Attention *again*', 'Second', 'Third'])).toMatchObject({
    n: 4,
    kind: 'message',
    papers: [],
    payload: {
      content: '3 new papers. Top: **Attention \\*again\\***',
      components: [{ components: [{ custom_id: 'card:v1:d1:4:2606.00001', label: 'Top paper' }] }],
    },
  });
});

it.each([
  ['one paper', {}, ['First'], 'New paper: **First**'],
  ['papers that are hidden', { overflow: 'hide', max: 1 }, ['First', 'Second'], 'New paper: **First**'],
] as const)('counts what is shown: %s', (_what, about, titles, content) => {
  expect(render(about, titles)).toMatchObject({ payload: { content } });
});
