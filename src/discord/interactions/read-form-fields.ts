import type { ModalSubmitInteraction } from 'discord.js';
import type { FormFields } from './command.ts';

/** A text input takes no more: https://docs.discord.com/developers/components/reference#text-input */
const TEXT_LENGTH = 4_000;

/** Fields of a kind that no form has are left out. */
export function readFormFields({ components }: ModalSubmitInteraction): FormFields {
  const fields = new Map<string, readonly string[]>();
  for (const part of components) {
    const field = 'component' in part ? part.component : undefined;
    if (field === undefined || !('customId' in field)) continue;
    if ('values' in field) fields.set(field.customId, field.values);
    else if ('value' in field && typeof field.value === 'string')
      fields.set(field.customId, [field.value.slice(0, TEXT_LENGTH)]);
  }
  return fields;
}
