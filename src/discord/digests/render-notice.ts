import { ButtonStyle, ComponentType, MessageFlags } from 'discord.js';
import type { Json, PlannedStep } from '../../delivery/delivery.ts';
import { noticeKey } from '../../digest/notices/notice-key.ts';
import type { Notice } from '../../digest/notices/notice-queue.ts';
import type { PaperEvent } from '../../papers/paper-event.ts';
import type { LinkedRepositories, Paper } from '../../papers/paper.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import type { Texts } from '../texts/texts.ts';
import { escapeWithin, oneLine, withoutBrackets } from '../rendering/escape-markdown.ts';
import { paperUrl } from '../rendering/paper-texts.ts';
import type { NoticeView } from './schema.ts';

const TITLE = 200;
const NAME = 100;
const HUB = 'https://huggingface.co';

/** A message about each paper: what has come to it. */
export function layOutNotice({ deliveryId, n, paperId, events }: Notice): PlannedStep {
  const view: NoticeView = { kind: 'notice', deliveryId, n, paperId, events: [...events] };
  return {
    n,
    kind: 'message',
    form: 'plain',
    papers: events.map((event) => noticeKey(paperId, event)),
    view,
  };
}

/**
 * Plain text: phones show nothing of other messages in their notifications. The button opens the card, and its id is how
 * the message is found again.
 */
export function renderNotice(
  { deliveryId, n, paperId, events }: NoticeView,
  paper: Paper,
  texts: Texts,
): Json {
  const title = escapeWithin(withoutBrackets(oneLine(paper.title)), TITLE) || paperId;
  const lines = events.map((event) => `- ${describeEvent(event, paper, texts)}`);
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: encodeCustomId('card', deliveryId, n, paperId),
    label: texts.papers.details,
  };
  return {
    content: [texts.follow.news(`[${title}](${paperUrl(paperId)})`), ...lines].join('\n'),
    components: [{ type: ComponentType.ActionRow, components: [button] }],
    flags: MessageFlags.SuppressEmbeds,
  };
}

function describeEvent(event: PaperEvent, paper: Paper, { follow, papers }: Texts): string {
  switch (event) {
    case 'code':
      return follow.code(codeLink(paper));
    case 'model':
      return follow.model(repositoryLink(paper.links?.models, ''));
    case 'dataset':
      return follow.dataset(repositoryLink(paper.links?.datasets, 'datasets/'));
    case 'space':
      return follow.space(repositoryLink(paper.links?.spaces, 'spaces/'));
    case 'votes':
      return follow.votes(papers.votes(paper.upvotes));
  }
}

function codeLink(paper: Paper): string {
  const url = paper.code?.url ?? '';
  const { host = '', pathname = '', href = '' } = URL.canParse(url) ? new URL(url) : {};
  const name = escapeWithin(withoutBrackets(oneLine(`${host}${pathname}`)), NAME);
  return name === '' || href.length > 500 || href.includes(')') ? name : `[${name}](${href})`;
}

/** The first of them, where its name is one. */
function repositoryLink(linked: LinkedRepositories | undefined, room: '' | 'datasets/' | 'spaces/'): string {
  const [name = ''] = linked?.names ?? [];
  const isName = /^[\w.-]{1,100}(\/[\w.-]{1,100})?$/.test(name);
  return isName ? `[${escapeWithin(name, NAME)}](${HUB}/${room}${name})` : '';
}
