import type { CodeRepository, Paper } from '../../papers/paper.ts';
import type { PickedPaper } from '../../topics/paper-search.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../texts/texts.ts';
import { cutWithin, escapeWithin, oneLine, withoutBrackets } from './escape-markdown.ts';

const SHORTEST_SENTENCE = 80;

/** The page of a paper on Hugging Face. */
export function paperUrl(id: string): string {
  return `https://huggingface.co/papers/${encodeURIComponent(id.slice(0, 20))}`;
}

/** Its title as a link; `limit` is of the title alone, in UTF-16 code units. */
export function buildTitleLink({ id, title }: Pick<Paper, 'id' | 'title'>, limit: number): string {
  return `[${escapeWithin(withoutBrackets(oneLine(title)), limit) || id}](${paperUrl(id)})`;
}

/** What it is about, in at most `limit` characters: Hugging Face's summary, else how the abstract begins. */
export function summarise({ summary, abstract }: Paper, limit: number): string {
  if (summary?.trim()) return escapeWithin(oneLine(summary), limit);
  const text = oneLine(abstract);
  const sentences = text.slice(0, limit).match(/^.*[.!?](?=\s[A-Z])/u)?.[0];
  const isEnough = sentences !== undefined && sentences.length > SHORTEST_SENTENCE;
  return escapeWithin(isEnough ? sentences : text, limit);
}

/** The organization and the first authors; of three at most 250 characters. */
export function describeAuthors({ organization, authors }: Paper, { papers }: Texts, most = 3): string {
  const shown = authors.slice(0, most).map((name) => escapeWithin(oneLine(name), 34));
  const more = authors.length - shown.length;
  const names = more > 0 ? papers.andMore(shown.join(', '), more) : shown.join(', ');
  return joinFacts([organization && escapeWithin(oneLine(organization.name), 80), names]);
}

/** The organization, else the first author; at most 60 characters. */
export function describeOrigin({ organization, authors: [first = '', ...others] }: Paper, { papers }: Texts) {
  if (organization !== undefined) return escapeWithin(oneLine(organization.name), 50);
  const name = escapeWithin(oneLine(first), 40);
  return others.length > 0 ? papers.andOthers(name) : name;
}

/** Votes, comments, code, and how many models, datasets and Spaces name it, as far as there are any. */
export function describeFacts(paper: Paper, texts: Texts): string {
  const { links } = paper;
  const counts = (['models', 'datasets', 'spaces'] as const).map(
    (kind) => links && texts.papers.linkedCount[kind](links[kind].count),
  );
  return joinFacts([describeInterest(paper, texts), ...counts]);
}

/** Votes, comments and code, as far as there are any. */
export function describeInterest({ upvotes, comments, code }: Paper, texts: Texts): string {
  const { papers } = texts;
  return joinFacts([papers.votes(upvotes), papers.comments(comments), code && codeLink(code, 200, texts)]);
}

/** Names of topics, in italics, of at most `limit` characters; empty without any. */
export function describeTopics(topics: readonly string[], limit: number): string {
  return topics.length === 0 ? '' : `*${escapeWithin(topics.map(oneLine).join(' · '), limit - 2)}*`;
}

export function joinFacts(facts: readonly (string | undefined)[]): string {
  return facts.filter((fact) => fact !== undefined && fact !== '').join(' · ');
}

/** A link to the code with its stars; undefined where the address is not for the web or is over `limit`. */
export function codeLink(
  { url, stars = 0 }: CodeRepository,
  limit: number,
  { papers }: Texts,
): string | undefined {
  const href = webAddress(url);
  const safe = href?.replace(/[()<>\\\s*_~`|[\]@]/g, (found) => {
    return `%${found.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  const plain = safe?.replaceAll('%5F', '_');
  if (plain === undefined || plain.length > limit) return undefined;
  return `[${papers.code}](${plain}) ${papers.stars(stars)}`.trimEnd();
}

/** As Discord takes it for links; undefined for anything but http and https. */
export function webAddress(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, href } = new URL(url);
  return /^https?:$/.test(protocol) ? href : undefined;
}

const LONGEST_MEDIA_URL = 2048;
/** Pictures of nothing but the title, which Hugging Face draws for each paper. */
const TITLE_PICTURES = 'https://cdn-thumbnails.huggingface.co/social-thumbnails/';

/** A picture that somebody made for the paper. */
export function findPicture({ imageUrl }: Paper): string | undefined {
  const href = webAddress(imageUrl);
  const isUsable = href?.startsWith('https:') === true && href.length <= LONGEST_MEDIA_URL;
  return isUsable && !href.startsWith(TITLE_PICTURES) ? href : undefined;
}

const TITLE = 50;

/** What stands with a pick in a digest in place of a topic; not escaped, like the names of topics. */
export function labelPick(_pick: PickedPaper, liked: Pick<Paper, 'title'> | undefined): string {
  const { forYou } = textsFor(DEFAULT_LOCALE);
  return liked === undefined ? forYou.labelAlone : forYou.label(cutWithin(oneLine(liked.title), TITLE));
}
