import { MessageFlags } from 'discord.js';
import type { Json } from '../../delivery/delivery.ts';
import type { Paper } from '../../papers/paper.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import type { Texts } from '../texts/texts.ts';
import {
  type Box,
  type BoxPart,
  buildBox,
  buildButtons,
  buildMenuRow,
  buildPressButton,
  buildSeparator,
  buildText,
  type Row,
} from '../rendering/components.ts';
import {
  buildCardButtons,
  buildCards,
  buildLoneCard,
  buildSaveButton,
  numberCard,
} from '../rendering/paper-card.ts';
import { FORMS, type Forms, renderEmbed, renderLine, renderOption } from './paper-forms.ts';
import { buildTitleLink, findPicture } from '../rendering/paper-texts.ts';
import type { DigestView } from './schema.ts';

/** Undefined for a paper that the archive has no more: its link is shown, and nothing else of it. */
export type FindPaper = (id: string) => Paper | undefined;

interface Shown {
  readonly id: string;
  readonly topics: readonly string[];
  readonly paper: Paper | undefined;
  readonly number: number | undefined;
}

/** A message may grow so far before its cards say less, see `packMessages`; the mention of a role may come on top. */
const LONGEST_TEXT = 3970;
const MOST_BYTES = 10_000;
const TEXT_BYTES = 12;
const LABEL_LENGTH = 100;

/**
 * A message of a digest as it is at present, in the look of its view; who is mentioned is settled when it is sent.
 * It stays within Discord's limits however its papers have changed since it was planned.
 */
export function renderDigestMessage(view: DigestView, find: FindPaper, texts: Texts): Json {
  const shown = showPapers(view, find);
  return view.look === 'embeds'
    ? buildEmbedMessage(view, shown, texts)
    : buildLayoutMessage(view, shown, texts);
}

function showPapers({ papers, firstNumber }: DigestView, find: FindPaper): readonly Shown[] {
  return papers.map(({ id, topics }, index) => ({
    id,
    topics,
    paper: find(id),
    number: firstNumber === undefined ? undefined : firstNumber + index,
  }));
}

function buildLayoutMessage(view: DigestView, shown: readonly Shown[], texts: Texts): Json {
  const [first, ...shorter] = FORMS;
  let box = buildDigestBox(view, shown, texts, first);
  for (const forms of shorter) {
    if (isWithin(box)) break;
    box = buildDigestBox(view, shown, texts, forms);
  }
  return { flags: MessageFlags.IsComponentsV2, components: [box] };
}

function buildDigestBox(view: DigestView, shown: readonly Shown[], texts: Texts, forms: Forms): Box {
  const parts: BoxPart[] = [];
  if (view.heading !== undefined) parts.push(buildText(`## ${buildHeading(view.heading, texts)}`));
  const cards = shown.slice(0, view.cards).map(({ id, topics, paper, number }) => {
    const text = paper === undefined ? `**${linkTo(id)}**` : forms.card(paper, texts, topics);
    const days = daysOf(view, paper, texts);
    const whole = days === undefined ? numberCard(text, number) : `${text}\n-# ${days}`;
    return { id, text: whole, picture: paper && findPicture(paper) };
  });
  if (parts.length > 0 && cards.length > 0) parts.push(buildSeparator());
  const [only] = cards;
  if (only !== undefined && shown.length === 1) parts.push(buildLoneCard(only.text, only.picture));
  else parts.push(...buildCards(cards, texts));
  const items = listItems(shown.slice(view.cards), forms, texts);
  if (items.length > 0) {
    if (parts.length > 0) parts.push(buildSeparator());
    parts.push(...items.map(buildText));
  }
  return buildBox([...parts, buildControls(view, shown, texts)]);
}

/** Of a card that stands alone: no heading tells its day. */
function daysOf({ heading, firstNumber }: DigestView, paper: Paper | undefined, { papers }: Texts) {
  const isAlone = heading === undefined && firstNumber === undefined;
  return isAlone && paper !== undefined ? papers.days(paper.publishedOn, paper.listDay) : undefined;
}

function listItems(shown: readonly Shown[], { item }: Forms, texts: Texts): readonly string[] {
  return shown.map(({ id, topics, paper, number }) => {
    const text = paper === undefined ? linkTo(id) : item(paper, texts, topics);
    return number === undefined ? text : `**${number}.** ${text}`;
  });
}

