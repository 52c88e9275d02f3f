import { ComponentType, MessageFlags } from 'discord.js';
import type { Json, PlannedStep } from '../digest/delivery.ts';
import type { Digest, DigestEntry } from '../digest/digest.ts';
import { encodeCustomId } from './custom-id.ts';
import { DIGEST_TEXTS } from './digest-texts.ts';
import { type EmbedPage, packEmbeds } from './pack-embeds.ts';
import { buildPaperEmbed } from './paper-card.ts';
import { buildPaperLine, paperUrl } from './paper-line.ts';
import { escapeWithin } from './truncate.ts';

const CONTENT_LENGTH = 2000;
const MENU_OPTIONS = 25;
const LABEL_LENGTH = 100;
/** What "[](https://huggingface.co/papers/…)" and a bullet take around a title, generously. */
const LINK_LENGTH = 60;
const SHORTEST_TITLE = 24;

/** The messages of a digest, each within Discord's limits. */
export function renderDigest(digest: Digest): readonly PlannedStep[] {
  const { destination, entries } = digest;
  const shown = destination.rest === 'hide' ? entries.slice(0, destination.max) : entries;
  const hidden = entries.slice(shown.length).map(({ paper }) => paper.id);
  const cards = destination.style === 'compact' ? [] : shown.slice(0, destination.max);
  const pages = packEmbeds(
    cards.map((entry) => ({
      entry,
      embed: buildPaperEmbed(entry.paper, { topics: entry.topics, full: false }),
    })),
    shown.slice(cards.length).map((entry) => ({ entry, text: buildPaperLine(entry.paper) })),
  );
  return pages.map((page, index) => buildStep({ digest, shown, page, index, hidden }));
}

function buildStep(parts: {
  readonly digest: Digest;
  readonly shown: readonly DigestEntry[];
  readonly page: EmbedPage;
  readonly index: number;
  readonly hidden: readonly string[];
}): PlannedStep {
  const { digest, page, index } = parts;
  const isFirst = index === 0;
  const role = isFirst && digest.mention ? digest.destination.mention : undefined;
  const mention = role === undefined ? '' : `<@&${role}> `;
  const heading = isFirst ? `${mention}${buildHeading(parts.shown)}` : '';
  const common = {
    allowed_mentions: role === undefined ? { parse: [] } : { parse: [], roles: [role] },
    components: buildMenus(digest.id, index, page.entries),
  };
  const ids = page.entries.map(({ paper }) => paper.id);
  return {
    kind: 'message',
    payload: toJson({ ...common, ...(isFirst ? { content: heading } : {}), embeds: page.embeds }),
    plainPayload: toJson({
      ...common,
      content: buildPlainContent(heading, page.entries),
      flags: MessageFlags.SuppressEmbeds,
    }),
    paperIds: isFirst ? [...ids, ...parts.hidden] : ids,
  };
}

/** Such as "Tue 9 June · 23 papers, 9 of them from Mon 8 June". */
function buildHeading(entries: readonly DigestEntry[]): string {
  const days = entries.map(({ paper }) => paper.listDay);
  const newest = days.reduce((latest, day) => (day > latest ? day : latest), '');
  const earlier = days.filter((day) => day !== newest);
  const [day] = earlier;
  const heading = DIGEST_TEXTS.heading(newest, entries.length);
  if (day === undefined) return heading;
  const isOneDay = earlier.every((other) => other === day);
  const rest = isOneDay
    ? DIGEST_TEXTS.fromDay(earlier.length, day)
    : DIGEST_TEXTS.fromEarlierDays(earlier.length);
  return heading + rest;
}

/** Their ids carry the delivery and the step, by which a message of unknown fate is found again. */
function buildMenus(deliveryId: string, stepIndex: number, entries: readonly DigestEntry[]) {
  const count = Math.ceil(entries.length / MENU_OPTIONS);
  return Array.from({ length: count }, (_, menu) => {
    const first = menu * MENU_OPTIONS;
    const options = entries.slice(first, first + MENU_OPTIONS).map(({ paper }) => ({
      label: cutText(paper.title, LABEL_LENGTH) || paper.id,
      value: paper.id,
      description: DIGEST_TEXTS.upvotes(paper.upvotes),
    }));
    const placeholder =
      count === 1 ? DIGEST_TEXTS.openPaper : DIGEST_TEXTS.openPaperOf(first + 1, first + options.length);
    const custom_id = encodeCustomId('card', deliveryId, stepIndex, menu);
    const select = { type: ComponentType.StringSelect, custom_id, placeholder, options };
    return { type: ComponentType.ActionRow, components: [select] };
  });
}

/** A line for each paper; the more papers, the less of each title, and no links where they do not fit. */
function buildPlainContent(heading: string, entries: readonly DigestEntry[]): string {
  const start = heading === '' ? [] : [heading];
  const full = [...start, ...entries.map(({ paper }) => buildPaperLine(paper))].join('\n');
  if (full.length <= CONTENT_LENGTH) return full;

  const budget = Math.floor((CONTENT_LENGTH - heading.length) / entries.length) - 1;
  const hasLinks = budget - LINK_LENGTH >= SHORTEST_TITLE;
  const lines = entries.map(({ paper }) => {
    const title = escapeWithin(paper.title || paper.id, hasLinks ? budget - LINK_LENGTH : budget);
    return hasLinks ? `[${title}](${paperUrl(paper.id)})` : title;
  });
  return [...start, ...lines].join('\n');
}

function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const whole = text.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, '');
  return `${whole.trimEnd()}…`;
}

function toJson(value: unknown): Json {
  const json: Json = JSON.parse(JSON.stringify(value));
  return json;
}
