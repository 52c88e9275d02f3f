import type { Reply } from '../../src/discord/interactions/command.ts';
import { escapeWithin } from '../../src/discord/rendering/escape-markdown.ts';
import { COLOUR } from '../../src/discord/rendering/components.ts';
import { buildPaperLine } from '../../src/discord/rendering/paper-line.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { buildMenu, buildPageRows, cut, type Page, type Pager } from '../parts/message-parts.ts';

interface PaperListParts {
  readonly title: string;
  readonly url?: string;
  readonly shown: Page<Paper>;
  /** The custom id of the menu that opens a card. */
  readonly menuId: string;
  /** Without one, what fits a page is all. */
  readonly pager?: Pager;
}

export const LIST_PAGE = 10;
const DESCRIPTION_LENGTH = 4096;
const TITLE_LENGTH = 256;

/** A page of papers in a line each, with a menu that opens a paper's card. */
export function buildPaperList({ title, url, shown, menuId, pager }: PaperListParts, texts: Texts): Reply {
  const { page, pages, items } = shown;
  const lines = items.map((paper) => `- ${buildPaperLine(paper, texts)}`);
  const menu = buildMenu(
    menuId,
    texts.papers.openPaper,
    items.map((paper) => ({ label: cut(paper.title), value: paper.id })),
  );
  const isTurned = pager !== undefined && pages > 1;
  return {
    embeds: [
      {
        title: escapeWithin(title, TITLE_LENGTH),
        ...(url === undefined ? {} : { url }),
        description: cut(lines.join('\n'), DESCRIPTION_LENGTH),
        ...(isTurned ? { footer: { text: texts.pages.page(page + 1, pages) } } : {}),
        color: COLOUR,
      },
    ],
    components: [
      ...(menu === undefined ? [] : [menu]),
      ...(pager === undefined ? [] : buildPageRows(pager, shown, texts)),
    ],
  };
}
