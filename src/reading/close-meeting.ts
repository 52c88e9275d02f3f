import { DAY_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { GroupChange, GroupState, Meeting, ReadingGroup, Rhythm } from './reading-group.ts';
import { decideAt, nextMeeting } from './rhythm.ts';

/** Days to rest after a meeting, whatever day is set meanwhile: nearly half of those between two. */
const REST_DAYS: Readonly<Record<Rhythm['every'], number>> = { once: 0, week: 3, 'two-weeks': 6, month: 13 };

/** A meeting that is closed, and the one that comes after it. Whoever presented was held over where nothing was read. */
export function closeMeeting(
  group: ReadingGroup,
  meeting: Meeting,
  { nextId, now }: { readonly nextId: string; readonly now: Instant },
): GroupChange {
  const { startsAt = now, plannedAt = startsAt, minutes } = meeting;
  const after = Math.max(now, startsAt, plannedAt);
  const since = Math.min(now, startsAt + minutes * MINUTE_MS);
  const closed = meeting.state === 'over' ? countHeld(group, meeting, now) : group;
  const next = openMeeting(closed, { id: nextId, now, after, since });
  return { group: closed, meeting, ...(next === undefined ? {} : { next }) };
}

/** A meeting that was planned by a wrong clock, at its time by the right one; undefined where it stays. */
export function planAgain(
  group: ReadingGroup,
  { id, startsAt }: Meeting,
  now: Instant,
): Pick<GroupChange, 'meeting'> | undefined {
  const meeting = openMeeting(group, { id, now });
  return meeting === undefined || meeting.startsAt === startsAt ? undefined : { meeting };
}

/**
 * The only meeting of a group that meets once, as it was before a clock that was ahead closed it; undefined where it stays
 * closed. What that clock chose without anybody's votes is chosen again, unless people were told of it.
 */
export function reopenMeeting(
  { group, meeting: open }: GroupState,
  closed: Meeting,
  now: Instant,
): Pick<GroupChange, 'group' | 'meeting'> | undefined {
  if (group?.rhythm?.every !== 'once' || open !== undefined || closed.state === 'called-off')
    return undefined;
  const { endedAt = now, ...before } = closed;
  const { id, startsAt = now, minutes, createdAt, announced, choice, poll } = before;
  if (endedAt <= now || startsAt + minutes * MINUTE_MS <= now) return undefined;
  const isCounted = choice !== undefined && poll?.kind === 'buttons';
  if (announced !== undefined || choice?.how === 'picked' || isCounted) {
    const held = group.held - Number(closed.state === 'over');
    return { group: { ...group, held }, meeting: { ...before, state: 'chosen' } };
  }
  if (poll?.messageId !== undefined) {
    const { choice: _without, presenterId: _presents, ...polling } = before;
    return { meeting: { ...polling, state: 'polling' } };
  }
  const again = openMeeting(group, { id, now });
  return again && { meeting: { ...again, createdAt } };
}

function countHeld(group: ReadingGroup, { startsAt }: Meeting, now: Instant): ReadingGroup {
  const met = startsAt === undefined ? {} : { metAt: Math.min(now, startsAt) };
  return { ...group, ...met, held: group.held + 1 };
}

interface Opening {
  readonly id: string;
  readonly now: Instant;
  /** The meeting comes later; `now` when absent. */
  readonly after?: Instant;
  /** From when people could nominate; `now` when absent. */
  readonly since?: Instant;
}

/**
 * Undefined where the group meets no more. A group that meets every week begins with the first meeting that leaves time to
 * nominate. Where voting should have begun already, half of the time that is left is for nominations.
 */
export function openMeeting(
  group: ReadingGroup,
  { id, now, after = now, since = now }: Opening,
): Meeting | undefined {
  const { rhythm, metAt = 0 } = group;
  if (rhythm === undefined) return undefined;
  const restedAt = Math.min(metAt, now) + REST_DAYS[rhythm.every] * DAY_MS;
  const first = nextMeeting(rhythm, Math.max(after, restedAt));
  if (first === undefined) return undefined;
  const isTooSoon = rhythm.every === 'week' && decideAt(first, group) <= since;
  const startsAt = isTooSoon ? (nextMeeting(rhythm, first) ?? first) : first;
  const planned = decideAt(startsAt, group);
  const isLate = planned <= now;
  return {
    ...buildMeeting(group, { id, now }),
    startsAt,
    plannedAt: startsAt,
    decideAt: isLate ? now + Math.floor((startsAt - now) / 2) : planned,
  };
}

/** One without a time. */
export function buildMeeting(
  { guildId, minutes }: Pick<ReadingGroup, 'guildId' | 'minutes'>,
  { id, now }: { readonly id: string; readonly now: Instant },
): Meeting {
  return { id, guildId, state: 'gathering', createdAt: now, minutes, reminded: [] };
}