function linkTo(id: string): string {
  return buildTitleLink({ id, title: '' }, LABEL_LENGTH);
}

function isWithin({ components }: Box): boolean {
  const texts = components.flatMap((part) => {
    if ('content' in part) return [part.content];
    return 'accessory' in part ? part.components.map(({ content }) => content) : [];
  });
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text) + TEXT_BYTES, 0);
  return length <= LONGEST_TEXT && bytes <= MOST_BYTES;
}

/** Such as "Tue 9 June · 23 papers, 9 from Mon 8 June". */
function buildHeading(heading: NonNullable<DigestView['heading']>, { papers }: Texts): string {
  const { day, papers: count, earlier, earlierDay } = heading;
  const title = papers.digest(day, count);
  if (earlier === 0) return title;
  return (
    title + (earlierDay === undefined ? papers.fromEarlierDays(earlier) : papers.fromDay(earlier, earlierDay))
  );
}

/**
 * A menu that opens any of the papers, and for a single one a button. Their ids carry the delivery and the step, by
 * which a message is found again whose answer was lost.
 */
function buildControls({ deliveryId, n }: DigestView, shown: readonly Shown[], texts: Texts): Row {
  const [only, ...others] = shown;
  if (only !== undefined && others.length === 0) {
    const { id, paper } = only;
    const details = buildPressButton(texts.papers.details, encodeCustomId('card', deliveryId, n, id));
    const own = [details, buildSaveButton(id, texts)];
    return paper === undefined ? buildButtons(own) : buildCardButtons(paper, texts, own);
  }
  return buildMenuRow({
    custom_id: encodeCustomId('card', deliveryId, n, 0),
    placeholder: texts.papers.openPaper,
    options: shown.map(({ id, paper }) =>
      paper === undefined ? { label: id, value: id } : renderOption(paper, texts),
    ),
  });
}

/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
const DESCRIPTION_LENGTH = 4096;

/** The look for apps and bridges that show no Components V2. */
function buildEmbedMessage(view: DigestView, shown: readonly Shown[], texts: Texts): Json {
  const cards = shown.slice(0, view.cards).map(({ id, topics, paper }) => {
    if (paper === undefined) return { description: linkTo(id) };
    const days = daysOf(view, paper, texts);
    const embed = renderEmbed(paper, texts, topics);
    return days === undefined ? embed : { ...embed, footer: { text: days } };
  });
  const lists = FORMS.map((forms) => listItems(shown.slice(view.cards), forms, texts).join('\n'));
  const list = lists.find((text) => text.length <= DESCRIPTION_LENGTH) ?? '';
  return {
    ...(view.heading === undefined ? {} : { content: buildHeading(view.heading, texts) }),
    embeds: [...cards, ...(list === '' ? [] : [{ description: list }])],
    components: [buildControls(view, shown, texts)],
  };
}

/** Discord takes 2,000 characters; the mention of a role may come before them. */
const CONTENT_LENGTH = 2000 - '<@&12345678901234567890> '.length;
/** What `[](https://huggingface.co/papers/2605.30349)` takes around a title. */
const LINK_LENGTH = 46;

/** The same as plain text, for where Discord refuses the rich message: a line for each paper, and the controls. */
export function renderPlainMessage(view: DigestView, find: FindPaper, texts: Texts): Json {
  const shown = showPapers(view, find);
  const start = view.heading === undefined ? [] : [buildHeading(view.heading, texts)];
  const lines = shown.map(({ id, paper }) => (paper === undefined ? linkTo(id) : renderLine(paper, texts)));
  const full = [...start, ...lines].join('\n');
  return {
    content:
      full.length <= CONTENT_LENGTH
        ? full
        : [...start, ...shortenLines(shown, start.join().length)].join('\n'),
    flags: MessageFlags.SuppressEmbeds,
    components: [buildControls(view, shown, texts)],
  };
}

/** The more papers, the less of each title. */
function shortenLines(shown: readonly Shown[], headingLength: number): readonly string[] {
  const budget = Math.floor((CONTENT_LENGTH - headingLength) / shown.length) - 1;
  return shown.map(({ id, paper }) =>
    buildTitleLink({ id, title: paper?.title ?? '' }, budget - LINK_LENGTH),
  );
}
