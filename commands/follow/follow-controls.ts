import { type BaseInteraction, InteractionContextType } from 'discord.js';
import type { AnyReply, Control, ControlRequest, Request } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { escapeWithin, oneLine } from '../../src/discord/rendering/escape-markdown.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { SourceError, UserError } from '../../src/errors.ts';
import { eventsOf, PAPER_EVENTS, type PaperEvent } from '../../src/papers/paper-event.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { destinationId, type OpenPlace } from '../../src/subscriptions/destination.ts';
import { followPaper, unfollowPaper } from '../../src/subscriptions/follow-paper.ts';
import type { CommandContext } from '../context.ts';
import { findPaper, refreshPaper } from '../papers/find-paper.ts';
import { requireFollow } from '../parts/access.ts';
import { chooseOpenPlace } from '../parts/choose-place.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';
import { buildNote, buildPanel } from '../parts/panel.ts';

/** How long opening direct messages may wait for its turn. */
const OPENING_MS = 5 * 60_000;
const TITLE = 150;

/** The button of a card: asks where, for those who may follow here as well as by direct message. */
export const followButton: Control<CommandContext> = {
  name: 'follow-paper',
  answer: 'reply',
  async execute(request, context) {
    const { texts, values } = request;
    const [paperId = ''] = values;
    if (!(await mayFollowHere(request, context))) return followAt(request, 'dm', context);
    const paper = await readFacts(paperId, context);
    const title = paperTitle(paper.title, texts);
    const awaited = listAwaited(paper);
    if (awaited.length === 0) return buildNote(texts.follow.nothingLeft(title));
    return buildPanel(
      [texts.follow.ask(title, awaited)],
      [
        buildRow(
          buildButton(encodeCustomId('follow-paper-at', paperId, 'dm'), texts.follow.byDm),
          buildButton(encodeCustomId('follow-paper-at', paperId, 'here'), texts.follow.here),
          buildButton(encodeCustomId('cancel'), texts.pages.cancel),
        ),
      ],
    );
  },
};

export const followHereOrByDm: Control<CommandContext> = {
  name: 'follow-paper-at',
  answer: 'update',
  execute: async (request, context) =>
    followAt(request, request.values[1] === 'here' ? 'here' : 'dm', context),
};

async function followAt(
  request: ControlRequest,
  where: 'dm' | 'here',
  context: CommandContext,
): Promise<AnyReply> {
  const { interaction, texts, values } = request;
  const [paperId = ''] = values;
  const found = await readFacts(paperId, context);
  const title = paperTitle(found.title, texts);
  const place = where === 'here' ? await findHere(request, context) : await openDmPlace(request, context);
  // Opening direct messages can take minutes: what came meanwhile was told to those who followed already, and is known.
  const paper = context.archive.paper(found.id) ?? found;
  const awaited = listAwaited(paper);
  if (awaited.length === 0) return buildNote(texts.follow.nothingLeft(title));
  const { follow, isNew } = await followPaper(
    {
      paperId: paper.id,
      place,
      known: eventsOf(paper),
      by: interaction.user.id,
      now: context.clock.now(),
    },
    context.follows,
  );
  const words = isNew ? texts.follow.followed : texts.follow.already;
  const paused = (await context.destinations.get(follow.destinationId))?.pausedAt !== undefined;
  const unfollowId = encodeCustomId('unfollow-paper', paper.id, follow.destinationId);
  return buildPanel(
    [
      words(title, place, follow.until),
      texts.follow.willTell(awaited),
      ...(paused ? [texts.follow.paused(place)] : []),
    ],
    [buildRow(buildButton(unfollowId, texts.follow.unfollow))],
  );
}

/** What may still come to a paper. */
function listAwaited(paper: Paper): readonly PaperEvent[] {
  const known = eventsOf(paper);
  return PAPER_EVENTS.filter((event) => !known.includes(event));
}

export const unfollowButton: Control<CommandContext> = {
  name: 'unfollow-paper',
  answer: 'update',
  async execute(request, context) {
    const [paperId = '', id = ''] = request.values;
    return buildNote(await stopFollowing(request, { paperId, id }, context));
  },
};

/** Ends one, for those who may; what was on its way is stopped. Resolves to what to tell. */
export async function stopFollowing(
  request: ControlRequest,
  { paperId, id }: { readonly paperId: string; readonly id: string },
  context: CommandContext,
): Promise<string> {
  const { place } = await requireFollow(request, { paperId, id }, context);
  await unfollowPaper({ destinationId: id, paperId }, context.follows);
  await context.scheduler.settled(id);
  const title = context.archive.paper(paperId)?.title ?? paperId;
  return request.texts.follow.unfollowed(paperTitle(title, request.texts), place);
}

/** Also where only the bot lacks a right, which is told to whoever chooses the channel. */
async function mayFollowHere(request: ControlRequest, context: CommandContext): Promise<boolean> {
  try {
    return (await chooseOpenPlace(request, context)).place.kind === 'channel';
  } catch (error) {
    if (error instanceof UserError) return error.code === 'bot-lacks-permissions';
    throw error;
  }
}

async function findHere(request: ControlRequest, context: CommandContext): Promise<OpenPlace> {
  const { place } = await chooseOpenPlace(request, context);
  if (place.kind === 'dm') throw new UserError('not-allowed', { channelId: request.here?.id ?? '' });
  return place;
}

/** Discord shuts out bots that open many: what is known to be open is used. Raises `dms-closed`. */
async function openDmPlace(
  { interaction }: Request<BaseInteraction>,
  { destinations, follows, openDm, clock }: CommandContext,
): Promise<OpenPlace> {
  const userId = interaction.user.id;
  const id = destinationId({ kind: 'dm', userId });
  const places = [
    (await destinations.get(id))?.place,
    ...(await follows.of(id, clock.now())).map(({ place }) => place),
  ];
  const isHere = interaction.context === InteractionContextType.BotDM;
  const open = isHere ? interaction.channelId : places.find((one) => one?.channelId !== undefined)?.channelId;
  if (open !== undefined && open !== null) return { kind: 'dm', userId, channelId: open };
  const answer = await openDm(userId, AbortSignal.timeout(OPENING_MS));
  if (answer.kind === 'opened') return { kind: 'dm', userId, channelId: answer.channelId };
  if (answer.kind === 'failed' || answer.kind === 'fatal') throw new SourceError('Discord', 'network');
  throw new UserError('dms-closed', {});
}

/**
 * A paper with what has come to it until now: that is not told to those who follow it from now on. Raises
 * `paper-not-found`, and `SourceError` where nobody knows what is linked to the paper.
 */
async function readFacts(paperId: string, context: CommandContext): Promise<Paper> {
  const paper = await refreshPaper(await findPaper(paperId, context), context);
  if (paper.links === undefined) throw new SourceError('Hugging Face', 'network');
  return paper;
}

function paperTitle(title: string, texts: Texts): string {
  return escapeWithin(oneLine(title), TITLE) || texts.papers.untitled;
}
