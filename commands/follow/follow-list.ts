import type { BaseInteraction } from 'discord.js';
import type { Control, Request } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildTitleLink } from '../../src/discord/rendering/paper-texts.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import { destinationId } from '../../src/subscriptions/destination.ts';
import type { PaperFollow } from '../../src/subscriptions/follow-paper.ts';
import type { CommandContext } from '../context.ts';
import { rightsAt } from '../parts/access.ts';
import { buildMenu, chosenIn } from '../parts/message-parts.ts';
import { buildPanel, type PanelPart } from '../parts/panel.ts';
import { stopFollowing } from './follow-controls.ts';

/** Titles of one place, in few characters: topics stand above them. */
const SHOWN = 3;
const TITLE = 50;

type Block = readonly PanelPart[];

/** The papers that are followed in a channel and by direct message, with menus to stop, for those who may. */
export async function buildFollowBlocks(
  request: Request<BaseInteraction>,
  channelId: string | undefined,
  context: CommandContext,
): Promise<readonly Block[]> {
  const own = destinationId({ kind: 'dm', userId: request.interaction.user.id });
  const here = channelId === undefined ? [] : [destinationId({ kind: 'channel', channelId })];
  return Promise.all([...here, own].map((id) => buildBlock(request, id, context)));
}

/** Empty where nothing is followed, or nothing that the person may know of. */
async function buildBlock(
  request: Request<BaseInteraction>,
  id: string,
  context: CommandContext,
): Promise<Block> {
  const { texts } = request;
  const followed = await context.follows.of(id, context.clock.now());
  const [first] = followed;
  const rights = first === undefined ? 'none' : await rightsAt(request, first.place);
  if (first === undefined || rights === 'none') return [];
  const titles = followed.slice(0, SHOWN).map(({ paperId }) => titleOf(paperId, context));
  const more = followed.length - titles.length;
  return [
    texts.follow.heading(first.place, followed.length),
    ...titles.map((one) => `- ${buildTitleLink(one, TITLE)}`),
    more > 0 ? texts.follow.more(more) : undefined,
    await describeTrouble(id, context, texts),
    rights === 'change' ? buildStopMenu(first, followed, { context, texts }) : undefined,
  ];
}

function titleOf(id: string, { archive }: Pick<CommandContext, 'archive'>) {
  return { id, title: archive.paper(id)?.title ?? id };
}

/** The place let nobody in with the latest message; a destination tells that itself. */
async function describeTrouble(
  id: string,
  { deliveries, destinations }: CommandContext,
  texts: Texts,
): Promise<string | undefined> {
  const [latest] = await deliveries.latestOf(id, 1);
  const barred = latest?.steps.find(({ status }) => status === 'barred');
  if (latest?.closedAt === undefined || barred?.code === undefined) return undefined;
  if ((await destinations.get(id))?.trouble !== undefined) return undefined;
  return texts.follow.barred(latest.closedAt, barred.code);
}

function buildStopMenu(
  { destinationId: id, place }: PaperFollow,
  followed: readonly PaperFollow[],
  { context, texts }: { readonly context: CommandContext; readonly texts: Texts },
) {
  const options = followed.map(({ paperId }) => ({
    label: titleOf(paperId, context).title,
    value: paperId,
  }));
  return buildMenu(encodeCustomId('unfollow-menu', id), texts.follow.stop(place), options);
}

export const unfollowFromMenu: Control<CommandContext> = {
  name: 'unfollow-menu',
  answer: 'update',
  async execute(request, context) {
    const { values, here } = request;
    const paperId = chosenIn(request);
    if (paperId === undefined) throw new UserError('control-outdated', {});
    const done = await stopFollowing(request, { paperId, id: values[0] ?? '' }, context);
    return buildPanel([done], ...(await buildFollowBlocks(request, here?.id, context)));
  },
};
