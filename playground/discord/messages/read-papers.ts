import { type APIMessageTopLevelComponent, ComponentType } from 'discord.js';
import type { Message } from '../state.ts';

/** A paper as a message shows it to people. */
export interface ShownPaper {
  readonly id: string;
  /** As far as the message tells: what is zero is left out. */
  readonly upvotes: number | undefined;
  /** Before its title, where papers are numbered. */
  readonly number: number | undefined;
}

const LINK = /https:\/\/huggingface\.co\/papers\/(\d{4}\.\d{4,5})/g;
const UPVOTES = /▲\u00a0(\d+)/u;
/** What stands before a link on its line. */
const NUMBER = /\*\*(\d+)\.(?:\*\*)? \[[^\n]*$/u;

/** The papers that a message links to in its texts, from the top down. */
export function readPapers(
  message: Pick<Message, 'content' | 'embeds' | 'components'>,
): readonly ShownPaper[] {
  const text = textsOf(message).join('\n');
  const links = [...text.matchAll(LINK)];
  return links.map((link, index) => {
    const about = text.slice(link.index, links[index + 1]?.index);
    const before = text.slice(links[index - 1]?.index ?? 0, link.index);
    return {
      id: link[1] ?? '',
      upvotes: toNumber(UPVOTES.exec(about)?.[1]),
      number: toNumber(NUMBER.exec(before)?.[1]),
    };
  });
}

function toNumber(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

/** All that a message says to whoever reads it, from the top down, without its buttons and menus. */
export function textsOf({
  content,
  embeds,
  components,
}: Pick<Message, 'content' | 'embeds' | 'components'>): readonly string[] {
  const ofEmbeds = embeds.flatMap(({ title, url, description, fields = [] }) => [
    title,
    url,
    description,
    ...fields.map(({ value }) => value),
  ]);
  const texts = [content, ...ofEmbeds, ...components.flatMap(textsIn)];
  return texts.filter((text): text is string => text !== undefined && text !== '');
}

function textsIn(part: APIMessageTopLevelComponent): readonly string[] {
  if (part.type === ComponentType.TextDisplay) return [part.content];
  if (part.type === ComponentType.Container) return part.components.flatMap(textsIn);
  return part.type === ComponentType.Section ? part.components.map(({ content }) => content) : [];
}
