import type { Paper } from '../../papers/paper.ts';
import type { Texts } from '../texts/texts.ts';
import {
  buildButtons,
  buildGallery,
  buildLinkButton,
  buildSection,
  buildText,
  type Gallery,
  type LinkButton,
  type PressButton,
  type Row,
  type Section,
  type Text,
} from './components.ts';
import { escapeWithin, oneLine } from './escape-markdown.ts';
import {
  buildTitleLink,
  describeAuthors,
  describeFacts,
  describeTopics,
  findPicture,
  joinFacts,
  paperUrl,
  summarise,
  webAddress,
} from './paper-texts.ts';

const TITLE = 230;
const TOPICS = 120;
const SUMMARY = 280;
const ABSTRACT = 2500;
/** https://docs.discord.com/developers/components/reference#button */
const BUTTON_URL = 512;

interface CardOptions {
  /** Before the title. */
  readonly number?: number;
  /** Names of the topics that it matched. */
  readonly topics?: readonly string[];
  /** With its days, the whole abstract and a large picture; otherwise the summary and a small one. */
  readonly full?: boolean;
}

/**
 * A paper as parts of Components V2, for a message or a box: its text, beside or above its picture. Full, at most
 * about 3,300 characters in two parts; otherwise about 900 characters in three.
 */
export function buildCard(
  paper: Paper,
  texts: Texts,
  options: CardOptions = {},
): (Text | Section | Gallery)[] {
  const { number, topics = [], full = false } = options;
  const picture = findPicture(paper);
  if (!full) return [buildCardPart(numberCard(buildCardText(paper, texts, { topics }), number), picture)];
  const title = `## ${buildTitleLink(paper, TITLE)}`;
  const days = texts.papers.days(paper.publishedOn, paper.listDay);
  const text = joinLines([
    title,
    describeAuthors(paper, texts),
    joinFacts([describeFacts(paper, texts), describeTopics(topics, TOPICS)]),
    `-# ${days}`,
    escapeWithin(oneLine(paper.abstract), ABSTRACT),
  ]);
  return [buildText(text), ...(picture === undefined ? [] : [buildGallery(picture)])];
}

/** The text of a card with its picture beside it, if it has one. */
export function buildCardPart(text: string, picture: string | undefined): Text | Section {
  return picture === undefined ? buildText(text) : buildSection(text, picture);
}

/** The number goes into the bold title. */
export function numberCard(text: string, number: number | undefined): string {
  return number === undefined ? text : text.replace(/^\*\*/u, `**${number}. `);
}

/** Its title in bold, who wrote it, what it is about, and the facts. */
export function buildCardText(
  paper: Paper,
  texts: Texts,
  { topics = [], summary = SUMMARY }: { readonly topics?: readonly string[]; readonly summary?: number } = {},
): string {
  return joinLines([
    `**${buildTitleLink(paper, TITLE)}**`,
    small(describeAuthors(paper, texts)),
    summarise(paper, summary),
    small(joinFacts([describeFacts(paper, texts), describeTopics(topics, TOPICS)])),
  ]);
}

/** Where a paper is to be read, and what the bot itself offers before that: a row of five buttons at most. */
export function buildCardButtons(
  paper: Pick<Paper, 'id' | 'code'>,
  { papers }: Texts,
  own: readonly PressButton[] = [],
): Row {
  const { id, code } = paper;
  const codeUrl = code && webAddress(code.url);
  const links: LinkButton[] = [
    buildLinkButton(papers.huggingFace, paperUrl(id)),
    buildLinkButton(papers.arxiv, `https://arxiv.org/abs/${id}`),
    buildLinkButton(papers.pdf, `https://arxiv.org/pdf/${id}`),
    ...(codeUrl && codeUrl.length <= BUTTON_URL ? [buildLinkButton(papers.codeButton, codeUrl)] : []),
  ];
  return buildButtons([...own, ...links].slice(0, 5));
}

function small(text: string): string {
  return text === '' ? '' : `-# ${text}`;
}

function joinLines(lines: readonly string[]): string {
  return lines.filter((line) => line !== '').join('\n');
}
