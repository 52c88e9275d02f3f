import { ButtonStyle, ComponentType } from 'discord.js';
import type { Json, PlannedStep } from '../../delivery/delivery.ts';
import type { Digest } from '../../digest/choose.ts';
import type { Paper } from '../../papers/paper.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import type { Texts } from '../texts/texts.ts';
import { escapeWithin, oneLine } from '../rendering/escape-markdown.ts';
import type { AnnouncementView } from './schema.ts';

const TITLE_LENGTH = 200;

/**
 * The message that mentions a role before the papers, as step `n`. It is a classic one: Discord notifies people of
 * messages with components by an empty text.
 */
export function layOutAnnouncement({ id, destination, entries }: Digest, n: number): PlannedStep {
  const shown = destination.overflow === 'hide' ? entries.slice(0, destination.max) : entries;
  const [top] = shown;
  if (top === undefined) throw new RangeError('a digest without papers');
  const view: AnnouncementView = {
    kind: 'announcement',
    deliveryId: id,
    n,
    papers: shown.length,
    topPaper: top.paper.id,
  };
  return { n, kind: 'message', form: 'plain', papers: [], view };
}

export function renderAnnouncement(
  { deliveryId, n, papers: count, topPaper }: AnnouncementView,
  paper: Paper,
  { papers }: Texts,
): Json {
  const title = escapeWithin(oneLine(paper.title), TITLE_LENGTH) || papers.untitled;
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: encodeCustomId('card', deliveryId, n, topPaper),
    label: papers.topPaper,
  };
  return {
    content: papers.announcement(title, count),
    components: [{ type: ComponentType.ActionRow, components: [button] }],
  };
}
