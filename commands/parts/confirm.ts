import type { AnyReply, Control } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { buildButton, buildRow } from './message-parts.ts';
import { buildNote, buildPanel } from './panel.ts';

/** Asks before what cannot be undone; the red button says what it does, and `id` is the control that does it. */
export function askFirst(
  question: string,
  { label, id }: { readonly label: string; readonly id: string },
  { pages }: Texts,
): AnyReply {
  const confirm = buildButton(id, label, { danger: true });
  return buildPanel([question], [buildRow(confirm, buildButton(encodeCustomId('cancel'), pages.cancel))]);
}

export const cancel: Control<CommandContext> = {
  name: 'cancel',
  answer: 'update',
  execute: async ({ texts }) => buildNote(texts.pages.cancelled),
};
