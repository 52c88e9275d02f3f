import type { Paper } from '../../papers/paper.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import type { Texts } from '../texts/texts.ts';
import {
  buildButtons,
  buildGallery,
  buildLinkButton,
  buildPressButton,
  buildSection,
  buildSeparator,
  buildText,
  buildThumbnail,
  type Gallery,
  type LinkButton,
  type PressButton,
  type Row,
  type Section,
  type Separator,
  type Text,
} from './components.ts';
import {
  buildTitleLink,
  describeAuthors,
  describeFacts,
  describeTopics,
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

/** One of several cards of a box. */
export interface CardAmongOthers {
  readonly id: string;
  /** About 950 characters. */
  readonly text: string;
  readonly picture: string | undefined;
}

/**
 * Cards with a line between them, each with a button that saves its paper. That takes the place of a picture beside it,
 * so the first picture is shown below its card: it is the one that fits among the 40 components of a message.
 */
export function buildCards(
  cards: readonly CardAmongOthers[],
  texts: Texts,
): (Section | Gallery | Separator)[] {
  const pictured = cards.find(({ picture }) => picture !== undefined);
  return cards.flatMap((card, index) => [
    ...(index === 0 ? [] : [buildSeparator()]),
    buildSection(card.text, buildSaveButton(card.id, texts)),
    ...(card === pictured && card.picture !== undefined ? [buildGallery(card.picture)] : []),
  ]);
}

/** A card without others, with its picture beside it; its buttons stand below. */
export function buildLoneCard(text: string, picture: string | undefined): Text | Section {
  return picture === undefined ? buildText(text) : buildSection(text, buildThumbnail(picture));
}

/** Saves the paper for whoever presses it. */
export function buildSaveButton(id: string, { library }: Texts): PressButton {
  return buildPressButton(library.save, encodeCustomId('save', id));
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
