import type { BaseInteraction } from 'discord.js';
import type {
  Control,
  ControlRequest,
  LayoutReply,
  Request,
} from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildPressButton, buildSeparator, buildText } from '../../src/discord/rendering/components.ts';
import { escapeWithin, oneLine } from '../../src/discord/rendering/escape-markdown.ts';
import { buildFullCard } from '../../src/discord/rendering/full-card.ts';
import { buildCardButtons, buildSaveButton } from '../../src/discord/rendering/paper-card.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import type { Heading } from '../../src/papers/paper-source.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { type SavedPaper, savePaper } from '../../src/papers/saved-papers.ts';
import type { CommandContext } from '../context.ts';
import { isInOwnServer } from '../parts/access.ts';
import { buildBoxReply, buildButton, buildRow } from '../parts/message-parts.ts';
import { findPaper, recallPaper, refreshPaper, SOURCE_MS } from './find-paper.ts';

/** What is opened below the card. */
const PARTS = ['none', 'abstract', 'outline'] as const;
type OpenPart = (typeof PARTS)[number];

interface PaperView {
  readonly paper: Paper;
  readonly open: OpenPart;
  /** Whose card it is; absent for one that everybody sees, without the buttons that change it. */
  readonly reader?: Reader;
}

export interface Reader {
  readonly userId: string;
  /** Whether they can nominate it where they are. */
  readonly mayNominate: boolean;
}

export function readerOf(request: Pick<Request<BaseInteraction>, 'interaction'>): Reader {
  return { userId: request.interaction.user.id, mayNominate: isInOwnServer(request) };
}

/** Discord takes 4,000 characters of a message, and about 10,170 bytes. */
const MESSAGE = { characters: 3_950, bytes: 9_500 } as const;
const ABSTRACT = 2_000;
const OUTLINE = 1_500;
const HEADING = 100;
/** Of tags and the note together. */
const KEPT = 800;
const LEAST_OPENED = 200;

/** The card that tells all of a paper, with its abstract or its outline where one is open. Raises `SourceError`. */
export async function buildPaperReply(
  { paper, open, reader }: PaperView,
  context: CommandContext,
  texts: Texts,
): Promise<LayoutReply> {
  const known = await refreshPaper(paper, context);
  const saved = reader === undefined ? undefined : await context.savedPapers.get(reader.userId, known.id);
  const facts = buildFullCard(known, texts);
  const room = Math.min(KEPT, findRoom(facts) - (open === 'none' ? 0 : LEAST_OPENED));
  const card = [...facts, ...(saved === undefined ? [] : [buildText(texts.library.kept(saved, room))])];
  const opened = await readOpenPart(known, open, { context, texts, limit: findRoom(card) });
  return buildBoxReply([
    ...card,
    ...(opened === undefined ? [] : [buildSeparator(), buildText(opened)]),
    buildSeparator(),
    ...(reader === undefined
      ? [buildCardButtons(known, texts, buildSharedButtons(known, texts))]
      : [
          buildCardButtons(known, texts, [
            buildSaveToggle(known, { open, isSaved: saved !== undefined }, texts),
          ]),
          buildActions(known, open, texts),
          ...buildMoreActions(known, { saved, reader }, texts),
        ]),
  ]);
}

/** What may be said below a card, in UTF-16 code units, of which one is three bytes at most. */
function findRoom(card: ReturnType<typeof buildFullCard>): number {
  const said = card.map((part) => ('content' in part ? part.content : '')).join('');
  const bytes = MESSAGE.bytes - Buffer.byteLength(said);
  return Math.min(MESSAGE.characters - said.length, Math.floor(bytes / 3));
}

async function readOpenPart(
  { id, abstract }: Paper,
  open: OpenPart,
  {
    context,
    texts,
    limit,
  }: { readonly context: CommandContext; readonly texts: Texts; readonly limit: number },
): Promise<string | undefined> {
  if (open === 'none' || (open === 'abstract' && abstract === '')) return undefined;
  if (open === 'abstract') return escapeWithin(oneLine(abstract), Math.min(ABSTRACT, limit));
  const headings = await context.source.outline(id, AbortSignal.timeout(SOURCE_MS));
  return headings.length === 0
    ? texts.papers.noOutline(id)
    : buildOutline(headings, Math.min(OUTLINE, limit));
}

/** As many headings as there is room for, two levels deep. */
function buildOutline(headings: readonly Heading[], limit: number): string {
  const lines: string[] = [];
  let length = 0;
  for (const { depth, text } of headings) {
    if (depth > 1) continue;
    const line = `${'  '.repeat(depth)}- ${escapeWithin(text, HEADING)}`;
    length += line.length + 1;
    if (length > limit) break;
    lines.push(line);
  }
  return lines.join('\n');
}

