import { expect, it } from 'vitest';
import { renderDigest } from '../../../support/render-digest.ts';
import type { Destination } from '../../../../src/subscriptions/destination.ts';
import { buildDestination } from '../../../support/build-destination.ts';
import { buildPaper } from '../../../support/build-paper.ts';

const ENTRIES = [
  {
    paper: buildPaper({
      id: '2606.00001',
      title: 'First *light*',
      organization: { slug: 'nvidia', name: 'NVIDIA' },
      upvotes: 12,
      comments: 2,
      code: { url: 'https://github.com/a/b', stars: 3 },
      imageUrl: 'https://cdn-uploads.huggingface.co/first.png',
    }),
    topics: ['Agents'],
  },
  { paper: buildPaper({ id: '2606.00002', title: 'Second', upvotes: 1 }), topics: [] },
].map(({ paper, topics }) => ({ paper: { ...paper, listDay: '2026-06-09', firstSeenAt: 0 }, topics }));

const MENU = {
  type: 1,
  components: [
    {
      type: 3,
      custom_id: 'card:v1:abc1:0:0',
      placeholder: 'Open a paper',
      options: [
        { label: 'First *light*', value: '2606.00001', description: '12 upvotes' },
        { label: 'Second', value: '2606.00002', description: '1 upvote' },
      ],
    },
  ],
};
const FIRST = '[First \\*light\\*](https://huggingface.co/papers/2606.00001)';
const SECOND = '[Second](https://huggingface.co/papers/2606.00002)';
const HEADING = { type: 10, content: '## Tue 9 June · 2 papers' };
const LINE = { type: 14, divider: true, spacing: 1 };
const VIEW = {
  kind: 'digest',
  deliveryId: 'abc1',
  n: 0,
  look: 'layout',
  heading: { day: '2026-06-09', papers: 2, earlier: 0 },
  firstNumber: 1,
  papers: [
    { id: '2606.00001', topics: ['Agents'] },
    { id: '2606.00002', topics: [] },
  ],
};

function renderWith(about: Partial<Destination>) {
  return renderDigest({ id: 'abc1', destination: buildDestination(about), entries: ENTRIES });
}

it('a whole digest of cards, then a list', () => {
  expect(renderWith({ max: 1 })).toEqual([
    {
      n: 0,
      form: 'rich',
      kind: 'message',
      papers: ['2606.00001', '2606.00002'],
      view: { ...VIEW, cards: 1 },
      payload: {
        flags: 32_768,
        components: [
          {
            type: 17,
            accent_color: 0xffd21e,
            components: [
              HEADING,
              LINE,
              {
                type: 9,
                components: [
                  {
                    type: 10,
                    content: [
                      `**1. ${FIRST}**`,
                      '-# NVIDIA · Ada Lovelace',
                      'What was done, and what came of it.',
                      '-# ▲\u00a012 · 2 comments · [code](https://github.com/a/b) ★\u00a03 · *Agents*',
                    ].join('\n'),
                  },
                ],
                accessory: { type: 2, style: 2, label: 'Save', custom_id: 'save:v1:2606.00001' },
              },
              { type: 12, items: [{ media: { url: 'https://cdn-uploads.huggingface.co/first.png' } }] },
              LINE,
              { type: 10, content: `**2.** ${SECOND}\n-# Ada Lovelace · ▲\u00a01` },
              MENU,
            ],
          },
        ],
      },
      plain: {
        content: `Tue 9 June · 2 papers\n${FIRST} · ▲\u00a012 · [code](https://github.com/a/b) ★\u00a03\n${SECOND} · ▲\u00a01`,
        flags: 4,
        components: [MENU],
      },
    },
  ]);
});

it('a whole compact digest', () => {
  const [step] = renderWith({ style: 'compact' });

  expect(step?.payload).toEqual({
    flags: 32_768,
    components: [
      {
        type: 17,
        accent_color: 0xffd21e,
        components: [
          HEADING,
          LINE,
          { type: 10, content: `**1.** ${FIRST}\n-# NVIDIA · ▲\u00a012 · ★\u00a03 · *Agents*` },
          { type: 10, content: `**2.** ${SECOND}\n-# Ada Lovelace · ▲\u00a01` },
          MENU,
        ],
      },
    ],
  });
});

it('a whole digest of embeds, for apps and bridges that show no components of the second version', () => {
  const [step] = renderWith({ style: 'embeds', max: 1 });

  expect(step?.payload).toEqual({
    content: 'Tue 9 June · 2 papers',
    embeds: [
      {
        color: 0xffd21e,
        title: 'First \\*light\\*',
        url: 'https://huggingface.co/papers/2606.00001',
        description: [
          'NVIDIA · Ada Lovelace',
          'What was done, and what came of it.',
          '▲\u00a012 · 2 comments · [code](https://github.com/a/b) ★\u00a03',
          '*Agents*',
        ].join('\n'),
        thumbnail: { url: 'https://cdn-uploads.huggingface.co/first.png' },
      },
      { description: `**2.** ${SECOND}\n-# Ada Lovelace · ▲\u00a01` },
    ],
    components: [MENU],
  });
});
