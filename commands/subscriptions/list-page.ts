import type { APIButtonComponentWithCustomId } from 'discord.js';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { buildButton } from '../parts/message-parts.ts';

/** The page of the list of places from which one was opened, as the last values of its controls: scope and page, or none. */
export type ListPage = readonly string[];

/** The way back to the list; none where there was no list. */
export function buildBackButtons(
  [scope, page]: ListPage,
  { subscriptions }: Texts,
): readonly APIButtonComponentWithCustomId[] {
  if (scope === undefined || page === undefined) return [];
  return [buildButton(encodeCustomId('subscriptions-page', scope, page), subscriptions.back)];
}
