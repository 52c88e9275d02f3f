import type { Paper } from '../../papers/paper.ts';
import type { Texts } from '../texts/texts.ts';
import {
  buildButtons,
  buildLinkButton,
  buildSection,
  buildText,
  type LinkButton,
  type PressButton,
  type Row,
  type Section,
  type Text,
} from './components.ts';
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
/** https://docs.discord.com/developers/components/reference#button */
const BUTTON_URL = 512;

interface CardOptions {
  /** Before the title. */
  readonly number?: number;
  /** Names of the topics that it matched. */
  readonly topics?: readonly string[];
}

/** A paper as a part of Components V2, for a message or a box, with its picture beside it; about 950 characters. */
export function buildCard(
  paper: Paper,
  texts: Texts,
  { number, topics = [] }: CardOptions = {},
): Text | Section {
  return buildCardPart(numberCard(buildCardText(paper, texts, { topics }), number), findPicture(paper));
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
