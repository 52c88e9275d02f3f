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

/** Undefined where the group meets no more. */
export function openMeeting(
  group: ReadingGroup,
  { id, now, after }: { readonly id: string; readonly now: Instant; readonly after: Instant },
): Meeting | undefined {
  const startsAt = group.rhythm && nextMeeting(group.rhythm, after);
  if (startsAt === undefined) return undefined;
  return { ...buildMeeting(group, { id, now }), startsAt, decideAt: decideAt(startsAt, group) };
}

/** One without a time. */
export function buildMeeting(
  { guildId, minutes }: Pick<ReadingGroup, 'guildId' | 'minutes'>,
  { id, now }: { readonly id: string; readonly now: Instant },
): Meeting {
  return { id, guildId, state: 'gathering', createdAt: now, minutes, reminded: [] };
}
