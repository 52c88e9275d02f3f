import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { GroupChange, Meeting, ReadingGroup } from './reading-group.ts';
import { decideAt, nextMeeting } from './rhythm.ts';

/** A meeting that is closed, and the one that comes after it. Whoever presented was held over where nothing was read. */
export function closeMeeting(
  group: ReadingGroup,
  meeting: Meeting,
  { nextId, now }: { readonly nextId: string; readonly now: Instant },
): GroupChange {
  const held = group.held + (meeting.state === 'over' ? 1 : 0);
  const { startsAt = now, minutes } = meeting;
  const after = Math.max(now, startsAt);
  const since = Math.min(now, startsAt + minutes * MINUTE_MS);
  const next = openMeeting(group, { id: nextId, now, after, since });
  return { group: { ...group, held }, meeting, ...(next === undefined ? {} : { next }) };
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
 * nominate; where that is over or too short, half of the time that is left is for nominations.
 */
export function openMeeting(
  group: ReadingGroup,
  { id, now, after = now, since = now }: Opening,
): Meeting | undefined {
  const { rhythm } = group;
  const first = rhythm && nextMeeting(rhythm, after);
  if (rhythm === undefined || first === undefined) return undefined;
  const isTooSoon = rhythm.every === 'week' && decideAt(first, group) <= since;
  const startsAt = isTooSoon ? (nextMeeting(rhythm, first) ?? first) : first;
  const planned = decideAt(startsAt, group);
  const isLate = planned <= now;
  return {
    ...buildMeeting(group, { id, now }),
    startsAt,
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
