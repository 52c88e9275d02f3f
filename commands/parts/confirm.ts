import type { AnyReply, Control } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { buildButton, buildRow } from './message-parts.ts';
import { buildNote, buildPanel } from './panel.ts';

/**
 * Asks before what cannot be undone; the red button says what it does, and `id` is the control that does it. `cancelId` is
 * the control that shows what was there before.
 */
export function askFirst(
  question: string,
  {
    label,
    id,
    cancelId = encodeCustomId('cancel'),
  }: { readonly label: string; readonly id: string; readonly cancelId?: string },
  { pages }: Texts,
): AnyReply {
  const confirm = buildButton(id, label, { danger: true });
  return buildPanel([question], [buildRow(confirm, buildButton(cancelId, pages.cancel))]);
}

export const cancel: Control<CommandContext> = {
  name: 'cancel',
  answer: 'update',
  execute: async ({ texts }) => buildNote(texts.pages.cancelled),
};
