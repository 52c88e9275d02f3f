import { MessageFlags } from 'discord.js';
import type { PlannedStep } from '../../delivery/delivery.ts';
import type { LayOutRoundup, Roundup } from '../../digest/roundups/gather-roundup.ts';
import type { Paper } from '../../papers/paper.ts';
import { encodeCustomId } from '../interactions/custom-id.ts';
import { buildMenuRow, type Row } from '../rendering/components.ts';
import { cutWithin, escapeWithin, oneLine } from '../rendering/escape-markdown.ts';
import { buildTitleLink, joinFacts } from '../rendering/paper-texts.ts';
import { buildTrendChart, type TrendChart } from '../rendering/trend-chart.ts';
import type { Texts } from '../texts/texts.ts';
import type { FindPaper } from './digest-message.ts';
import type { RoundupView } from './schema.ts';

/** With these the longest message has 1,900 characters. */
const TITLE = 80;
const NAME = 60;
const LABEL = 100;

/** One message, or one post; its record is kept under its key, so that its papers may have come before. */
export const layOutRoundup: LayOutRoundup = (roundup, { deliveryId, destination: { place }, key }) => {
  const isForum = place.kind === 'channel' && place.channelKind === 'forum';
  return {
    n: 0,
    kind: isForum ? 'forum-post' : 'message',
    // Nothing of it is edited later, and nothing less is left where Discord refuses it.
    form: 'plain',
    papers: [key],
    view: buildRoundupView(roundup, deliveryId),
  } satisfies PlannedStep;
};

export function buildRoundupView(roundup: Roundup, deliveryId: string): RoundupView {
  const { unit, until, papers, top, saved, growing, trends } = roundup;
  return {
    kind: 'roundup',
    deliveryId,
    n: 0,
    unit,
    until,
    papers,
    top: [...top],
    saved: saved.map((one) => ({ ...one })),
    growing: growing.map((one) => ({ ...one })),
    trends: {
      unit,
      ends: [...trends.ends],
      totals: [...trends.totals],
      topics: trends.topics.map((topic) => ({ name: topic.name, papers: [...topic.papers] })),
    },
  };
}

/** The papers that a roundup shows, each once. */
export function papersOf({ top, saved }: RoundupView): readonly string[] {
  return [...new Set([...top, ...saved.map(({ paperId }) => paperId)])];
}

/** A classic message; a type and not an interface, as those are no JSON. */
type RoundupMessage = {
  readonly content: string;
  readonly components: Row[];
  readonly flags: number;
  readonly picture?: TrendChart & { readonly name: string };
};

/** Plain text, as notifications show no other; the picture is drawn when it is sent, from its own numbers. */
export function renderRoundup(view: RoundupView, find: FindPaper, texts: Texts): RoundupMessage {
  const { roundup: words } = texts;
  const { unit, deliveryId, n } = view;
  const menu = buildMenu(view, find, texts);
  const drawn = buildTrendChart(view.trends, texts);
  const content = [
    words.heading(unit, view.until),
    ...(view.papers > 0 ? [words.papers(view.papers)] : []),
    ...section(
      words.top,
      view.top.map((id, at) => {
        const paper = find(id);
        return `${at + 1}. ${joinFacts([linkTo(id, paper), texts.papers.votes(paper?.upvotes ?? 0)])}`;
      }),
    ),
    ...section(
      words.saved,
      view.saved.map(
        ({ paperId, savers }) => `- ${linkTo(paperId, find(paperId))} · ${words.savers(savers)}`,
      ),
    ),
    ...section(
      words.growing,
      view.growing.map(
        ({ name, now, before }) => `- ${words.grew(escapeWithin(oneLine(name), NAME), unit, now, before)}`,
      ),
    ),
  ].join('\n');
  return {
    content,
    components: [
      buildMenuRow({
        custom_id: encodeCustomId('card', deliveryId, n, papersOf(view)[0] ?? ''),
        placeholder: words.open,
        options: menu,
      }),
    ],
    flags: MessageFlags.SuppressEmbeds,
    ...(drawn === undefined ? {} : { picture: { name: 'trends.png', ...drawn } }),
  };
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}

function linkTo(id: string, paper: Paper | undefined): string {
  return buildTitleLink(paper ?? { id, title: '' }, TITLE);
}

function buildMenu(view: RoundupView, find: FindPaper, { papers }: Texts) {
  return papersOf(view).map((id) => ({
    label: cutWithin(oneLine(find(id)?.title ?? ''), LABEL) || `${papers.untitled} (${id})`,
    value: id,
  }));
}
