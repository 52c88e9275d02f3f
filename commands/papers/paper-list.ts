import type { Reply } from '../../src/discord/interactions/command.ts';
import { COMMAND_TEXTS } from '../../src/discord/texts/command-texts.ts';
import { escapeWithin } from '../../src/discord/rendering/truncate.ts';
import { COLOUR } from '../../src/discord/rendering/paper-card.ts';
import { buildPaperLine } from '../../src/discord/rendering/paper-line.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { buildButton, buildMenu, buildRow, cut } from '../parts/message-parts.ts';

/** Buttons that turn the pages, and one that shows the page to everybody. */
export interface Pager {
  readonly page: number;
  /** The custom id of the button that goes to a page; `mark` keeps the ids of one message apart. */
  turnTo(page: number, mark: string): string;
  readonly showId: string;
}

export interface PaperListParts {
  readonly title: string;
  readonly url?: string;
  readonly papers: readonly Paper[];
  /** The custom id of the menu that opens a card. */
  readonly menuId: string;
  /** Without one, what fits a page is all. */
  readonly pager?: Pager;
}

const PAGE = 10;
const DESCRIPTION_LENGTH = 4096;
const TITLE_LENGTH = 256;

/** Papers in a line each, a page at a time, with a menu that opens a paper's card. */
export function buildPaperList({ title, url, papers, menuId, pager }: PaperListParts): Reply {
  const pages = Math.max(1, Math.ceil(papers.length / PAGE));
  const page = Math.min(Math.max(pager?.page ?? 0, 0), pages - 1);
  const shown = papers.slice(page * PAGE, (page + 1) * PAGE);
  const lines = shown.map((paper) => `- ${buildPaperLine(paper)}`);
  const menu = buildMenu(
    menuId,
    COMMAND_TEXTS.openPaper,
    shown.map((paper) => ({ label: cut(paper.title), value: paper.id })),
  );
  return {
    embeds: [
      {
        title: escapeWithin(title, TITLE_LENGTH),
        ...(url === undefined ? {} : { url }),
        description: cut(lines.join('\n'), DESCRIPTION_LENGTH),
        ...(pager === undefined ? {} : { footer: { text: COMMAND_TEXTS.page(page + 1, pages) } }),
        color: COLOUR,
      },
    ],
    components: [
      ...(menu === undefined ? [] : [menu]),
      ...(pager === undefined ? [] : [buildPagerRow({ ...pager, page }, pages)]),
    ],
  };
}

export function buildPagerRow({ page, turnTo, showId }: Pager, pages: number): ReturnType<typeof buildRow> {
  return buildRow(
    buildButton(turnTo(page - 1, 'back'), COMMAND_TEXTS.previous, { disabled: page === 0 }),
    buildButton(turnTo(page + 1, 'on'), COMMAND_TEXTS.next, { disabled: page >= pages - 1 }),
    buildButton(showId, COMMAND_TEXTS.showToChannel),
  );
}

/** What everybody is shown of a page: all but the buttons, which are the reader's own. */
export function withoutPager({ embeds, components }: Reply): Reply {
  return { embeds: embeds ?? [], components: (components ?? []).slice(0, 1) };
}
