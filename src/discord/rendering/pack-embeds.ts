import type { Json } from '../../delivery/delivery.ts';
import type { DigestEntry } from '../../digest/digest.ts';

/** An embed that is nothing but JSON, as a planned step must be; its texts are the title and the description. */
export interface EmbedJson {
  title?: string;
  description?: string;
  [key: string]: Json;
}

/** One message of a digest: what it shows, and of which papers. */
export interface EmbedPage {
  readonly embeds: readonly EmbedJson[];
  readonly entries: readonly DigestEntry[];
}

export interface Card {
  readonly entry: DigestEntry;
  readonly embed: EmbedJson;
}

export interface Line {
  readonly entry: DigestEntry;
  readonly text: string;
}

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const EMBEDS = 10;
const MESSAGE_LENGTH = 6000;
const DESCRIPTION_LENGTH = 4096;
/** Five menus of 25. */
const PAPERS = 125;

interface OpenPage {
  embeds: EmbedJson[];
  entries: DigestEntry[];
  length: number;
}

/** The cards in order, then the lines, in as few messages as they fit. */
export function packEmbeds(cards: readonly Card[], lines: readonly Line[]): readonly EmbedPage[] {
  const pages: OpenPage[] = [];
  for (const { entry, embed } of cards) addEmbed(pages, entry, embed);
  let last: EmbedJson | undefined;
  for (const line of lines) last = addLine(pages, line, last);
  return pages;
}

function addEmbed(pages: OpenPage[], entry: DigestEntry, embed: EmbedJson): void {
  const page = pageWithRoom(pages, measureEmbed(embed), true);
  page.embeds.push(embed);
  page.entries.push(entry);
  page.length += measureEmbed(embed);
}

/** Adds to the embed of lines before it where that has room; returns the one that was added to. */
function addLine(pages: OpenPage[], { entry, text }: Line, last: EmbedJson | undefined): EmbedJson {
  const before = last?.description ?? '';
  const needsEmbed = last === undefined || before.length + 1 + text.length > DESCRIPTION_LENGTH;
  const page = pageWithRoom(pages, text.length + 1, needsEmbed);
  page.entries.push(entry);
  page.length += text.length + 1;
  if (last !== undefined && !needsEmbed && page.embeds.at(-1) === last) {
    last.description = `${before}\n${text}`;
    return last;
  }
  const embed: EmbedJson = { description: text };
  page.embeds.push(embed);
  return embed;
}

function pageWithRoom(pages: OpenPage[], length: number, needsEmbed: boolean): OpenPage {
  const page = pages.at(-1);
  const hasRoom =
    page !== undefined &&
    page.length + length <= MESSAGE_LENGTH &&
    page.entries.length < PAPERS &&
    (!needsEmbed || page.embeds.length < EMBEDS);
  if (hasRoom) return page;
  const fresh: OpenPage = { embeds: [], entries: [], length: 0 };
  pages.push(fresh);
  return fresh;
}

function measureEmbed({ title = '', description = '' }: EmbedJson): number {
  return title.length + description.length;
}
