import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import { cutWithin } from '../../src/discord/rendering/escape-markdown.ts';

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
