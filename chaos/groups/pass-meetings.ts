import { setTimeout } from 'node:timers/promises';
import type { Random } from '../../src/calendar/clock.ts';
import { DAY_MS, MINUTE_MS } from '../audit/calendar.ts';
import { createAuditContext } from '../audit/evidence/context.ts';
import { DONE_WITHIN_MS, listMeetingDebts } from '../audit/meetings/meeting-debts.ts';
import { buildGroup } from '../audit/meetings/meetings.ts';
import type { History } from '../audit/history.ts';
import type { ChaosWorld } from '../world.ts';
import { nominateSome, openPollOf, voteNow } from './activities.ts';
import { nextInstant } from './meeting-times.ts';
import type { ReadingGroup } from './reading-group.ts';

/** A meeting of each group, from its poll to its end, whatever came of the one before. */
const PASSED_MS = 9 * DAY_MS;
/** Real: from shortly before something is due until it has begun. */
const BEGUN_AFTER_MS = 1_600;
const LOOK_EVERY_MS = 400;
/** Real: how long all of it takes on a machine with nothing else to do. */
export const MEETINGS_MS = 60_000;

/**
 * Time passes from one thing that is due in a group to the next, without trouble, while its people nominate and vote. In
 * one group somebody deletes a poll, in another one an event.
 */
export async function passMeetings(world: ChaosWorld, random: Random): Promise<void> {
  const { timeline } = world;
  const groups = world.groups.filter(({ schedule }) => schedule !== undefined);
  const until = timeline.now() + PASSED_MS;
  const first = Math.floor(random() * groups.length);
  const deletions = [deletePoll, deleteEvent].map((does, index) => ({
    does,
    group: groups[(first + index) % groups.length],
    isDone: false,
  }));
  const late = new Set<string>();
  for (;;) {
    await Promise.all(groups.map((group) => nominate(world, group, random)));
    const now = timeline.now();
    const next = Math.min(
      ...groups.flatMap(({ schedule }) => (schedule && nextInstant(schedule, now + MINUTE_MS)) ?? []),
    );
    if (next > until) return;
    world.leap(Math.max(0, next - MINUTE_MS - timeline.now()));
    await setTimeout(BEGUN_AFTER_MS);
    await untilDone(world, late);
    await Promise.all(groups.map((group) => vote(world, group, random)));
    for (const deletion of deletions) {
      if (deletion.group !== undefined && !deletion.isDone)
        deletion.isDone = deletion.does(world, deletion.group);
    }
  }
}

async function nominate({ source }: ChaosWorld, group: ReadingGroup, random: Random): Promise<void> {
  if (!group.isBusy && group.nominated.size < 2) await nominateSome(group, source.newestPapers(), random);
}

async function vote({ timeline }: ChaosWorld, group: ReadingGroup, random: Random): Promise<void> {
  if (!group.isBusy) await voteNow(group, timeline.now(), random);
}

/** Whether there was one to delete. */
function deletePoll({ timeline }: ChaosWorld, group: ReadingGroup): boolean {
  const poll = openPollOf(group, timeline.now());
  if (poll?.meeting?.kind !== 'poll') return false;
  group.deletePoll(poll.id);
  return true;
}

function deleteEvent({ discord }: ChaosWorld, group: ReadingGroup): boolean {
  const [event] = discord.eventsOf(group.guildId);
  if (event === undefined) return false;
  group.deleteEvent(event.id);
  return true;
}

/** Or it is late; what was late once is not waited for again. */
async function untilDone(world: ChaosWorld, late: Set<string>): Promise<void> {
  let missing = findMissing(world.history());
  for (
    let waited = 0;
    waited < DONE_WITHIN_MS && missing.some((one) => !late.has(one));
    waited += LOOK_EVERY_MS
  ) {
    await setTimeout(LOOK_EVERY_MS);
    missing = findMissing(world.history());
  }
  for (const one of missing) late.add(one);
}

function findMissing(history: History): readonly string[] {
  const context = createAuditContext(history, { patience: false });
  return history.groups.flatMap((ofGroup) => {
    const group = buildGroup(history, ofGroup);
    return group.meetings
      .flatMap((meeting) => listMeetingDebts(context, group, meeting))
      .flatMap(({ what, cameAt }) => (cameAt === undefined ? [`${ofGroup.guildId} ${what}`] : []));
  });
}
