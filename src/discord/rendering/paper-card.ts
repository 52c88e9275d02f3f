import type { APIEmbed } from 'discord.js';
import type { Paper } from '../../papers/paper.ts';
import type { Texts } from '../texts/texts.ts';
import { oneLine } from './one-line.ts';
import { buildTopicsText, codeLink, paperUrl } from './paper-line.ts';
import { escapeWithin } from './truncate.ts';

/** Hugging Face's yellow. */
export const COLOUR = 0xffd21e;
const SUMMARY = 280;
const ABSTRACT = 3500;

export interface PaperEmbedOptions {
  readonly topics?: readonly string[];
  /** The whole abstract and a large image. */
  readonly full?: boolean;
}

export function buildPaperEmbed(paper: Paper, texts: Texts, options: PaperEmbedOptions = {}): APIEmbed {
  const body = options.full
    ? escapeWithin(oneLine(paper.abstract), ABSTRACT)
    : escapeWithin(summaryOf(paper), SUMMARY);
  const image = imageOf(paper.imageUrl);
  return {
    title: escapeWithin(oneLine(paper.title), 250) || texts.papers.untitled,
    url: paperUrl(paper.id),
    color: COLOUR,
    description: [byline(paper, texts), body, facts(paper, texts), topicsLine(options.topics)]
      .filter((line) => line !== '')
      .join('\n'),
    ...(image && (options.full ? { image } : { thumbnail: image })),
  };
}

function summaryOf({ summary, abstract }: Paper): string {
  if (summary?.trim()) return oneLine(summary);
  const text = oneLine(abstract);
  const sentences = text.slice(0, SUMMARY).match(/^.*[.!?](?=\s[A-Z])/u)?.[0];
  return sentences !== undefined && sentences.length > 80 ? sentences : text;
}

function byline({ organization, authors }: Paper, { papers }: Texts): string {
  if (organization) return escapeWithin(oneLine(organization.name), 120);
  const shown = authors.slice(0, 3).map((name) => escapeWithin(oneLine(name), 34));
  const more = authors.length - shown.length;
  const names = shown.join(', ');
  return more > 0 ? papers.andMore(names, more) : names;
}

function facts({ upvotes, comments, code }: Paper, texts: Texts): string {
  const { papers } = texts;
  const link = (code && codeLink(code, 200, texts)) ?? '';
  return [papers.votes(upvotes), papers.comments(comments), link].filter((fact) => fact !== '').join(' · ');
}

function topicsLine(topics: readonly string[] = []): string {
  return topics.length === 0 ? '' : buildTopicsText(topics, 120);
}

function imageOf(url: string): { url: string } | undefined {
  if (!URL.canParse(url) || url.length > 2000) return undefined;
  const { protocol, href } = new URL(url);
  return protocol === 'https:' && href.length <= 2048 ? { url: href } : undefined;
}
