import type { Clock, Random } from '../calendar/clock.ts';
import { DAY_MS, type Instant } from '../calendar/zoned-time.ts';
import type { Delivery } from '../delivery/delivery.ts';
import { type NeededPermission, StorageError } from '../errors.ts';
import type { ForYouChoices } from '../for-you/choices.ts';
import type { Log } from '../log.ts';
import { createId } from '../subscriptions/subscription.ts';
import { choosePaper, takePaper } from './choose-paper.ts';
import { closeMeeting, planAgain, reopenMeeting } from './close-meeting.ts';
import { createForgetLeftServers } from './left-servers.ts';
import {
  afterDelivery,
  afterEvent,
  afterLook,
  afterPlan,
  beforePosting,
  countVotes,
  type EventAnswer,
  type Outcome,
  type PollAnswer,
} from './meeting-after.ts';
import { type MeetingAction, nextAction } from './meeting.ts';
import { planDelivery } from './plan-delivery.ts';
import {
  type GroupChange,
  type GroupState,
  isClosed,
  type Meeting,
  MOST_READ,
  type Purpose,
  type ReadingGroup,
  readingId,
} from './reading-group.ts';
import type { ReadingStore } from './reading-store.ts';

/** What a group asks of Discord beside its deliveries; nothing of it puts anything there. */
export interface ReadingTransport {
  readPoll(channelId: string, messageId: string): Promise<PollAnswer>;
  /** Ends a poll now, where it stands and is open; harmless to repeat. */
  endPoll(channelId: string, messageId: string): Promise<void>;
  readEvent(guildId: string, eventId: string): Promise<EventAnswer>;
  /** Whether the bot is in a server. */
  findServer(guildId: string): Promise<'there' | 'gone' | 'unanswered'>;
  /** The rights of these that the bot lacks in a channel; undefined where Discord does not answer. */
  lackedRights(
    channelId: string,
    needed: readonly NeededPermission[],
  ): Promise<readonly NeededPermission[] | undefined>;
}

export interface ReadingTools {
  readonly clock: Clock;
  readonly random: Random;
  readonly store: ReadingStore;
  readonly choices: Pick<ForYouChoices, 'savedMost'>;
  readonly transport: ReadingTransport;
  /** Sends what is open of a group, as far as it can be sent at once. */
  readonly sendOpen: (destinationId: string) => Promise<void>;
  /** So many groups at a time. */
  readonly lane: <T>(task: () => Promise<T>) => Promise<T>;
  readonly log: Log;
}

/** Takes reading groups from one step of their meetings to the next. */
export interface ReadingRounds {
  /** Every group whose time has come; once a day those whose server the bot has left. Never rejects. */
  runDue(): Promise<void>;
  /** One group, at once. Raises `StorageError`. */
  advance(guildId: string): Promise<void>;
  /** Finishes what is under way, and begins nothing new. */
  stop(): Promise<void>;
}

/** A group that nominated nothing reads what was saved most in this time. */
export const SAVED_LATELY_MS = 30 * DAY_MS;
/** Of Discord's own poll; without the last its result cannot be read. */
const POLL_RIGHTS: readonly NeededPermission[] = ['SendPolls', 'ReadMessageHistory'];
/** More steps at a time are a fault; the next minute goes on. */
const MOST_STEPS = 20;

/** Discord's own where the bot may, and where nobody can tell: then it is tried. */
export async function findPollKind(
  channelId: string,
  { lackedRights }: Pick<ReadingTransport, 'lackedRights'>,
): Promise<'native' | 'buttons'> {
  const lacked = (await lackedRights(channelId, POLL_RIGHTS)) ?? [];
  return lacked.some((right) => POLL_RIGHTS.includes(right)) ? 'buttons' : 'native';
}

/** An action that needs no more than the ledger, or one that was asked of Discord before. */
type Decide = (meeting: Meeting, state: GroupState, group: ReadingGroup) => GroupChange | undefined;

