import { setTimeout } from 'node:timers/promises';
import { HOUR_MS } from '../../src/calendar/zoned-time.ts';
import type { PostedMessage } from '../audit/shown.ts';
import { nominateSome, openPollOf, voteNow, withdrawOne } from '../groups/activities.ts';
import type { GroupOrder } from '../groups/group-orders.ts';
import { nextInstant } from '../groups/meeting-times.ts';
import type { ReadingGroup } from '../groups/reading-group.ts';
import { pickNumber } from '../random.ts';
import { awaitSending, type Fault, LONGEST_WAIT_MS, LOOK_EVERY_MS, type Storm, unlessDown } from './fault.ts';

/** What befalls reading groups, and what their people do. */
export const GROUP_FAULTS: readonly Fault[] = [
  {
    name: 'meeting-comes',
    says: 'Time passes until a poll, its end, a reminder or a meeting is due.',
    weight: 18,
    async start(storm) {
      if (!leapToMeeting(storm)) return;
      storm.met();
      await awaitSending(storm);
      for (const group of storm.world.groups) act(storm, group, vote);
    },
  },
  {
    name: 'meeting-killed',
    says: 'The bot is killed when a poll, its end, a reminder or a meeting is due, or has just come.',
    weight: 4,
    async start(storm) {
      const { world, random, met } = storm;
      leapToMeeting(storm);
      await awaitSending(storm);
      await setTimeout(pickNumber(random, 0, 1_500));
      await world.supervisor.end('SIGKILL');
      met();
      await world.supervisor.start();
    },
  },
  {
    name: 'meeting-answers-lost',
    says: 'Answers about polls, threads, events and reminders are lost.',
    weight: 4,
    lasts: [3_000, 6_000],
    async start(storm) {
      const { world, random, met } = storm;
      const isOfGroup = (path: string) =>
        path.endsWith('/scheduled-events') || world.groups.some(({ channelId }) => path.includes(channelId));
      const stop = world.spoil('discord', ({ method, path }) => {
        if (method !== 'POST' || !isOfGroup(path) || random() < 0.3) return undefined;
        met();
        return { kind: 'drop-after' };
      });
      leapToMeeting(storm);
      await awaitSending(storm);
      return stop;
    },
  },
  {
    name: 'nominations',
    says: 'People nominate papers, and take them back.',
    weight: 6,
    start(storm) {
      for (const group of storm.world.groups) act(storm, group, nominate);
      storm.met();
    },
  },
  {
    name: 'poll-begun',
    says: 'Somebody begins a poll before its time.',
    weight: 1,
    start: (storm) =>
      actInOne(storm, ({ world }, group) =>
        openPollOf(group, world.timeline.now()) === undefined && group.nominated.size > 1
          ? () => group.give(beginPoll(storm))
          : undefined,
      ),
  },
  {
    name: 'poll-ended',
    says: 'Somebody ends a poll early.',
    weight: 3,
    start: (storm) => actOnPoll(storm, (group) => group.give({ kind: 'end-poll' })),
  },
  {
    name: 'poll-deleted',
    says: 'A moderator deletes a poll, and may begin another one.',
    weight: 3,
    start: (storm) =>
      actOnPoll(
        storm,
        async (group, poll) => {
          group.deletePoll(poll.id);
          if (storm.random() < 0.5) await group.give(beginPoll(storm));
        },
        ({ hasPolls }) => hasPolls,
      ),
  },
  {
    name: 'event-deleted',
    says: 'Somebody deletes the event of a meeting.',
    weight: 2,
    start: (storm) =>
      actInOne(storm, ({ world }, group) => {
        const [event] = world.discord.eventsOf(group.guildId);
        return event && (async () => group.deleteEvent(event.id));
      }),
  },
  {
    name: 'event-moved',
    says: 'Somebody moves the event of a meeting to a later hour.',
    weight: 3,
    start: (storm) =>
      actInOne(storm, ({ world, random }, group) => {
        const [event] = world.discord.eventsOf(group.guildId);
        const startsAt = Date.parse(event?.scheduled_start_time ?? '');
        if (event === undefined || startsAt < world.timeline.now() + HOUR_MS) return undefined;
        return async () => group.moveEvent(event.id, startsAt + pickNumber(random, 1, 6) * HOUR_MS);
      }),
  },
];

/** At most; the slots of digests come in between. */
const LONGEST_LEAP_MS = 4 * HOUR_MS;
/** On the replayed clock. */
const SHORTLY_MS = 60_000;

/** Of the times that people think of a nomination, those at which they take one back. */
const WITHDRAWN_SHARE = 0.2;

type Act = (storm: Storm, group: ReadingGroup) => Promise<unknown>;

/** To shortly before something of a group is due, or on the way there. */
function leapToMeeting({ world }: Storm): boolean {
  const { timeline, groups } = world;
  const now = timeline.now();
  const instants = groups.flatMap(({ schedule }) =>
    schedule === undefined ? [] : (nextInstant(schedule, now + SHORTLY_MS) ?? []),
  );
  if (instants.length === 0) return false;
  const waitMs = Math.min(...instants) - SHORTLY_MS - now;
  world.leap(Math.min(LONGEST_LEAP_MS, waitMs));
  return waitMs <= LONGEST_LEAP_MS;
}

/** Where nobody is giving an order. */
function act(storm: Storm, group: ReadingGroup, does: Act): void {
  if (group.isBusy || group.schedule === undefined) return;
  unlessDown(storm, async () => void (await does(storm, group)));
}

/** In the first group where there is anything to do. A deed that returns false hit nothing. */
function actInOne(
  storm: Storm,
  does: (storm: Storm, group: ReadingGroup) => (() => Promise<boolean | void>) | undefined,
): void {
  for (const group of storm.world.groups) {
    const deed = group.isBusy || group.schedule === undefined ? undefined : does(storm, group);
    if (deed === undefined) continue;
    unlessDown(storm, async () => {
      if ((await deed()) !== false) storm.met();
    });
    return;
  }
}

const beginPoll = ({ random }: Storm): GroupOrder => ({
  kind: 'begin-poll',
  hours: pickNumber(random, 1, 6),
});

/** To the poll that is open in a group that `fits`; where there is none, somebody begins one first. */
function actOnPoll(
  storm: Storm,
  does: (group: ReadingGroup, poll: PostedMessage) => Promise<void>,
  fits: (group: ReadingGroup) => boolean = () => true,
): void {
  const open = (group: ReadingGroup) => openPollOf(group, storm.world.timeline.now());
  actInOne(storm, (_, group) => {
    if (!fits(group) || (open(group) === undefined && group.nominated.size < 2)) return undefined;
    return async () => {
      if (open(group) === undefined) await group.give(beginPoll(storm));
      for (
        let waitedMs = 0;
        open(group) === undefined && waitedMs < LONGEST_WAIT_MS;
        waitedMs += LOOK_EVERY_MS
      )
        await setTimeout(LOOK_EVERY_MS);
      const poll = open(group);
      if (poll !== undefined) await does(group, poll);
      return poll !== undefined;
    };
  });
}

const vote: Act = ({ world, random }, group) => voteNow(group, world.timeline.now(), random);

const nominate: Act = ({ world, random }, group) =>
  random() < WITHDRAWN_SHARE
    ? withdrawOne(group, random)
    : nominateSome(group, world.source.newestPapers(), random);
