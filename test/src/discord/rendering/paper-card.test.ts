import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../../playground/discord/messages/message-limits.ts';
import {
  buildCardButtons,
  buildCards,
  buildCardText,
  buildLoneCard,
  numberCard,
} from '../../../../src/discord/rendering/paper-card.ts';
import { buildFullCard } from '../../../../src/discord/rendering/full-card.ts';
import { buildPaperEmbed } from '../../../../src/discord/rendering/paper-embed.ts';
import { buildPaperItem, buildPaperLine } from '../../../../src/discord/rendering/paper-line.ts';
import { findPicture } from '../../../../src/discord/rendering/paper-texts.ts';
import { DEFAULT_LOCALE, textsFor } from '../../../../src/discord/texts/texts.ts';
import type { Paper } from '../../../../src/papers/paper.ts';
import { buildPaper } from '../../../support/build-paper.ts';
import { HAS_RECORDED_PAPERS, readRecordedPapers } from '../../../support/recorded-papers.ts';

const TEXTS = textsFor(DEFAULT_LOCALE);
const EVIL = '@everyone <@1> ```x``` \u202e\u0000[a](https://x.org) ||s|| ';
const PICTURE = 'https://cdn-uploads.huggingface.co/a.png';
const TOPICS = Array.from({ length: 5 }, () => EVIL);

function expectWithinLimits(paper: Paper): void {
  const embed = buildPaperEmbed(paper, TEXTS, { topics: TOPICS });
  expect(embed.title?.length).toBeLessThanOrEqual(256);
  expect(embed.description?.length).toBeLessThanOrEqual(1150);
  const text = numberCard(buildCardText(paper, TEXTS, { topics: TOPICS }), 25);
  expect(JSON.stringify(text).length).toBeLessThanOrEqual(1600);
  const picture = findPicture(paper);
  const cards = buildCards([{ id: paper.id, text, picture }], TEXTS);
  const full = buildFullCard(paper, TEXTS);
  expect(JSON.stringify(full).length).toBeLessThanOrEqual(3900);
  for (const parts of [cards, [buildLoneCard(text, picture)], full])
    checkMessage({ flags: 1 << 15, components: [...parts, buildCardButtons(paper, TEXTS)] });
  for (const line of [buildPaperLine(paper, TEXTS, TOPICS), buildPaperItem(paper, TEXTS, TOPICS)])
    expect(line.length).toBeLessThanOrEqual(330);
  expect(buildPaperLine(paper, TEXTS, TOPICS)).not.toContain('\n');
}

const textOf = (parts: object) => JSON.stringify(parts);