export function createReadingRounds(tools: ReadingTools): ReadingRounds {
  const { clock, random, store, transport, log } = tools;
  const active = new Map<string, Promise<void>>();
  const stopping = new AbortController();
  const forgetLeftServers = createForgetLeftServers(
    { clock, store, findServer: transport.findServer, log },
    stopping.signal,
  );
  let forgetting: Promise<void> | undefined;
  let seenAt: Instant | undefined;

  async function walk(guildId: string): Promise<void> {
    for (let step = 0; step < MOST_STEPS && !stopping.signal.aborted; step += 1) {
      const { group, meeting, delivery } = await store.get(guildId);
      if (group === undefined || meeting === undefined) return;
      const action = nextAction(meeting, clock.now());
      if (action.kind === 'rest') return;
      if (action.kind === 'follow' && delivery?.state === 'open') {
        await tools.sendOpen(readingId(guildId));
        const { delivery: after } = await store.get(guildId);
        if (after?.state === 'open') return;
      }
      const decide = await prepare(action, group, meeting);
      const written = await write(guildId, { action, meeting }, decide);
      if (written === undefined) return;
    }
  }

  /** Nothing is done twice: what was chosen outside is asked for once more within the transaction. */
  async function write(
    guildId: string,
    { action, meeting }: { readonly action: MeetingAction; readonly meeting: Meeting },
    decide: Decide,
  ): Promise<GroupState | undefined> {
    return await store.change(guildId, (present) => {
      if (present.group === undefined || present.meeting?.id !== meeting.id) return undefined;
      const again = nextAction(present.meeting, clock.now());
      if (JSON.stringify(again) !== JSON.stringify(action)) return undefined;
      return decide(present.meeting, present, present.group);
    });
  }

  async function prepare(action: MeetingAction, group: ReadingGroup, meeting: Meeting): Promise<Decide> {
    const { channelId, guildId } = group;
    const now = clock.now();
    switch (action.kind) {
      case 'rest':
        return () => undefined;
      case 'follow':
        return (present, state, own) =>
          state.delivery?.state === 'open'
            ? undefined
            : conclude(afterDelivery(present, state.delivery, now), state, own);
      case 'choose': {
        const pollKind = await findPollKind(channelId, transport);
        const mostSaved = await findMostSaved(guildId, now);
        return (present, state, own) => choosePaper(state, present, own, { now, pollKind, mostSaved });
      }
      case 'plan-again':
        return (present, _state, own) => planAgain(own, present, now);
      case 'post-poll':
        return (present, state, own) => {
          const ready = present.poll && beforePosting(present, present.poll, now);
          if (ready === undefined || ready.winner !== undefined) return ready && conclude(ready, state, own);
          return plan('poll', now)(ready.meeting, state, own);
        };
      case 'pass':
        return plan('pass', now);
      case 'announce':
        return plan('announcement', now);
      case 'remind': {
        const answer = await readEvent(meeting);
        return (present, state, own) => {
          const after = afterEvent(present, answer, now);
          if (isClosed(after) || after.startsAt !== present.startsAt)
            return conclude({ meeting: after }, state, own);
          return plan(action.reminder, now)(present, state, own);
        };
      }
      case 'count':
        return (present, state, own) =>
          present.poll &&
          conclude({ meeting: present, winner: countVotes(present.poll, state.votes) }, state, own);
      case 'look-at-poll': {
        const answer = await transport.readPoll(
          meeting.poll?.channelId ?? channelId,
          meeting.poll?.messageId ?? '',
        );
        return (present, state, own) => conclude(afterLook(present, answer, now), state, own);
      }
      case 'close': {
        const answer = action.as === 'over' ? await readEvent(meeting) : ({ kind: 'unanswered' } as const);
        // An event that is over is not told of any more, and whoever deleted one did so before it began.
        const hasMoved =
          answer.kind === 'there' && answer.startsAt !== meeting.startsAt && answer.startsAt > now;
        return (present, state, own) =>
          hasMoved
            ? { meeting: { ...present, startsAt: answer.startsAt } }
            : conclude({ meeting: { ...present, state: action.as, endedAt: now } }, state, own);
      }
    }
  }

  /** Of what the group has not read yet. */
  async function findMostSaved(guildId: string, now: Instant): Promise<string | undefined> {
    const held = await store.history(guildId, MOST_READ);
    const read = new Set(held.map(({ choice }) => choice?.paperId));
    const part = { since: now - SAVED_LATELY_MS, most: read.size + 1 };
    const saved = await tools.choices.savedMost(guildId, part);
    return saved.find(({ paperId }) => !read.has(paperId))?.paperId;
  }

  function plan(purpose: Purpose, now: Instant): Decide {
    const id = createId(random, 16);
    return (meeting, _state, group) => {
      const delivery: Delivery = planDelivery({ id, group, meeting, purpose, now });
      return { meeting: afterPlan(meeting, id, purpose), delivery };
    };
  }

  function conclude(
    { meeting, winner, settled }: Outcome,
    state: GroupState,
    group: ReadingGroup,
  ): GroupChange {
    if (winner !== undefined) return takePaper(state, meeting, winner);
    if (!isClosed(meeting)) return { meeting, ...(settled === undefined ? {} : { settled }) };
    return closeMeeting(group, meeting, { nextId: createId(random, 16), now: clock.now() });
  }

  async function readEvent({ guildId, announced }: Meeting): Promise<EventAnswer> {
    if (announced?.eventId === undefined) return { kind: 'unanswered' };
    return await transport.readEvent(guildId, announced.eventId);
  }

  /** After a start too: the clock may have been set back while the bot was off. */
  async function reopenAfterSetback(): Promise<void> {
    const now = clock.now();
    if (seenAt === undefined || now < seenAt) {
      for (const closed of await store.closedAfter(now))
        await store.change(closed.guildId, (present) => reopenMeeting(present, closed, now));
    }
    seenAt = now;
  }

  async function advance(guildId: string): Promise<void> {
    const before = active.get(guildId);
    const own = (async () => {
      await before?.catch(() => undefined);
      await walk(guildId);
    })();
    active.set(guildId, own);
    try {
      await own;
    } finally {
      if (active.get(guildId) === own) active.delete(guildId);
    }
  }

  /** An error costs this try; the next minute tries again. */
  async function guard(task: () => Promise<unknown>): Promise<void> {
    try {
      await task();
    } catch (error) {
      const isStorage = error instanceof StorageError;
      log.error({ err: error }, isStorage ? 'storage failed, trying again' : 'unexpected error');
    }
  }

  return {
    async runDue() {
      if (stopping.signal.aborted) return;
      await guard(reopenAfterSetback);
      const advancing = guard(async () => {
        const due = await store.due(clock.now());
        await Promise.all(due.map((guildId) => tools.lane(() => guard(() => advance(guildId)))));
      });
      // It can take longer than a minute.
      forgetting ??= guard(forgetLeftServers).finally(() => (forgetting = undefined));
      await Promise.all([advancing, forgetting]);
    },
    advance,
    async stop() {
      stopping.abort();
      await Promise.allSettled([...active.values(), forgetting]);
    },
  };
}
