import type { BaseInteraction } from 'discord.js';
import type { LayoutReply, Request } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildTitleLink } from '../../src/discord/rendering/paper-texts.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { NeededPermission } from '../../src/errors.ts';
import type { SavedHere } from '../../src/for-you/choices.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { GroupState, Meeting, Nomination, ReadingGroup } from '../../src/reading/reading-group.ts';
import { SAVED_LATELY_MS } from '../../src/reading/reading-rounds.ts';
import type { CommandContext } from '../context.ts';
import { recallPaper } from '../papers/find-paper.ts';
import { mayOrganise, requireServer } from '../parts/access.ts';
import { buildButton, buildMenu, buildRow, cut } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';

const TITLE = 90;
const LISTED = 10;
const SAVED = 5;

/** What the group's steps take, all of which is named where it is missing. */
const RIGHTS: readonly NeededPermission[] = [
  'ViewChannel',
  'SendMessages',
  'ReadMessageHistory',
  'SendPolls',
  'CreatePublicThreads',
  'CreateEvents',
];

/** The shelf of a server: its next meeting, what is nominated, and what was saved there lately. */
export async function buildReadingPanel(
  request: Request<BaseInteraction>,
  context: CommandContext,
  note?: string,
): Promise<LayoutReply> {
  const { guildId } = requireServer(request);
  const { texts, interaction } = request;
  const state = await context.readingGroups.get(guildId);
  const since = context.clock.now() - SAVED_LATELY_MS;
  const saved = await context.forYouChoices.savedMost(guildId, { since, most: SAVED });
  const isCounted = await context.forYouChoices.counts(interaction.user.id, guildId);
  const mayDecide = mayOrganise(request, state.group);
  const find = (id: string) => recallPaper(id, context);
  const parts = { request, state, find, texts, mayDecide };
  return buildPanel(
    [
      `### ${texts.reading.title}`,
      note,
      ...describeMeeting(parts),
      await describeLack(state.group, context, texts),
    ],
    [...listNominated(parts), buildDecisions(parts)],
    [...listSaved(saved, parts), ...describeConsent(isCounted, texts)],
  );
}

interface Parts {
  readonly request: Request<BaseInteraction>;
  readonly state: GroupState;
  readonly find: (id: string) => Paper;
  readonly texts: Texts;
  readonly mayDecide: boolean;
}

function describeMeeting({ state: { group, meeting }, find, texts }: Parts): readonly string[] {
  const { reading } = texts;
  if (meeting === undefined) return [reading.noRhythm()];
  const { startsAt, decideAt, presenterId, state } = meeting;
  return [
    ...(startsAt === undefined
      ? group?.rhythm === undefined
        ? [reading.noRhythm()]
        : []
      : [reading.nextMeeting(startsAt)]),
    ...(presenterId === undefined ? [] : [reading.presents(presenterId)]),
    ...(state === 'gathering' && decideAt !== undefined ? [reading.nominationsClose(decideAt)] : []),
    ...describePoll(group, meeting, texts),
    ...describeChoice(group, meeting, { find, texts }),
  ];
}

function describePoll(group: ReadingGroup | undefined, { state, poll }: Meeting, { reading }: Texts) {
  if (state !== 'polling' || poll === undefined) return [];
  return [reading.polling(linkTo(group, poll), poll.closesAt)];
}

function describeChoice(
  group: ReadingGroup | undefined,
  { choice, announced }: Meeting,
  { find, texts: { reading } }: Pick<Parts, 'find' | 'texts'>,
): readonly string[] {
  if (choice === undefined) return [];
  const link = linkTo(group, announced);
  return [
    reading.reading(buildTitleLink(find(choice.paperId), TITLE)),
    ...(link === '' ? [] : [reading.link(link)]),
    ...(announced?.eventCode === undefined ? [] : [reading.eventFailed(announced.eventCode)]),
  ];
}

/** The group may have moved to another channel since. */
function linkTo(
  group: ReadingGroup | undefined,
  message: { readonly channelId?: string; readonly messageId?: string } = {},
): string {
  const { messageId, channelId = group?.channelId } = message;
  if (group === undefined || channelId === undefined || messageId === undefined) return '';
  return `https://discord.com/channels/${group.guildId}/${channelId}/${messageId}`;
}

