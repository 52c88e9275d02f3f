import type { APIComponentInMessageActionRow } from 'discord.js';
import type { Message } from '../state.ts';

/** The buttons and menus of a message, row by row. */
export function controlsOf({ components }: Pick<Message, 'components'>): APIComponentInMessageActionRow[] {
  return components.flatMap((row) => row.components);
}

/** What the menus of a message offer, by value. */
export function menuValuesOf(message: Pick<Message, 'components'>): string[] {
  return controlsOf(message)
    .flatMap((control) => ('options' in control ? control.options : []))
    .map(({ value }) => value);
}
