import type { BaseInteraction } from 'discord.js';
import type { Control, LayoutReply, Request } from '../../src/discord/interactions/command.ts';
import { buildTitleLink } from '../../src/discord/rendering/paper-texts.ts';
import { UserError } from '../../src/errors.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { choosePaper, takePaper } from '../../src/reading/choose-paper.ts';
import { buildMeeting } from '../../src/reading/close-meeting.ts';
import { afterPlan, hoursLeft } from '../../src/reading/meeting-after.ts';
import { planDelivery } from '../../src/reading/plan-delivery.ts';
import type { GroupChange, GroupState, Meeting, ReadingGroup } from '../../src/reading/reading-group.ts';
import { findPollKind } from '../../src/reading/reading-rounds.ts';
import { createId } from '../../src/subscriptions/subscription.ts';
import type { CommandContext } from '../context.ts';
import { recallPaper } from '../papers/find-paper.ts';
import { requireOrganiser, requireServer } from '../parts/access.ts';
import { readPageNumber } from '../parts/message-parts.ts';
import { buildNote } from '../parts/panel.ts';
import { buildGroup } from './group-place.ts';
import { buildReadingPanel } from './reading-panel.ts';

const TITLE = 150;

type Decide = (present: GroupState, meeting: Meeting, group: ReadingGroup) => GroupChange;

/** Lets somebody who may decide do so, while papers are still nominated, and takes the group as far as it goes at once. */
async function decideNow(
  request: Request<BaseInteraction>,
  context: CommandContext,
  decide: Decide,
): Promise<LayoutReply> {
  const { guildId, here } = requireServer(request);
  const { readingGroups, clock, random } = context;
  const id = createId(random, 16);
  const decided = await readingGroups.change(guildId, (present) => {
    requireOrganiser(request, present.group);
    const group = present.group ?? buildGroup(guildId, here);
    const meeting = present.meeting ?? buildMeeting(group, { id, now: clock.now() });
    if (meeting.state !== 'gathering') {
      throw new UserError('meeting-under-way', { state: meeting.state === 'polling' ? 'polling' : 'chosen' });
    }
    return { group, ...decide({ ...present, group }, meeting, group) };
  });
  await context.readingRounds.advance(guildId);
  return buildReadingPanel(request, context, await describePosted(decided, request, context));
}

/** Without meetings a group is done with a paper once it is posted, so that its shelf no longer shows it. */
async function describePosted(
  decided: GroupState | undefined,
  { texts }: Request<BaseInteraction>,
  context: CommandContext,
): Promise<string | undefined> {
  const { group, meeting } = decided ?? {};
  if (group === undefined || meeting?.choice === undefined) return undefined;
  const present = await context.readingGroups.get(group.guildId);
  if (present.meeting?.id === meeting.id) return undefined;
  const title = buildTitleLink(recallPaper(meeting.choice.paperId, context), TITLE);
  return texts.reading.posted(title, group.channelId);
}

/** A poll of the nominations; of one the first is taken. Raises what is in the way. */
export async function startPoll(
  request: Request<BaseInteraction>,
  hours: number,
  context: CommandContext,
): Promise<LayoutReply> {
  const { guildId, here } = requireServer(request);
  const { group } = await context.readingGroups.get(guildId);
  requireOrganiser(request, group);
  const pollKind = await findPollKind(group?.channelId ?? here.id, context.readingTransport);
  return decideNow(request, context, (present, meeting, own) => {
    const now = context.clock.now();
    if (present.nominations.length === 0) throw new UserError('nothing-nominated', {});
    const room = hoursLeft(meeting, now);
    if (present.nominations.length > 1 && hours > room) throw new UserError('poll-too-long', { hours: room });
    return choosePaper(present, meeting, own, { now, pollKind, hours });
  });
}

export async function pickPaper(
  request: Request<BaseInteraction>,
  paper: Paper,
  context: CommandContext,
): Promise<LayoutReply> {
  return decideNow(request, context, (present, meeting) =>
    takePaper(present, meeting, { paperId: paper.id, how: 'picked' }),
  );
}