/** Asked of Discord anew: somebody may have granted or taken a right since. */
async function describeLack(
  group: ReadingGroup | undefined,
  { readingTransport }: Pick<CommandContext, 'readingTransport'>,
  { reading }: Texts,
): Promise<string | undefined> {
  if (group === undefined) return undefined;
  const lacked = (await readingTransport.lackedRights(group.channelId, RIGHTS)) ?? [];
  const { voiceChannelId } = group;
  const inVoice =
    voiceChannelId === undefined
      ? []
      : ((await readingTransport.lackedRights(voiceChannelId, ['ViewChannel', 'Connect'])) ?? []);
  return [
    ...(lacked.length === 0 ? [] : [reading.lacks(group.channelId, lacked)]),
    ...(inVoice.length === 0 || voiceChannelId === undefined ? [] : [reading.lacks(voiceChannelId, inVoice)]),
  ].join('\n');
}

function listNominated({ request, state, find, texts, mayDecide }: Parts) {
  const { nominations } = state;
  const { reading } = texts;
  if (nominations.length === 0) return [reading.nothingNominated()];
  const shown = nominations.slice(0, LISTED);
  const isOwn = ({ userId }: Nomination) => mayDecide || userId === request.interaction.user.id;
  return [
    reading.nominated(nominations.length),
    ...shown.map(({ paperId }, at) => `${at + 1}. ${buildTitleLink(find(paperId), TITLE)}`),
    ...(nominations.length > LISTED ? [`-# +${nominations.length - LISTED}`] : []),
    buildMenu(
      encodeCustomId('withdraw-menu'),
      reading.withdrawMenu,
      nominations.filter(isOwn).map(({ paperId }) => ({ label: cut(find(paperId).title), value: paperId })),
    ),
  ];
}

/** What whoever may decide can do next. */
function buildDecisions({ state: { group, meeting, nominations }, texts: { reading }, mayDecide }: Parts) {
  const history = buildButton(encodeCustomId('reading-history'), reading.historyButton);
  const { poll, announced, startsAt } = meeting ?? {};
  const isOpen = meeting === undefined || meeting.state === 'gathering';
  const canEnd = meeting?.state === 'polling' && poll?.messageId !== undefined;
  const lacksEvent = announced !== undefined && announced.eventId === undefined && startsAt !== undefined;
  const hours = group?.pollHours ?? 24;
  const [first, ...others] = nominations;
  const decisions = [
    ...(isOpen && others.length > 0
      ? [buildButton(encodeCustomId('reading-poll', hours), reading.startPoll(hours))]
      : []),
    ...(isOpen && first !== undefined && others.length === 0
      ? [buildButton(encodeCustomId('reading-only', first.paperId), reading.takeOnly)]
      : []),
    ...(canEnd ? [buildButton(encodeCustomId('reading-end-poll', meeting.id), reading.endPoll)] : []),
    ...(lacksEvent
      ? [buildButton(encodeCustomId('reading-event', meeting?.id ?? ''), reading.makeEvent)]
      : []),
  ];
  return buildRow(...(mayDecide ? decisions : []), history);
}

function listSaved(saved: readonly SavedHere[], { state, find, texts: { reading } }: Parts) {
  const { nominations, meeting } = state;
  const nominated = new Set([...nominations.map(({ paperId }) => paperId), meeting?.choice?.paperId]);
  return [
    reading.savedHere,
    ...(saved.length === 0
      ? [reading.nothingSaved]
      : saved.map(
          ({ paperId, savers }) => `- ${buildTitleLink(find(paperId), TITLE)} · ${reading.savers(savers)}`,
        )),
    buildMenu(
      encodeCustomId('nominate-menu', 'shelf'),
      reading.nominateMenu,
      saved
        .filter(({ paperId }) => !nominated.has(paperId))
        .map(({ paperId }) => ({ label: cut(find(paperId).title), value: paperId })),
    ),
  ];
}

function describeConsent(isCounted: boolean, { reading, forYou }: Texts) {
  const id = encodeCustomId('count-saves-here', isCounted ? 'off' : 'on');
  return [
    `-# ${isCounted ? reading.consent.on : reading.consent.off}`,
    buildRow(buildButton(id, isCounted ? forYou.countNoMore : forYou.count)),
  ];
}
