import { ComponentType, MessageFlags } from 'discord.js';
import type { Json, PlannedStep } from '../../delivery/delivery.ts';
import type { DigestEntry } from '../../digest/digest.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import type { Texts } from '../texts/texts.ts';
import { cutWithin, escapeWithin, oneLine } from './escape-markdown.ts';
import type { EmbedPage } from './pack-embeds.ts';
import { buildPaperLine, paperUrl } from './paper-card.ts';
import { rememberByPaper } from './remember-by-paper.ts';

/** One message of a delivery. */
interface DigestMessage {
  readonly deliveryId: string;
  readonly texts: Texts;
  /** The number of its step. */
  readonly n: number;
  readonly page: EmbedPage;
  /** Undefined for all but the first message of a digest. */
  readonly heading?: string | undefined;
}

/** Discord takes 2,000 characters; the mention of a role may come before them when it is sent. */
const CONTENT_LENGTH = 2000 - '<@&12345678901234567890> '.length;
const MENU_OPTIONS = 25;
const LABEL_LENGTH = 100;
/** What "[](https://huggingface.co/papers/…)" and a bullet take around a title, generously. */
const LINK_LENGTH = 60;
const SHORTEST_TITLE = 24;

/** Whom it mentions is settled when it is sent. */
export function buildMessageStep(message: DigestMessage): PlannedStep {
  const { n, page, heading, texts } = message;
  return {
    n,
    kind: 'message',
    papers: page.entries.map(({ paper }) => paper.id),
    payload: {
      components: buildMenus(message),
      ...(heading === undefined ? {} : { content: heading }),
      embeds: page.embeds,
    },
    plain: {
      content: buildPlainContent(heading, page.entries, texts),
      flags: MessageFlags.SuppressEmbeds,
    },
  };
}

/** For a paper that the archive has no more: its link, and the menu by which the message is found again. */
export function buildLinkStep(
  { deliveryId, n, texts }: Pick<DigestMessage, 'deliveryId' | 'n' | 'texts'>,
  paperId: string,
): PlannedStep {
  const option = { label: paperId, value: paperId };
  return {
    n,
    kind: 'message',
    papers: [paperId],
    payload: {
      components: [buildMenu(encodeCustomId('card', deliveryId, n, 0), texts.papers.openPaper, [option])],
      content: `[${paperId}](${paperUrl(paperId)})`,
      flags: MessageFlags.SuppressEmbeds,
    },
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
export function buildHeading(entries: readonly DigestEntry[], { papers }: Texts): string {
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

/** Their ids carry the delivery and the step, by which a message is found again whose answer was lost. */
function buildMenus({ deliveryId, n, texts, page: { entries } }: DigestMessage) {
  const count = Math.ceil(entries.length / MENU_OPTIONS);
  return Array.from({ length: count }, (_, menu) => {
    const first = menu * MENU_OPTIONS;
    const options = entries.slice(first, first + MENU_OPTIONS).map(({ paper }) => buildOption(paper, texts));
    const placeholder =
      count === 1 ? texts.papers.openPaper : texts.papers.openPaperOf(first + 1, first + options.length);
    return buildMenu(encodeCustomId('card', deliveryId, n, menu), placeholder, options);
  });
}

function buildMenu(customId: string, placeholder: string, options: readonly Json[]) {
  const select = { type: ComponentType.StringSelect, custom_id: customId, placeholder, options };
  return { type: ComponentType.ActionRow, components: [select] };
}

const buildPlainLine = rememberByPaper((paper, texts) => buildPaperLine(paper, texts));

/** A line for each paper; the more papers, the less of each title, and no links where they do not fit. */
function buildPlainContent(
  heading: string | undefined,
  entries: readonly DigestEntry[],
  texts: Texts,
): string {
  const start = heading === undefined ? [] : [heading];
  const full = [...start, ...entries.map(({ paper }) => buildPlainLine(paper, texts))].join('\n');
  if (full.length <= CONTENT_LENGTH) return full;

  const budget = Math.floor((CONTENT_LENGTH - (heading ?? '').length) / entries.length) - 1;
  const hasLinks = budget - LINK_LENGTH >= SHORTEST_TITLE;
  const lines = entries.map(({ paper }) => {
    const title = escapeWithin(paper.title || paper.id, hasLinks ? budget - LINK_LENGTH : budget);
    return hasLinks ? `[${title}](${paperUrl(paper.id)})` : title;
  });
  return [...start, ...lines].join('\n');
}
