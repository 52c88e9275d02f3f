import { setTimeout } from 'node:timers/promises';
import type { DiscordStandIn } from '../../playground/discord/server.ts';
import type { Instant } from '../audit/calendar.ts';
import type {
  Ballot,
  Decision,
  GroupHistory,
  GroupSchedule,
  NominationChange,
  SeenEvent,
} from '../audit/group-history.ts';
import type { PostedMessage } from '../audit/shown.ts';
import { readMessages } from '../readers/read-messages.ts';
import { type GroupOrder, giveGroupOrder } from './group-orders.ts';
import { readEvents } from './read-events.ts';

/** Where a server reads together, and who. */
export interface GroupSpot {
  readonly guildId: string;
  /** All is said there, and nothing else. */
  readonly channelId: string;
  /** Where the bot may not send Discord's polls people vote by buttons. */
  readonly hasPolls: boolean;
  /** Who may decide, and the people who nominate and vote. */
  readonly adminId: string;
  readonly people: readonly string[];
}

/** A reading group of the run, and what its people did. */
export interface ReadingGroup extends GroupSpot {
  readonly isBusy: boolean;
  readonly schedule: GroupSchedule | undefined;
  /** Ids of the papers that people have nominated, and that were neither taken back nor chosen. */
  readonly nominated: ReadonlySet<string>;
  /** Gives an order again and again until it is answered; only one at a time. */
  give(order: GroupOrder): Promise<void>;
  /** In Discord's own poll, where nobody else is asked. */
  votePoll(messageId: string, userId: string, answer: number): void;
  deletePoll(messageId: string): void;
  deleteEvent(eventId: string): void;
  moveEvent(eventId: string, startsAt: Instant): void;
  /** What stands in its channel. */
  messages(): readonly PostedMessage[];
  history(): GroupHistory;
}

const AGAIN_AFTER_MS = 1_200;
const TRIES = 40;

export function createReadingGroup(discord: DiscordStandIn, spot: GroupSpot): ReadingGroup {
  const nominations: NominationChange[] = [];
  const ballots: Ballot[] = [];
  const decisions: Decision[] = [];
  const deleted: { readonly message: PostedMessage; readonly at: Instant }[] = [];
  const gone: SeenEvent[] = [];
  const earlier = new Map<string, { readonly startsAt: Instant; readonly until: Instant }[]>();
  let schedule: GroupHistory['schedule'];
  let isBusy = false;
  let unanswered = 0;

  function note(order: GroupOrder, sentAt: Instant, ackedAt: Instant): void {
    const when = { sentAt, ackedAt };
    switch (order.kind) {
      case 'set-up':
        if (ackedAt < Infinity) schedule = { ...order.schedule, ...when };
        return;
      case 'nominate':
      case 'withdraw':
        nominations.push({ ...when, paperId: order.paperId, isNominated: order.kind === 'nominate' });
        return;
      case 'vote':
        ballots.push({ ...when, messageId: order.messageId, userId: order.userId, answer: order.answer });
        return;
      case 'begin-poll':
      case 'end-poll':
        decisions.push({ ...when, kind: order.kind === 'begin-poll' ? 'poll' : 'end' });
    }
  }

  const messages = () => readMessages(discord).filter(({ channelId }) => channelId === spot.channelId);
  return {
    ...spot,
    get nominated() {
      const chosen = messages().filter(({ meeting }) => meeting?.kind === 'chosen');
      const isOpen = ({ paperId, sentAt }: NominationChange) =>
        !chosen.some(({ meeting, at }) => at > sentAt && meeting?.paperIds.includes(paperId));
      const last = new Map(nominations.map((change) => [change.paperId, change]));
      return new Set(
        [...last.values()]
          .filter((change) => change.isNominated && isOpen(change))
          .map(({ paperId }) => paperId),
      );
    },
    messages,
    get isBusy() {
      return isBusy;
    },
    get schedule() {
      return schedule;
    },
    async give(order) {
      isBusy = true;
      const sentAt = Date.now();
      let tries = 1;
      let answer = await giveGroupOrder(discord, spot, order);
      for (; answer === 'failed' && tries < TRIES; tries += 1) {
        await setTimeout(AGAIN_AFTER_MS);
        answer = await giveGroupOrder(discord, spot, order);
      }
      if (answer === 'failed') unanswered += 1;
      // An earlier try may have had its effect, and lost its answer.
      if (answer !== 'refused' || tries > 1) note(order, sentAt, answer === 'done' ? Date.now() : Infinity);
      isBusy = false;
    },
    votePoll(messageId, userId, answer) {
      const at = Date.now();
      try {
        discord.votePoll(messageId, { userId, answerId: answer });
      } catch {
        // It has ended meanwhile, which people are told.
        return;
      }
      ballots.push({ sentAt: at, ackedAt: at, messageId, userId, answer });
    },
    deletePoll(messageId) {
      const message = messages().find(({ id }) => id === messageId);
      if (message === undefined) return;
      discord.deleteMessage(spot.channelId, messageId);
      deleted.push({ message, at: Date.now() });
    },
    deleteEvent(eventId) {
      const event = readEvents(discord.state, spot.guildId, earlier).find(({ id }) => id === eventId);
      if (event === undefined) return;
      discord.deleteEvent(spot.guildId, eventId);
      gone.push({ ...event, deletedAt: Date.now() });
    },
    moveEvent(eventId, startsAt) {
      const event = readEvents(discord.state, spot.guildId, earlier).find(({ id }) => id === eventId);
      if (event === undefined) return;
      discord.moveEvent(spot.guildId, eventId, startsAt);
      const before = { startsAt: event.startsAt, until: Date.now() };
      earlier.set(eventId, [...(earlier.get(eventId) ?? []), before]);
    },
    history: () => ({
      guildId: spot.guildId,
      channelId: spot.channelId,
      hasPolls: spot.hasPolls,
      ...(schedule === undefined ? {} : { schedule }),
      nominations,
      ballots,
      decisions,
      deleted,
      events: [...gone, ...readEvents(discord.state, spot.guildId, earlier)],
      unanswered,
    }),
  };
}
