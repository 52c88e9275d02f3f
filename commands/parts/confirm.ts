import type { Control, Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { buildButton, buildRow } from './message-parts.ts';

/** Asks before what cannot be undone; `confirmId` is the custom id of the control that does it. */
export function askFirst(question: string, confirmId: string, { pages }: Texts): Reply {
  const confirm = buildButton(confirmId, pages.confirm, { danger: true });
  return {
    content: question,
    components: [buildRow(confirm, buildButton(encodeCustomId('cancel'), pages.cancel))],
  };
}

export const cancel: Control<CommandContext> = {
  name: 'cancel',
  answer: 'update',
  execute: async ({ texts }) => ({ content: texts.pages.cancelled }),
};