describe('papers in Discord', () => {
  const hostile = buildPaper({
    id: '2606.00001',
    title: EVIL.repeat(100),
    abstract: EVIL.repeat(200),
    authors: Array.from({ length: 664 }, () => EVIL),
    organization: { slug: 'evil', name: EVIL.repeat(9) },
    code: { url: 'javascript:alert(1)', stars: 3 },
    links: {
      models: {
        count: 9_999,
        names: ['a', 'b', 'c'].map((end) => `${'_'.repeat(95)}${end}/${'_'.repeat(96)}`),
      },
      datasets: {
        count: 9_999,
        names: ['a', 'b', 'c'].map((end) => `${'_'.repeat(50)}/${'_'.repeat(48)}${end}`),
      },
      spaces: {
        count: 9_999,
        names: ['a', 'b', 'c'].map((end) => `${'_'.repeat(50)}/${'_'.repeat(48)}${end}`),
      },
    },
    imageUrl: 'javascript:alert(1)',
  });

  it('keep a hostile paper within limits and harmless', () => {
    expectWithinLimits(hostile);
    const shown = [
      textOf(buildFullCard(hostile, TEXTS)),
      buildCardText(hostile, TEXTS, { topics: TOPICS }),
      JSON.stringify(buildPaperEmbed(hostile, TEXTS)),
      JSON.stringify(buildCardButtons(hostile, TEXTS)),
      buildPaperLine(hostile, TEXTS),
      buildPaperItem(hostile, TEXTS),
    ].join('\n');
    expect(shown).not.toMatch(/@everyone|<@1>|```|javascript|\u202e/u);
    expect(shown).toContain('and 661 more');
  });

  it('keep votes and stars on one line with what they count, and leave out what is zero', () => {
    const code = { url: 'https://github.com/a/b', stars: 3 };
    const some = buildPaper({ id: '2606.00001', upvotes: 7, comments: 1, code });
    const none = buildPaper({ id: '2606.00001', code: { url: code.url, stars: 0 } });

    for (const text of [buildCardText(some, TEXTS), textOf(buildFullCard(some, TEXTS))])
      expect(text).toContain(`▲\u00a07 · 1 comment · [code](${code.url}) ★\u00a03`);
    for (const text of [buildCardText(none, TEXTS), buildPaperLine(none, TEXTS), buildPaperItem(none, TEXTS)])
      expect(text).not.toMatch(/▲|★|comment/u);
  });

  it('say who wrote them: the organization and the first authors', () => {
    const authors = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Edsger Dijkstra'];
    const organization = { slug: 'lab', name: 'The Lab' };

    const of = (about: Partial<Paper>) => buildPaper({ id: '2606.00001', authors, ...about });

    expect(buildCardText(of({ organization }), TEXTS)).toContain(
      'The Lab · Ada Lovelace, Grace Hopper, Alan Turing and 1 more',
    );
    expect(buildCardText(of({}), TEXTS)).toContain('-# Ada Lovelace, Grace Hopper');
    expect(buildPaperItem(of({ organization }), TEXTS)).toContain('\n-# The Lab');
    expect(buildPaperItem(of({}), TEXTS)).toContain('\n-# Ada Lovelace et al.');
  });

  it('link to Hugging Face, and show a picture beside the card, or large below it', () => {
    const paper = buildPaper({ id: '2606.00001', imageUrl: PICTURE });

    const url = 'https://huggingface.co/papers/2606.00001';
    expect(buildPaperEmbed(paper, TEXTS)).toMatchObject({ url, thumbnail: { url: PICTURE } });
    expect(buildLoneCard('', findPicture(paper))).toMatchObject({
      type: 9,
      accessory: { media: { url: PICTURE } },
    });
    expect(buildFullCard(paper, TEXTS)).toMatchObject([
      { type: 10 },
      { type: 12, items: [{ media: { url: PICTURE } }] },
    ]);
  });

  it('each have a button that saves them among others, and show the first picture', () => {
    const cards = buildCards(
      [undefined, PICTURE, `${PICTURE}?2`].map((picture, at) => ({
        id: `2606.0000${at}`,
        text: 'Card',
        picture,
      })),
      TEXTS,
    );

    const save = (id: string) => ({ type: 9, accessory: { label: 'Save', custom_id: `save:v1:${id}` } });
    const picture = { type: 12, items: [{ media: { url: PICTURE } }] };
    const line = { type: 14 };
    expect(cards).toMatchObject([
      save('2606.00000'),
      line,
      save('2606.00001'),
      picture,
      line,
      save('2606.00002'),
    ]);
  });

  it.each([
    'https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/2606.00001.png',
    `https://x.org/${'a'.repeat(2048)}.png`,
    'http://x.org/a.png',
    'nothing',
  ])('show no picture where nobody made one that Discord shows: %s', (imageUrl) => {
    const paper = buildPaper({ id: '2606.00001', imageUrl });

    expect(buildLoneCard('', findPicture(paper))).toMatchObject({ type: 10 });
    expect(buildPaperEmbed(paper, TEXTS)).not.toHaveProperty('thumbnail');
  });

  it('have their days in full, and more authors', () => {
    const authors = Array.from({ length: 9 }, (_, index) => `Author ${index}`);
    const text = textOf(
      buildFullCard(buildPaper({ id: '2606.00001', authors, listDay: '2026-06-09' }), TEXTS),
    );

    expect(text).toContain('Published Fri 5 June 2026 · listed Tue 9 June 2026');
    expect(text).toContain('Author 7 and 1 more');
  });

  it('count the models, datasets and Spaces that name them, and in full name the first', () => {
    const links = {
      models: { count: 111, names: ['lerobot/pi0_old', 'a/b', 'c/d'] },
      datasets: { count: 0, names: [] },
      spaces: { count: 1, names: [] },
    };
    const paper = buildPaper({ id: '2606.00001', upvotes: 3, links });

    expect(buildCardText(paper, TEXTS)).toContain('▲\u00a03 · 111 models · 1 Space');
    const [full] = buildFullCard(paper, TEXTS);
    expect(full).toMatchObject({ type: 10 });
    const text = textOf(full ?? {});
    expect(text).toContain('**Models** [lerobot/pi0');
    expect(text).toContain('(https://huggingface.co/c/d) and 108 more');
    expect(text).toContain('**Spaces** [1](https://huggingface.co/papers/2606.00001)');
    expect(text).not.toContain('Datasets');
  });

  it('have links to where they can be read', () => {
    const paper = buildPaper({ id: '2606.00001', code: { url: `https://x.org/${'a'.repeat(600)}` } });

    expect(buildCardButtons(paper, TEXTS).components).toMatchObject([
      { label: 'Hugging Face', url: 'https://huggingface.co/papers/2606.00001' },
      { label: 'arXiv', url: 'https://arxiv.org/abs/2606.00001' },
      { label: 'PDF', url: 'https://arxiv.org/pdf/2606.00001' },
    ]);
  });

  it.skipIf(!HAS_RECORDED_PAPERS)('stay within limits, all recorded ones', { timeout: 120_000 }, () => {
    const papers = readRecordedPapers();
    expect(papers.length).toBeGreaterThan(8000);
    papers.forEach(expectWithinLimits);
  });
});
