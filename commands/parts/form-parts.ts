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

/** A line, or with another style several, that must be filled in unless it says otherwise. */
export function buildTextField(
  field: FieldLabel,
  {
    value,
    length,
    style = TextInputStyle.Short,
    required = true,
  }: {
    readonly value: string;
    readonly length: number;
    readonly style?: TextInputStyle;
    readonly required?: boolean;
  },
): APILabelComponent {
  const input = {
    type: ComponentType.TextInput as const,
    custom_id: field.id,
    style,
    ...(value === '' ? {} : { value }),
    max_length: length,
    required,
  };
  return buildField(field, input);
}

/** One of several options, or with `several` any number of them; at least one must be chosen. */
export function buildSelectField(
  field: FieldLabel,
  options: readonly APISelectMenuOption[],
  { several = false } = {},
): APILabelComponent {
  const most = several ? options.length : 1;
  const type = ComponentType.StringSelect as const;
  return buildField(field, { type, custom_id: field.id, options: [...options], max_values: most });
}

function buildField(
  { label, hint }: FieldLabel,
  component: APILabelComponent['component'],
): APILabelComponent {
  const description = hint === undefined ? {} : { description: hint };
  return { type: ComponentType.Label, label, ...description, component };
}

/** What a required field was filled with. Raises `control-outdated` where the form had no such field. */
export function readField(fields: FormFields, id: string): string {
  const [value] = fields.get(id) ?? [];
  if (value === undefined) throw new UserError('control-outdated', {});
  return value;
}
