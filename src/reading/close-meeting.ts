import type { Instant } from '../calendar/zoned-time.ts';
import type { GroupChange, Meeting, ReadingGroup } from './reading-group.ts';
import { decideAt, nextMeeting } from './rhythm.ts';

/** A meeting that is closed, and the one that comes after it. Whoever presented was held over where nothing was read. */
export function closeMeeting(
  group: ReadingGroup,
  meeting: Meeting,
  { nextId, now }: { readonly nextId: string; readonly now: Instant },
): GroupChange {
  const held = group.held + (meeting.state === 'over' ? 1 : 0);
  const next = openMeeting(group, { id: nextId, now, after: Math.max(now, meeting.startsAt ?? now) });
  return { group: { ...group, held }, meeting, ...(next === undefined ? {} : { next }) };
}

/**
 * Undefined where the group meets no more. A group that meets every week begins with the first meeting that leaves time to
 * nominate; for one that meets less often, half of the time that is left is for nominations.
 */
export function openMeeting(
  group: ReadingGroup,
  { id, now, after }: { readonly id: string; readonly now: Instant; readonly after: Instant },
): Meeting | undefined {
  const { rhythm } = group;
  const first = rhythm && nextMeeting(rhythm, after);
  if (rhythm === undefined || first === undefined) return undefined;
  const isTooSoon = rhythm.every === 'week' && decideAt(first, group) <= now;
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
