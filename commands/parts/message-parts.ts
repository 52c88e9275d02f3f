import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { cutWithin } from '../../src/discord/rendering/escape-markdown.ts';
import type { ControlRequest, LayoutReply } from '../../src/discord/interactions/command.ts';
import { COLOUR } from '../../src/discord/rendering/components.ts';
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

/** What was chosen in a menu; undefined for a button. */
export function chosenIn({ interaction }: Pick<ControlRequest, 'interaction'>): string | undefined {
  return interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
}

/** To what Discord takes for labels and choices. */
export function cut(text: string, length = LABEL_LENGTH): string {
  return cutWithin(text, length);
}

export interface Page<T> {
  readonly page: number;
  readonly pages: number;
  /** The number of its first item, from 1. */
  readonly first: number;
  readonly items: readonly T[];
}

export function takePage<T>(all: readonly T[], wanted: number, size: number): Page<T> {
  const pages = Math.max(1, Math.ceil(all.length / size));
  const page = Math.min(Math.max(wanted, 0), pages - 1);
  return { page, pages, first: page * size + 1, items: all.slice(page * size, (page + 1) * size) };
}

/** The number of a page from a custom id. Raises `control-outdated`. */
export function readPageNumber(text: string): number {
  if (!/^-?\d{1,4}$/.test(text)) throw new UserError('control-outdated', {});
  return Number(text);
}

/**
 * The buttons to the pages before and behind; none where there is one page. `turnTo` gives the custom id of the button
 * that goes to a page, and `mark` keeps the ids of one message apart.
 */
export function buildTurnButtons(
  turnTo: (page: number, mark: string) => string,
  { page, pages }: Pick<Page<unknown>, 'page' | 'pages'>,
  { pages: texts }: Texts,
): readonly APIButtonComponentWithCustomId[] {
  if (pages === 1) return [];
  return [
    buildButton(turnTo(page - 1, 'back'), texts.previous, { disabled: page === 0 }),
    buildButton(turnTo(page + 1, 'on'), texts.next, { disabled: page === pages - 1 }),
  ];
}

/** A message of one box. */
export function buildBoxReply(components: APIComponentInContainer[]): LayoutReply {
  return { layout: [{ type: ComponentType.Container, accent_color: COLOUR, components }] };
}