/** Each who presses one gets an answer of their own. */
function buildSharedButtons({ id }: Paper, texts: Texts) {
  return [buildPressButton(texts.papers.details, encodeCustomId('card', id)), buildSaveButton(id, texts)];
}

function buildSaveToggle(
  { id }: Paper,
  { open, isSaved }: { readonly open: OpenPart; readonly isSaved: boolean },
  { library }: Texts,
) {
  return isSaved
    ? buildPressButton(library.unsave, encodeCustomId('paper-save', id, open, 'off'))
    : buildPressButton(library.save, encodeCustomId('paper-save', id, open, 'on'));
}

/** What a person may write beside a paper of their own, and what they may propose to others. */
function buildMoreActions(
  { id }: Paper,
  { saved, reader }: { readonly saved: SavedPaper | undefined; readonly reader: Reader },
  texts: Texts,
) {
  const buttons = [
    ...(saved === undefined ? [] : buildNoteButtons(saved, texts)),
    ...(reader.mayNominate ? [buildButton(encodeCustomId('nominate', id), texts.reading.nominate)] : []),
  ];
  return buttons.length === 0 ? [] : [buildRow(...buttons)];
}

function buildNoteButtons({ paperId, readAt }: SavedPaper, { library }: Texts) {
  return [
    buildButton(encodeCustomId('note', paperId), library.edit),
    readAt === undefined
      ? buildButton(encodeCustomId('mark-read', paperId, 'on'), library.markRead)
      : buildButton(encodeCustomId('mark-read', paperId, 'off'), library.markUnread),
  ];
}

/** Whoever presses them has the card for themselves. */
function buildActions({ id, abstract }: Paper, open: OpenPart, texts: Texts) {
  const { papers, pages } = texts;
  const toggle = (part: 'abstract' | 'outline', label: string, hide: string) =>
    open === part
      ? buildButton(encodeCustomId('paper', id, 'none', part), hide)
      : buildButton(encodeCustomId('paper', id, part), label);
  return buildRow(
    ...(abstract === '' ? [] : [toggle('abstract', papers.abstract, papers.hideAbstract)]),
    toggle('outline', papers.outline, papers.hideOutline),
    buildButton(encodeCustomId('similar', id), papers.similar),
    buildButton(encodeCustomId('follow-paper', id), texts.follow.follow),
    buildButton(encodeCustomId('paper-show', id, open), pages.showToChannel),
  );
}

async function readView(
  request: ControlRequest,
  context: CommandContext,
  find: (id: string, context: CommandContext) => Paper | Promise<Paper> = findPaper,
): Promise<PaperView & { readonly reader: Reader }> {
  const [id = '', part = 'none'] = request.values;
  const open = PARTS.find((one) => one === part);
  if (open === undefined) throw new UserError('control-outdated', {});
  return { paper: await find(id, context), open, reader: readerOf(request) };
}

export const turnPaper: Control<CommandContext> = {
  name: 'paper',
  answer: 'update',
  execute: async (request, context) =>
    buildPaperReply(await readView(request, context), context, request.texts),
};

export const showPaper: Control<CommandContext> = {
  name: 'paper-show',
  answer: 'show',
  async execute(request, context) {
    const { paper, open } = await readView(request, context);
    return buildPaperReply({ paper, open }, context, request.texts);
  },
};

/** Saves the paper of somebody's own card, or removes it, known or not any more, and shows that on the card. */
export const toggleSaved: Control<CommandContext> = {
  name: 'paper-save',
  answer: 'update',
  async execute(request, context) {
    const { savedPapers, clock } = context;
    const [, , wish] = request.values;
    const view = await readView(request, context, wish === 'off' ? recallPaper : findPaper);
    const {
      paper,
      reader: { userId },
    } = view;
    if (wish === 'off') await savedPapers.remove(userId, paper.id);
    else await savePaper({ userId, paperId: paper.id, savedAt: clock.now() }, savedPapers);
    return buildPaperReply(view, context, request.texts);
  },
};

/** The menus below digests and lists, and the buttons of single papers. */
export const openCard: Control<CommandContext> = {
  name: 'card',
  answer: 'reply',
  async execute(request, context) {
    const { interaction, texts, values } = request;
    const id = interaction.isStringSelectMenu() ? interaction.values[0] : values.at(-1);
    const paper = await findPaper(id ?? '', context);
    return buildPaperReply({ paper, open: 'none', reader: readerOf(request) }, context, texts);
  },
};
