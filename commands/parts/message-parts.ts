import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { cutWithin } from '../../src/discord/rendering/escape-markdown.ts';
import type { Reply } from '../../src/discord/interactions/command.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';

export type Row = APIActionRowComponent<APIComponentInMessageActionRow>;

interface MenuOption {
  readonly label: string;
  readonly value: string;
  readonly description?: string;
}

const OPTIONS = 25;
const LABEL_LENGTH = 100;

export function buildButton(
  id: string,
  label: string,
  { danger = false, disabled = false } = {},
): APIButtonComponentWithCustomId {
  return {
    type: ComponentType.Button,
    style: danger ? ButtonStyle.Danger : ButtonStyle.Secondary,
    custom_id: id,
    label,
    disabled,
  };
}

export function buildRow(...buttons: readonly APIButtonComponentWithCustomId[]): Row {
  return { type: ComponentType.ActionRow, components: [...buttons] };
}

/** At most the first 25 options; undefined without any. */
export function buildMenu(id: string, placeholder: string, options: readonly MenuOption[]): Row | undefined {
  if (options.length === 0) return undefined;
  const menu = {
    type: ComponentType.StringSelect as const,
    custom_id: id,
    placeholder,
    options: options.slice(0, OPTIONS).map((option) => ({ ...option, label: cut(option.label) })),
  };
  return { type: ComponentType.ActionRow, components: [menu] };
}

/** To what Discord takes for labels and choices. */
export function cut(text: string, length = LABEL_LENGTH): string {
  return cutWithin(text, length);
}

/** One page of a list, with the buttons below it. */
export interface Pager {
  /** From 0; others than there are become the nearest one. */
  readonly page: number;
  /** The custom id of the button that goes to a page; `mark` keeps the ids of one message apart. */
  turnTo(page: number, mark: string): string;
  /** The custom id of the button that shows the page to everybody. */
  readonly showId?: string;
}

export interface Page<T> {
  readonly page: number;
  readonly pages: number;
  readonly items: readonly T[];
}

export function takePage<T>(all: readonly T[], wanted: number, size: number): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(Math.max(wanted, 0), pages - 1);
  return { page, pages, items: all.slice(page * size, (page + 1) * size) };
}

/** The number of a page from a custom id. Raises `control-outdated`. */
export function readPageNumber(text: string): number {
  if (!/^-?\d{1,4}$/.test(text)) throw new UserError('control-outdated', {});
  return Number(text);
}

/** The row of buttons, or none where there is nothing to turn and nothing to show. */
export function buildPageRows(
  { turnTo, showId }: Pager,
  { page, pages }: Pick<Page<unknown>, 'page' | 'pages'>,
  { pages: texts }: Texts,
): readonly Row[] {
  const turning = [
    buildButton(turnTo(page - 1, 'back'), texts.previous, { disabled: page === 0 }),
    buildButton(turnTo(page + 1, 'on'), texts.next, { disabled: page === pages - 1 }),
  ];
  const buttons = [
    ...(pages > 1 ? turning : []),
    ...(showId === undefined ? [] : [buildButton(showId, texts.showToChannel)]),
  ];
  return buttons.length === 0 ? [] : [buildRow(...buttons)];
}

/** What everybody is shown of a page: all but the buttons, which are the reader's own. */
export function withoutPager({ embeds, components }: Reply): Reply {
  return { embeds: embeds ?? [], components: (components ?? []).slice(0, 1) };
}
