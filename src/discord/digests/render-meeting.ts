import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js';
import type { Json } from '../../delivery/delivery.ts';
import type { Paper } from '../../papers/paper.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import {
  buildBox,
  buildButtons,
  buildLinkButton,
  buildMenuRow,
  buildPressButton,
  buildSeparator,
  buildText,
  type BoxPart,
} from '../rendering/components.ts';
import { cutWithin, escapeWithin, oneLine } from '../rendering/escape-markdown.ts';
import { buildCardText, buildSaveButton } from '../rendering/paper-card.ts';
import { buildBareItem, buildPaperItem } from '../rendering/paper-line.ts';
import { buildTitleLink, paperUrl } from '../rendering/paper-texts.ts';
import type { Texts } from '../texts/texts.ts';
import type { ChosenView, EventView, NomineesView, NothingView, PollView, ReminderView } from './schema.ts';

/** https://docs.discord.com/developers/resources/poll#poll-media-object */
const ANSWER = 55;
const LABEL = 100;
const TITLE = 200;
const EVENT_NAME = 100;
const EVENT_TITLE = 300;
/** A message takes 10,170 bytes; ten papers in full can be more. */
const LIST_BYTES = 8_000;
const BUTTONS_IN_ROW = 5;

/** What there is to choose from, with who wrote it and how it is voted on. */
export function renderNominees(view: NomineesView, papers: readonly Paper[], texts: Texts): Json {
  const { deliveryId, n, meetingId, hours = 0, closesAt, startsAt } = view;
  const { reading } = texts;
  const full = papers.map((paper) => buildPaperItem(paper, texts));
  const isLong = Buffer.byteLength(full.join('')) > LIST_BYTES;
  const items = isLong ? papers.map((paper) => buildBareItem(paper, texts)) : full;
  const votes = papers.map(({ id }, at) =>
    buildPressButton(String(at + 1), encodeCustomId('reading-vote', meetingId, id)),
  );
  const rows = [0, BUTTONS_IN_ROW].map((from) => votes.slice(from, from + BUTTONS_IN_ROW));
  const how = closesAt === undefined ? reading.byPoll(hours) : reading.byButtons(closesAt);
  const box = buildBox([
    buildText(
      [
        `### ${reading.question}`,
        how,
        ...(startsAt === undefined ? [] : [reading.meetingAt(startsAt)]),
        `-# ${reading.rule}`,
      ].join('\n'),
    ),
    buildSeparator(),
    ...items.map((item, at) => buildText(`**${at + 1}.** ${item}`)),
    buildMenuRow({
      custom_id: encodeCustomId('card', deliveryId, n, 'menu'),
      placeholder: reading.openPaper,
      options: papers.map((paper) => ({ label: labelOf(paper, LABEL), value: paper.id })),
    }),
    ...(closesAt === undefined ? [] : rows.filter((row) => row.length > 0).map(buildButtons)),
  ]);
  return { flags: MessageFlags.IsComponentsV2, components: [box] };
}

/** Discord takes nothing else beside it. */
export function renderPoll({ hours }: PollView, papers: readonly Paper[], { reading }: Texts): Json {
  return {
    poll: {
      question: { text: reading.question },
      answers: papers.map((paper) => ({ poll_media: { text: labelOf(paper, ANSWER) } })),
      duration: hours,
      allow_multiselect: false,
      layout_type: 1,
    },
  };
}

/** The card of the paper that is read next; the thread of this message is where it is discussed. */
export function renderChosen(view: ChosenView, paper: Paper, texts: Texts): Json {
  const { deliveryId, n, paperId, startsAt, presenterId = '' } = view;
  const { reading, papers } = texts;
  const parts: BoxPart[] = [
    buildText(`### ${reading.weRead}\n${describeChoice(view, texts)}`),
    buildSeparator(),
    buildText(buildCardText(paper, texts)),
    buildSeparator(),
    buildText(
      [
        ...(startsAt === undefined ? [] : [reading.meetingAt(startsAt)]),
        ...(presenterId === '' ? [] : [reading.presents(presenterId)]),
        `-# ${reading.discuss}`,
      ].join('\n'),
    ),
    buildButtons([
      buildPressButton(reading.details, encodeCustomId('card', deliveryId, n, paperId)),
      buildSaveButton(paperId, texts),
      buildLinkButton(papers.huggingFace, paperUrl(paperId)),
    ]),
  ];
  return { flags: MessageFlags.IsComponentsV2, components: [buildBox(parts)] };
}

function describeChoice({ how, votes = 0, total = 0 }: ChosenView, { reading }: Texts): string {
  return how === 'poll' ? reading.how.poll(votes, total) : reading.how[how];
}

export function renderEvent(view: EventView, paper: Paper, { reading }: Texts): Json {
  const { kind: _kind, paperId, ...event } = view;
  const title = oneLine(paper.title) || paperId;
  return {
    ...event,
    name: cutWithin(reading.eventName(title), EVENT_NAME),
    description: reading.eventAbout(escapeWithin(title, EVENT_TITLE), paperUrl(paperId)),
  };
}

/** Plain text, since phones show nothing of other messages in their notifications. It pings nobody. */
export function renderReminder(view: ReminderView, paper: Paper, { reading }: Texts): Json {
  const { deliveryId, n, paperId, startsAt = 0, presenterId = '', threadId, eventLink } = view;
  const facts = [
    ...(presenterId === '' ? [] : [reading.presents(presenterId)]),
    ...(threadId === undefined ? [] : [reading.thread(threadId)]),
    ...(eventLink === undefined ? [] : [reading.event(eventLink)]),
  ];
  return {
    content: [reading.reminder(buildTitleLink(paper, TITLE), startsAt), facts.join(' ')].join('\n').trim(),
    components: rowOf(encodeCustomId('card', deliveryId, n, paperId), reading.details),
    flags: MessageFlags.SuppressEmbeds,
  };
}

export function renderNothing({ deliveryId, n, startsAt }: NothingView, { reading }: Texts): Json {
  return {
    content: reading.nothingToRead(startsAt),
    components: rowOf(encodeCustomId('reading', deliveryId, n, 'shelf'), reading.openShelf),
  };
}

function rowOf(id: string, label: string): Json {
  const button = { type: ComponentType.Button, style: ButtonStyle.Secondary, custom_id: id, label };
  return [{ type: ComponentType.ActionRow, components: [button] }];
}

/** As it is shown without Markdown. */
function labelOf({ id, title }: Paper, length: number): string {
  return cutWithin(oneLine(title), length) || id;
}
