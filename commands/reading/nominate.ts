import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  type BaseInteraction,
  InteractionContextType,
} from 'discord.js';
import type {
  Control,
  LayoutReply,
  MessageCommand,
  Request,
} from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildTitleLink } from '../../src/discord/rendering/paper-texts.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { findPaperLinks } from '../../src/papers/parse-paper-id.ts';
import { MOST_NOMINATIONS } from '../../src/reading/reading-group.ts';
import type { CommandContext } from '../context.ts';
import { fetchPaper, findPaper, recallPaper } from '../papers/find-paper.ts';
import { textOf } from '../papers/find-papers.ts';
import { mayOrganise, requireServer } from '../parts/access.ts';
import { buildButton, buildMenu, buildRow, chosenIn, cut } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';
import { buildReadingPanel } from './reading-panel.ts';

const TITLE = 200;
const MOST = 10;

/** Puts a paper on the list of a server, and tells what was done. Raises `nomination-limit`. */
export async function nominate(
  request: Request<BaseInteraction>,
  paper: Paper,
  context: CommandContext,
): Promise<LayoutReply> {
  const { reading } = request.texts;
  const what = await addNomination(request, paper, context);
  const title = buildTitleLink(paper, TITLE);
  return buildPanel([
    reading.nominatedAs[what](title),
    buildRow(
      ...(what === 'added' ? [buildButton(encodeCustomId('withdraw', paper.id), reading.withdraw)] : []),
      buildButton(encodeCustomId('reading'), reading.openGroup),
    ),
  ]);
}

async function addNomination(
  request: Request<BaseInteraction>,
  { id: paperId }: Paper,
  { readingGroups, clock }: CommandContext,
): Promise<'added' | 'chosen' | 'present'> {
  const { guildId } = requireServer(request);
  const nomination = { paperId, nominatedAt: clock.now(), userId: request.interaction.user.id };
  const what = await readingGroups.nominate(guildId, nomination, MOST_NOMINATIONS);
  if (what === 'full') throw new UserError('nomination-limit', { limit: MOST_NOMINATIONS });
  return what;
}

/** On a card that somebody has for themselves. */
export const nominateButton: Control<CommandContext> = {
  name: 'nominate',
  answer: 'reply',
  async execute(request, context) {
    return nominate(request, await findPaper(request.values[0] ?? '', context), context);
  },
};

/** From the list of what was saved here, or of what a message links to. */
export const nominateFromMenu: Control<CommandContext> = {
  name: 'nominate-menu',
  answer: 'update',
  async execute(request, context) {
    const paper = await findPaper(chosenIn(request) ?? '', context);
    const what = await addNomination(request, paper, context);
    const title = buildTitleLink(paper, TITLE);
    return buildReadingPanel(request, context, request.texts.reading.nominatedAs[what](title));
  },
};

/** Whoever nominated a paper takes it back; whoever may decide, any. */
async function withdrawFor(
  request: Request<BaseInteraction>,
  id: string,
  context: CommandContext,
): Promise<string> {
  const { guildId } = requireServer(request);
  const { group, nominations } = await context.readingGroups.get(guildId);
  const nomination = nominations.find(({ paperId }) => paperId === id);
  const isOwn = nomination?.userId === request.interaction.user.id;
  if (nomination === undefined) throw new UserError('control-outdated', {});
  if (!isOwn && !mayOrganise(request, group)) throw new UserError('not-your-control', {});
  await context.readingGroups.withdraw(guildId, id);
  const paper = recallPaper(id, context);
  return request.texts.reading.withdrawn(buildTitleLink(paper, TITLE));
}

export const withdrawButton: Control<CommandContext> = {
  name: 'withdraw',
  answer: 'update',
  async execute(request, context) {
    const done = await withdrawFor(request, request.values[0] ?? '', context);
    const open = buildButton(encodeCustomId('reading'), request.texts.reading.openGroup);
    return buildPanel([done, buildRow(open)]);
  },
};

export const withdrawFromMenu: Control<CommandContext> = {
  name: 'withdraw-menu',
  answer: 'update',
  async execute(request, context) {
    return buildReadingPanel(request, context, await withdrawFor(request, chosenIn(request) ?? '', context));
  },
};

/** The menu of a message that links to papers. */
export const nominatePaper: MessageCommand<CommandContext> = {
  data: {
    type: ApplicationCommandType.Message,
    name: textsFor(DEFAULT_LOCALE).commands.nominatePaper.name,
    integration_types: [ApplicationIntegrationType.GuildInstall],
    contexts: [InteractionContextType.Guild],
  },
  async execute(request, context) {
    const { interaction, texts } = request;
    requireServer(request);
    const ids = findPaperLinks(textOf(interaction.targetMessage)).slice(0, MOST);
    const papers = await Promise.all(ids.map((id) => fetchPaper(id, context)));
    const found = papers.filter((one) => one !== undefined);
    const [only, ...others] = found;
    if (only === undefined) return { content: texts.papers.noLinks };
    if (others.length === 0) return nominate(request, only, context);
    const options = found.map(({ id, title }) => ({ label: cut(title), value: id }));
    return buildPanel([
      texts.papers.linkedHere(found.length),
      buildMenu(encodeCustomId('nominate-menu', 'message'), texts.reading.nominateMenu, options),
    ]);
  },
};
