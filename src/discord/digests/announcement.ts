import { ButtonStyle, ComponentType } from 'discord.js';
import type { PlannedStep } from '../../delivery/delivery.ts';
import type { Digest } from '../../digest/digest.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../texts/texts.ts';
import { escapeWithin, oneLine } from '../rendering/escape-markdown.ts';

const TITLE_LENGTH = 200;

/**
 * The message that mentions a role before the papers, as step `n`. It is a classic one: Discord notifies people of
 * messages with components by an empty text.
 */
export function renderAnnouncement(
  { id, destination, entries }: Digest,
  n: number,
  { papers }: Texts = textsFor(DEFAULT_LOCALE),
): PlannedStep {
  const shown = destination.overflow === 'hide' ? entries.slice(0, destination.max) : entries;
  const [top] = shown;
  if (top === undefined) throw new RangeError('a digest without papers');
  const { paper } = top;
  const title = escapeWithin(oneLine(paper.title), TITLE_LENGTH) || papers.untitled;
  const button = {
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    custom_id: encodeCustomId('card', id, n, paper.id),
    label: papers.topPaper,
  };
  return {
    n,
    kind: 'message',
    papers: [],
    payload: {
      content: papers.announcement(title, shown.length),
      components: [{ type: ComponentType.ActionRow, components: [button] }],
    },
  };
}
