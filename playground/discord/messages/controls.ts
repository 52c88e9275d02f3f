import {
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  ComponentType,
} from 'discord.js';
import type { Message } from '../state.ts';

/** The buttons and menus of a message, from the top down, also those beside texts and in containers. */
export function controlsOf({ components }: Pick<Message, 'components'>): APIComponentInMessageActionRow[] {
  return components.flatMap(controlsIn);
}

function controlsIn(part: APIMessageTopLevelComponent): APIComponentInMessageActionRow[] {
  if (part.type === ComponentType.ActionRow) return part.components;
  if (part.type === ComponentType.Container) return part.components.flatMap(controlsIn);
  if (part.type !== ComponentType.Section) return [];
  return part.accessory.type === ComponentType.Button ? [part.accessory] : [];
}
