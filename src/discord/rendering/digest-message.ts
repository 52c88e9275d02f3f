import { ComponentType, MessageFlags } from 'discord.js';
import type { PlannedStep } from '../../digest/delivery.ts';
import type { Digest, DigestEntry } from '../../digest/digest.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import type { Texts } from '../texts/texts.ts';
import type { EmbedPage } from './pack-embeds.ts';
import { oneLine } from './one-line.ts';
import { buildPaperLine, paperUrl } from './paper-line.ts';
import { rememberByPaper } from './remember-by-paper.ts';
import { cutWithin, escapeWithin } from './truncate.ts';

/** One message of a digest, by the index of its step. */
export interface DigestMessage {
  readonly digest: Digest;
  readonly texts: Texts;
  /** The papers that the whole digest shows, which its heading counts. */
  readonly shown: readonly DigestEntry[];
  readonly page: EmbedPage;
  readonly index: number;
}

const CONTENT_LENGTH = 2000;
const MENU_OPTIONS = 25;
const LABEL_LENGTH = 100;
/** What "[](https://huggingface.co/papers/…)" and a bullet take around a title, generously. */
const LINK_LENGTH = 60;
const SHORTEST_TITLE = 24;

/** The first one has the heading, and mentions the role where the digest may. */
export function buildMessageStep(message: DigestMessage): PlannedStep {
  const { digest, texts, page, index } = message;
  const isFirst = index === 0;
  const role = isFirst && digest.mention ? digest.destination.mention : undefined;
  const mention = role === undefined ? '' : `<@&${role}> `;
  const heading = isFirst ? `${mention}${buildHeading(message.shown, texts)}` : '';
  return {
    kind: 'message',
    payload: {
      allowed_mentions: role === undefined ? { parse: [] } : { parse: [], roles: [role] },
      components: buildMenus(message),
      ...(isFirst ? { content: heading } : {}),
      embeds: page.embeds,
    },
    plainPayload: {
      content: buildPlainContent(heading, page.entries, texts),
      flags: MessageFlags.SuppressEmbeds,
    },
    paperIds: page.entries.map(({ paper }) => paper.id),
    ...(role === undefined ? {} : { mention: true }),
  };
}

/** The name of a thread or post about one paper. */
export function buildThreadName({ paper }: DigestEntry): string {
  return cutWithin(oneLine(paper.title), LABEL_LENGTH) || paper.id;
}

export function newestDay(entries: readonly DigestEntry[]): string {
  return entries.reduce((latest, { paper }) => (paper.listDay > latest ? paper.listDay : latest), '');
}

/** Such as "Tue 9 June · 23 papers, 9 from Mon 8 June". */
function buildHeading(entries: readonly DigestEntry[], { papers }: Texts): string {
  const days = entries.map(({ paper }) => paper.listDay);
  const newest = newestDay(entries);
  const earlier = days.filter((day) => day !== newest);
  const [day] = earlier;
  const heading = papers.digest(newest, entries.length);
  if (day === undefined) return heading;
  const isOneDay = earlier.every((other) => other === day);
  const rest = isOneDay ? papers.fromDay(earlier.length, day) : papers.fromEarlierDays(earlier.length);
  return heading + rest;
}

const buildOption = rememberByPaper(({ id, title, upvotes }, { papers }) => {
  const description = papers.upvotes(upvotes);
  const option = { label: cutWithin(title, LABEL_LENGTH) || id, value: id };
  return description === '' ? option : { ...option, description };
});

/** Their ids carry the delivery and the step, by which a message of unknown fate is found again. */
function buildMenus({ digest, texts, index, page: { entries } }: DigestMessage) {
  const count = Math.ceil(entries.length / MENU_OPTIONS);
  return Array.from({ length: count }, (_, menu) => {
    const first = menu * MENU_OPTIONS;
    const options = entries.slice(first, first + MENU_OPTIONS).map(({ paper }) => buildOption(paper, texts));
    const placeholder =
      count === 1 ? texts.papers.openPaper : texts.papers.openPaperOf(first + 1, first + options.length);
    const custom_id = encodeCustomId('card', digest.id, index, menu);
    const select = { type: ComponentType.StringSelect, custom_id, placeholder, options };
    return { type: ComponentType.ActionRow, components: [select] };
  });
}

const buildPlainLine = rememberByPaper((paper, texts) => buildPaperLine(paper, texts));

/** A line for each paper; the more papers, the less of each title, and no links where they do not fit. */
function buildPlainContent(heading: string, entries: readonly DigestEntry[], texts: Texts): string {
  const start = heading === '' ? [] : [heading];
  const full = [...start, ...entries.map(({ paper }) => buildPlainLine(paper, texts))].join('\n');
  if (full.length <= CONTENT_LENGTH) return full;

  const budget = Math.floor((CONTENT_LENGTH - heading.length) / entries.length) - 1;
  const hasLinks = budget - LINK_LENGTH >= SHORTEST_TITLE;
  const lines = entries.map(({ paper }) => {
    const title = escapeWithin(paper.title || paper.id, hasLinks ? budget - LINK_LENGTH : budget);
    return hasLinks ? `[${title}](${paperUrl(paper.id)})` : title;
  });
  return [...start, ...lines].join('\n');
}
