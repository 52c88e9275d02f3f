import { expect, it } from 'vitest';
import { rememberByPaper } from '../../../../src/discord/digests/paper-forms.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../../../src/discord/texts/texts.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { buildPaper } from '../../../support/build-paper.ts';

const TEXTS = textsFor(DEFAULT_LOCALE);

function open() {
  const rendered: string[] = [];
  const render = rememberByPaper(({ upvotes }: Paper, _texts: Texts, topics: readonly string[] = []) => {
    const text = `${upvotes} ${topics.join('+')}`;
    rendered.push(text);
    return text;
  });
  return { rendered, render };
}

it('makes what shows a paper once for each combination of topics', () => {
  const { rendered, render } = open();
  const paper = buildPaper({ id: '2606.00001', upvotes: 3 });

  expect(render(paper, TEXTS, ['a'])).toBe('3 a');
  expect(render(paper, TEXTS, ['a'])).toBe('3 a');
  expect(render(paper, TEXTS, ['a', 'b'])).toBe('3 a+b');
  expect(render(paper, TEXTS)).toBe('3 ');
  expect(rendered).toEqual(['3 a', '3 a+b', '3 ']);
});

it('makes it anew for the same paper with other votes', () => {
  const { render } = open();
  const paper = buildPaper({ id: '2606.00001', upvotes: 3 });
  render(paper, TEXTS);

  expect(render({ ...paper, upvotes: 4 }, TEXTS)).toBe('4 ');
});

it('still answers, and keeps no more, when there are very many combinations', () => {
  const { rendered, render } = open();
  const paper = buildPaper({ id: '2606.00001', upvotes: 3 });
  for (let at = 0; at < 150; at += 1) render(paper, TEXTS, [`t${at}`]);

  expect(render(paper, TEXTS, ['t149'])).toBe('3 t149');
  expect(rendered).toHaveLength(151);
});

it('makes it anew in another language', () => {
  const { rendered, render } = open();
  const paper = buildPaper({ id: '2606.00001', upvotes: 3 });
  render(paper, TEXTS);

  render(paper, { ...TEXTS, language: 'other' });

  expect(rendered).toHaveLength(2);
});
