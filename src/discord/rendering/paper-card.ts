import type { APIEmbed } from 'discord.js';
import type { CodeRepository, Paper } from '../../papers/paper.ts';
import type { Texts } from '../texts/texts.ts';
import { escapeWithin, oneLine, withoutBrackets } from './escape-markdown.ts';

/** Hugging Face's yellow. */
export const COLOUR = 0xffd21e;
const SUMMARY = 280;
const ABSTRACT = 3500;

interface PaperEmbedOptions {
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

/** The page of a paper on Hugging Face. */
export function paperUrl(id: string): string {
  return `https://huggingface.co/papers/${encodeURIComponent(id.slice(0, 20))}`;
}

const TOPICS_LENGTH = 60;

/** One line without a bullet, with the topics that it matched; at most about 310 characters. */
export function buildPaperLine(paper: Paper, texts: Texts, topics: readonly string[] = []): string {
  const title = escapeWithin(withoutBrackets(oneLine(paper.title)), 110) || texts.papers.untitled;
  const parts = [`[${title}](${paperUrl(paper.id)})`, texts.papers.votes(paper.upvotes)];
  const code = paper.code && codeLink(paper.code, 70, texts);
  const named = topics.length === 0 ? undefined : buildTopicsText(topics, TOPICS_LENGTH);
  return [...parts, code, named].filter((part) => part !== undefined && part !== '').join(' · ');
}

/** Names of topics, in italics, of at most `limit` characters. */
function buildTopicsText(topics: readonly string[], limit: number): string {
  return `*${escapeWithin(topics.map(oneLine).join(' · '), limit - 2)}*`;
}

/** A link to the code with its stars; undefined where the address is not for the web or is over `limit`. */
export function codeLink(
  { url, stars = 0 }: CodeRepository,
  limit: number,
  { papers }: Texts,
): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  const safe = href.replace(/[()<>\\\s*_~`|[\]@]/g, (found) => {
    return `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  const plain = safe.replaceAll('%5F', '_');
  if (!/^https?:$/.test(protocol) || plain.length > limit) return undefined;
  return `[${papers.code}](${plain}) ${papers.stars(stars)}`.trimEnd();
}
