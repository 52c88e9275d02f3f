import { type APILabelComponent, type APISelectMenuOption, ComponentType, TextInputStyle } from 'discord.js';
import type { FormFields } from '../../src/discord/interactions/command.ts';
import { UserError } from '../../src/errors.ts';

interface FieldLabel {
  /** By which what was filled in is found. */
  readonly id: string;
  /** 45 characters at most. */
  readonly label: string;
  /** 100 characters at most. */
  readonly hint?: string;
}

/** One line that must be filled in. */
export function buildTextField(
  { id, label, hint }: FieldLabel,
  { value, length }: { readonly value: string; readonly length: number },
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label,
    ...(hint === undefined ? {} : { description: hint }),
    component: {
      type: ComponentType.TextInput,
      custom_id: id,
      style: TextInputStyle.Short,
      value,
      max_length: length,
    },
  };
}

/** One of several options, or with `several` any number of them; at least one must be chosen. */
export function buildSelectField(
  { id, label, hint }: FieldLabel,
  options: readonly APISelectMenuOption[],
  { several = false } = {},
): APILabelComponent {
  return {
    type: ComponentType.Label,
    label,
    ...(hint === undefined ? {} : { description: hint }),
    component: {
      type: ComponentType.StringSelect,
      custom_id: id,
      options: [...options],
      max_values: several ? options.length : 1,
    },
  };
}

/** What a required field was filled with. Raises `control-outdated` where the form had no such field. */
export function readField(fields: FormFields, id: string): string {
  const [value] = fields.get(id) ?? [];
  if (value === undefined) throw new UserError('control-outdated', {});
  return value;
}
