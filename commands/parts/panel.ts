import {
  type APIButtonComponentWithCustomId,
  type APIComponentInContainer,
  type APISectionComponent,
  ComponentType,
} from 'discord.js';
import type { AnyReply, Control, LayoutReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildSeparator, buildText } from '../../src/discord/rendering/components.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { CommandContext } from '../context.ts';
import { buildBoxReply, buildButton, buildRow, type Row } from './message-parts.ts';

/** Markdown, a row of controls, or text beside a button. What is undefined or empty is left out. */
export type PanelPart = string | Row | APISectionComponent | undefined;

/** A reply in one box: blocks with a line between them. Texts of a block follow one another without a gap. */
export function buildPanel(...blocks: readonly (readonly PanelPart[])[]): LayoutReply {
  const components = blocks
    .map(buildBlock)
    .filter((block) => block.length > 0)
    .flatMap((block, at) => (at === 0 ? block : [buildSeparator(), ...block]));
  return buildBoxReply(components);
}

function buildBlock(parts: readonly PanelPart[]): APIComponentInContainer[] {
  const built: APIComponentInContainer[] = [];
  let lines: string[] = [];
  const endText = (): void => {
    if (lines.length > 0) built.push(buildText(lines.join('\n')));
    lines = [];
  };
  for (const part of parts) {
    if (typeof part === 'string') lines.push(...(part === '' ? [] : [part]));
    else if (part !== undefined) {
      endText();
      built.push(part);
    }
  }
  endText();
  return built;
}

/** Characters of the texts in blocks. */
export function lengthOf(...blocks: readonly (readonly PanelPart[])[]): number {
  const texts = blocks.flat().filter((part) => typeof part === 'string');
  return texts.join('\n').length;
}

/** A sentence that takes the place of a panel. */
export function buildNote(content: string): LayoutReply {
  return { layout: [buildText(content)] };
}

export function besideButton(content: string, button: APIButtonComponentWithCustomId): APISectionComponent {
  return { type: ComponentType.Section, components: [buildText(content)], accessory: button };
}

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
