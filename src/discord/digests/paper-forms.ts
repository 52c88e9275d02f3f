import type { Json } from '../../delivery/delivery.ts';
import type { DigestEntry } from '../../digest/choose.ts';
import type { Paper } from '../../papers/paper.ts';
import type { MenuOption } from '../rendering/components.ts';
import { cutWithin, oneLine } from '../rendering/escape-markdown.ts';
import { buildCardText } from '../rendering/paper-card.ts';
import { buildPaperEmbed } from '../rendering/paper-embed.ts';
import { buildBareItem, buildPaperItem, buildPaperLine } from '../rendering/paper-line.ts';
import type { Texts } from '../texts/texts.ts';
import type { DigestView } from './schema.ts';

/** Of one paper, for each combination of topics that was asked for. */
const COMBINATIONS_KEPT = 100;

type Render<T> = (paper: Paper, texts: Texts, topics?: readonly string[]) => T;

/**
 * Remembers what was made of a paper for as long as that paper itself is in use: most destinations get the same papers
 * with the same topics and in the same language, at the same time. What is made must not be changed.
 */
export function rememberByPaper<T extends object | string>(render: Render<T>): Render<T> {
  const made = new WeakMap<Paper, Map<string, T>>();
  return (paper, texts, topics = []) => {
    const ofPaper = made.get(paper) ?? new Map<string, T>();
    made.set(paper, ofPaper);
    const key = [texts.language, ...topics].join('\n');
    const known = ofPaper.get(key);
    if (known !== undefined) return known;
    const fresh = render(paper, texts, topics);
    if (ofPaper.size < COMBINATIONS_KEPT) ofPaper.set(key, fresh);
    return fresh;
  };
}

type EmbedJson = { title: string; description: string; [key: string]: Json };

const LABEL_LENGTH = 100;

const renderCard = (summary: number) =>
  rememberByPaper((paper, texts, topics = []) => buildCardText(paper, texts, { topics, summary }));
const renderItem = rememberByPaper(buildPaperItem);
const renderBare = rememberByPaper(buildBareItem);
const renderBareCard = rememberByPaper((paper, texts) => {
  const [title, ...facts] = renderBare(paper, texts).split('\n');
  return [`**${title}**`, ...facts].join('\n');
});

/** A paper as a card, and in a list. */
export interface Forms {
  readonly card: typeof renderItem;
  readonly item: typeof renderItem;
}

const PLANNED = { card: renderCard(150), item: renderItem } satisfies Forms;

/**
 * What a message says of its papers, from the most on. Messages are planned so that the fourth fits; what comes to be
 * known of the papers later may need the ones after it. In the last one, 25 papers always fit.
 */
export const FORMS: readonly [Forms, ...Forms[]] = [
  { card: renderCard(280), item: renderItem },
  { card: renderCard(230), item: renderItem },
  { card: renderCard(190), item: renderItem },
  PLANNED,
  { card: renderCard(0), item: renderBare },
  { card: renderBareCard, item: renderBare },
];
/** A paper as an embed, as a line, and in a menu. */
export const renderEmbed = rememberByPaper((paper, texts, topics = []) => {
  const embed: EmbedJson = JSON.parse(JSON.stringify(buildPaperEmbed(paper, texts, { topics })));
  return embed;
});
export const renderLine = rememberByPaper(buildPaperLine);
export const renderOption = rememberByPaper(({ id, title, upvotes }, { papers }) => {
  const description = papers.upvotes(upvotes);
  const option: MenuOption = { label: cutWithin(oneLine(title), LABEL_LENGTH) || id, value: id };
  return description === '' ? option : { ...option, description };
});

/** All that a message says of a paper, and the least that it is planned with. */
export function measureForms(
  { paper, topics }: DigestEntry,
  { look, form }: { readonly look: DigestView['look']; readonly form: 'card' | 'line' },
  texts: Texts,
): { readonly text: string; readonly shortText: string } {
  if (look === 'layout' && form === 'card') {
    const [{ card }] = FORMS;
    return { text: card(paper, texts, topics), shortText: PLANNED.card(paper, texts, topics) };
  }
  const render = form === 'card' ? renderEmbedText : renderItem;
  const text = render(paper, texts, topics);
  return { text, shortText: text };
}

function renderEmbedText(...given: Parameters<typeof renderEmbed>): string {
  const { title, description } = renderEmbed(...given);
  return `${title}\n${description}`;
}
