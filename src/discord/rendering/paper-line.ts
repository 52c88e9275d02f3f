import type { CodeRepository, Paper } from '../../papers/paper.ts';
import type { Texts } from '../texts/texts.ts';
import { withoutBrackets } from './escape-markdown.ts';
import { oneLine } from './one-line.ts';
import { escapeWithin } from './truncate.ts';

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
export function buildTopicsText(topics: readonly string[], limit: number): string {
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