export const pollButton: Control<CommandContext> = {
  name: 'reading-poll',
  answer: 'update',
  async execute(request, context) {
    const hours = readPageNumber(request.values[0] ?? '');
    // On older shelves that is what was the only paper then.
    if (hours < 1) throw new UserError('control-outdated', {});
    return startPoll(request, hours, context);
  },
};

/** Reads the paper that the shelf offered, while it is the only one. */
export const takeOnlyButton: Control<CommandContext> = {
  name: 'reading-only',
  answer: 'update',
  execute: (request, context) =>
    decideNow(request, context, (present, meeting) => {
      const [only, ...others] = present.nominations;
      if (only === undefined || others.length > 0 || only.paperId !== request.values[0])
        throw new UserError('control-outdated', {});
      return takePaper(present, meeting, { paperId: only.paperId, how: 'only' });
    }),
};

/** Ends the poll now; its result comes as soon as Discord has it. */
export const endPoll: Control<CommandContext> = {
  name: 'reading-end-poll',
  answer: 'update',
  async execute(request, context) {
    const { guildId } = requireServer(request);
    const { group, meeting } = await context.readingGroups.get(guildId);
    requireOrganiser(request, group);
    const { kind, messageId, channelId } = meeting?.poll ?? {};
    const isMeant = meeting !== undefined && meeting.id === request.values[0];
    if (group === undefined || !isMeant || messageId === undefined)
      throw new UserError('control-outdated', {});
    if (kind === 'native') await context.readingTransport.endPoll(channelId ?? group.channelId, messageId);
    const now = context.clock.now();
    await context.readingGroups.change(guildId, ({ meeting: present }) =>
      present?.id === meeting.id && present.state === 'polling' && present.poll !== undefined
        ? { meeting: { ...present, poll: { ...present.poll, closesAt: now, lookAt: now } } }
        : undefined,
    );
    await context.readingRounds.advance(guildId);
    return buildReadingPanel(request, context);
  },
};

/** Once more, for one that was refused. */
export const makeEvent: Control<CommandContext> = {
  name: 'reading-event',
  answer: 'update',
  async execute(request, context) {
    const { guildId } = requireServer(request);
    const { clock, random, readingGroups } = context;
    const id = createId(random, 16);
    await readingGroups.change(guildId, ({ group, meeting }) => {
      requireOrganiser(request, group);
      const now = clock.now();
      const isLacking = meeting?.announced !== undefined && meeting.announced.eventId === undefined;
      const isAhead =
        meeting?.startsAt !== undefined && meeting.startsAt > now && meeting.pending === undefined;
      if (group === undefined || meeting?.id !== request.values[0] || !isLacking || !isAhead)
        throw new UserError('control-outdated', {});
      const delivery = planDelivery({ id, group, meeting, purpose: 'event', now });
      return { meeting: afterPlan(meeting, id, 'event'), delivery };
    });
    await context.readingRounds.advance(guildId);
    return buildReadingPanel(request, context);
  },
};

/** A button of a poll by buttons. */
export const voteButton: Control<CommandContext> = {
  name: 'reading-vote',
  answer: 'reply',
  async execute(request, context) {
    const { guildId } = requireServer(request);
    const [meetingId = '', paperId = ''] = request.values;
    const { meeting } = await context.readingGroups.get(guildId);
    const { poll, state } = meeting ?? {};
    const isOpen = state === 'polling' && poll?.kind === 'buttons' && context.clock.now() < poll.closesAt;
    if (meeting?.id !== meetingId || !isOpen || !poll.candidates.includes(paperId))
      throw new UserError('control-outdated', {});
    await context.readingGroups.vote({ meetingId, userId: request.interaction.user.id, paperId });
    const paper = recallPaper(paperId, context);
    return buildNote(request.texts.reading.voted(buildTitleLink(paper, TITLE), poll.closesAt));
  },
};
