import { expect, it } from 'vitest';
import { readMessage } from '../../../chaos/readers/read-message.ts';

const V2 = 1 << 15;
const PAGE = 'https://huggingface.co/papers';
const button = (label: string, custom_id: string) => ({
  type: 2 as const,
  style: 2 as const,
  label,
  custom_id,
});
const text = (content: string) => ({ type: 10 as const, content });
const card = (id: string, content: string) => ({
  type: 9 as const,
  components: [text(content)],
  accessory: button('Save', `save:v1:${id}`),
});

it('reads a digest as people do: heading, cards, the list below them, and what can be pressed', () => {
  const options = ['2605.00001', '2605.00002'].map((value) => ({ label: `Paper ${value}`, value }));
  const shown = readMessage({
    content: '',
    embeds: [],
    flags: V2,
    components: [
      {
        type: 17,
        components: [
          text('## Tue 9 June · 23 papers, 9 from Mon 8 June'),
          card(
            '2605.00001',
            `**1. [Pass\\_1](${PAGE}/2605.00001)**\n-# Ada\nWhat it says.\n-# ▲\u00a05 · 1 comment`,
          ),
          text(`**2.** [Two](${PAGE}/2605.00002)\n-# Ada et al. · ★\u00a03`),
          { type: 1, components: [{ type: 3, custom_id: 'card:v1:abc:4:0', options }] },
        ],
      },
    ],
  });

  expect(shown).toMatchObject({
    look: 'layout',
    deliveryId: 'abc',
    step: 4,
    heading: { covers: 'digest', day: 'Tue 9 June', papers: 23, earlier: 9, earlierDay: 'Mon 8 June' },
    papers: [
      {
        id: '2605.00001',
        title: 'Pass\\_1',
        number: 1,
        form: 'card',
        upvotes: 5,
        lines: ['-# Ada', 'What it says.', '-# ▲\u00a05 · 1 comment'],
      },
      { id: '2605.00002', title: 'Two', number: 2, form: 'line', upvotes: undefined },
    ],
    problems: [],
  });
  expect(shown.controls.map(({ name, target, beside }) => [name, target, beside])).toEqual([
    ['save', '2605.00001', '2605.00001'],
    ['card-menu', '2605.00001', undefined],
    ['card-menu', '2605.00002', undefined],
  ]);
});

it('reads embeds: each is a card, and one without a title is a list', () => {
  const shown = readMessage({
    content: 'Tue 9 June · 3 papers, 2 from earlier days',
    embeds: [
      { title: 'One', url: `${PAGE}/2605.00001`, description: 'Ada\n▲\u00a05' },
      { description: `**2.** [Two](${PAGE}/2605.00002)\n-# Ada\n**3.** [Three](${PAGE}/2605.00003)` },
    ],
    flags: 0,
    components: [],
  });

  expect(shown).toMatchObject({ look: 'embeds', heading: { papers: 3, earlier: 2, earlierDay: '' } });
  expect(shown.papers.map(({ id, number, form, upvotes }) => [id, number, form, upvotes])).toEqual([
    ['2605.00001', undefined, 'card', 5],
    ['2605.00002', 2, 'line', undefined],
    ['2605.00003', 3, 'line', undefined],
  ]);
});

it.each([
  ['<@&77> 12 new papers. Top: **A title**', { papers: 12, title: 'A title' }],
  ['New paper: **A title**', { papers: 1, title: 'A title' }],
  ['12 new papers', undefined],
])('reads the message that mentions a role: %s', (content, announced) => {
  const { announced: read } = readMessage({ content, embeds: [], flags: 0, components: [] });

  expect(read).toEqual(announced);
});

it('does not take what a summary says for a paper or a heading', () => {
  const summary = `See https\\://huggingface.co/papers/2605.00009 · 3 papers`;
  const { papers, heading } = readMessage({
    content: `**[One](${PAGE}/2605.00001)**\n${summary}`,
    embeds: [],
    flags: 0,
    components: [],
  });

  expect(papers.map(({ id }) => id)).toEqual(['2605.00001']);
  expect(heading).toBeUndefined();
});
