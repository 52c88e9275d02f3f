import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { LayoutReply } from '../../src/discord/interactions/command.ts';
import { buildSeparator, buildText } from '../../src/discord/rendering/components.ts';
import { escapeWithin } from '../../src/discord/rendering/escape-markdown.ts';
import { buildPaperItem } from '../../src/discord/rendering/paper-line.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { buildBoxReply, buildMenu, cut, type Page, type Row, takePage } from '../parts/message-parts.ts';

interface PaperListParts {
  readonly title: string;
  readonly url?: string;
  /** Escaped; above the list. */
  readonly notes?: readonly string[];
  readonly shown: Page<Paper>;
  /** Below the title of a paper; 60 characters at most. */
  readonly beside?: (paper: Paper) => string;
  /** Tells the menu apart from others. */
  readonly menuName: string;
  readonly rows?: readonly Row[];
}

export const LIST_PAGE = 10;
const TITLE_LENGTH = 256;

/** A page of numbered papers, with a menu that opens the card of any. */
export function buildPaperList(parts: PaperListParts, texts: Texts): LayoutReply {
  const { title, url, notes = [], shown, beside = () => '', menuName, rows = [] } = parts;
  const heading = escapeWithin(title, TITLE_LENGTH);
  const items = shown.items.map((paper, index) => {
    const small = beside(paper);
    const item = buildPaperItem(paper, texts);
    return numberItem(shown.first + index, small === '' ? item : `${item}\n-# ${small}`);
  });
  const menu = buildCardMenu(menuName, shown.items, texts);
  return buildBoxReply([
    ...notes.map(buildText),
    buildText(`### ${url === undefined ? heading : `[${heading}](${url})`}`),
    buildSeparator(),
    ...items.map(buildText),
    ...(shown.pages > 1 ? [buildText(`-# ${texts.pages.page(shown.page + 1, shown.pages)}`)] : []),
    ...(menu === undefined ? [] : [menu]),
    ...rows,
  ]);
}

export function numberItem(number: number, text: string): string {
  return `**${number}.** ${text}`;
}

/** Opens the card of any of the papers. */
export function buildCardMenu(name: string, papers: readonly Paper[], texts: Texts): Row | undefined {
  return buildMenu(
    encodeCustomId('card', name),
    texts.papers.openPaper,
    papers.map(({ id, title, upvotes }) => {
      const description = texts.papers.upvotes(upvotes);
      return { label: cut(title), value: id, ...(description === '' ? {} : { description }) };
    }),
  );
}

/** What a title may mean that no paper has. */
export function buildCandidates(text: string, near: readonly Paper[], texts: Texts): LayoutReply {
  const list = {
    title: texts.papers.near,
    notes: [texts.papers.noneCalled(text)],
    shown: takePage(near, 0, LIST_PAGE),
    menuName: 'near',
  };
  return buildPaperList(list, texts);
}
