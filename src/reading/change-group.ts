import { UserError } from '../errors.ts';
import { addDays, type Instant, localTimeAt, type Weekday } from '../calendar/zoned-time.ts';
import { openMeeting } from './close-meeting.ts';
import type { GroupChange, GroupState, ReadingGroup, Rhythm } from './reading-group.ts';
import { nextMeeting } from './rhythm.ts';

/** What is absent stays as it is; null ends it. */
export interface GroupSettings {
  readonly every?: Rhythm['every'] | 'never';
  readonly weekday?: Weekday;
  readonly minute?: number;
  readonly zone?: string;
  readonly minutes?: number;
  readonly voiceChannelId?: string | null;
  readonly pollHours?: number;
  readonly readDays?: number;
  readonly roleId?: string | null;
  readonly presenters?: readonly string[];
  readonly channel?: Pick<ReadingGroup, 'channelId' | 'channelKind'>;
}

/** Days between two meetings at the least. */
const PERIOD: Readonly<Record<Rhythm['every'], number>> = { once: 60, week: 7, 'two-weeks': 14, month: 28 };
const DAY_HOURS = 24;

/**
 * The group with new settings. A meeting for which papers are still nominated moves where they change its time; one that
 * is past that stays as it is. Raises `meeting-incomplete`, and `number-out-of-range` where a poll would begin before the
 * last meeting.
 */
export function changeGroup(
  state: GroupState,
  group: ReadingGroup,
  {
    settings,
    defaultZone,
    now,
    id,
  }: {
    readonly settings: GroupSettings;
    readonly defaultZone: string;
    readonly now: Instant;
    readonly id: string;
  },
): GroupChange {
  const { minutes, pollHours, readDays, presenters, channel, voiceChannelId, roleId } = settings;
  const { rhythm: _before, voiceChannelId: voice, roleId: role, ...rest } = group;
  const voiceAfter = voiceChannelId === undefined ? voice : (voiceChannelId ?? undefined);
  const roleAfter = roleId === undefined ? role : (roleId ?? undefined);
  const rhythm = changeRhythm(group.rhythm, settings, { defaultZone, now });
  const changed: ReadingGroup = {
    ...rest,
    ...channel,
    ...(rhythm === undefined ? {} : { rhythm }),
    ...(minutes === undefined ? {} : { minutes }),
    ...(pollHours === undefined ? {} : { pollHours }),
    ...(readDays === undefined ? {} : { readDays }),
    ...(voiceAfter === undefined ? {} : { voiceChannelId: voiceAfter }),
    ...(roleAfter === undefined ? {} : { roleId: roleAfter }),
  };
  refuseOverlap(changed);
  return {
    group: changed,
    ...(presenters === undefined ? {} : { presenters }),
    ...moveMeeting(state, changed, { now, id }),
  };
}

function changeRhythm(
  before: Rhythm | undefined,
  settings: GroupSettings,
  { defaultZone, now }: { readonly defaultZone: string; readonly now: Instant },
): Rhythm | undefined {
  const { every, weekday = before?.weekday, minute = before?.minute, zone } = settings;
  if (every === 'never') return undefined;
  const asked = [every, settings.weekday, settings.minute, before && zone];
  if (asked.every((one) => one === undefined)) return before;
  if (weekday === undefined || minute === undefined) throw new UserError('meeting-incomplete', {});
  const changed = {
    every: every ?? before?.every ?? 'week',
    weekday,
    minute,
    zone: zone ?? before?.zone ?? defaultZone,
  };
  if (before?.every === changed.every && before.weekday === weekday) {
    const kept = { ...changed, firstDay: before.firstDay };
    if (nextMeeting(kept, now) !== undefined) return kept;
  }
  const today = localTimeAt(now, changed.zone);
  return { ...changed, firstDay: today.minute < minute ? today.day : addDays(today.day, 1) };
}

function refuseOverlap({ rhythm, pollHours, readDays }: ReadingGroup): void {
  if (rhythm === undefined) return;
  const most = Math.floor(PERIOD[rhythm.every] - 1 - pollHours / DAY_HOURS);
  if (readDays > most)
    throw new UserError('number-out-of-range', { name: 'read', from: 0, to: Math.max(0, most) });
}

function moveMeeting(
  { group: before, meeting }: GroupState,
  group: ReadingGroup,
  { now, id }: { readonly now: Instant; readonly id: string },
): Pick<GroupChange, 'meeting' | 'next'> {
  const next = openMeeting(group, { id: meeting?.id ?? id, now });
  if (meeting === undefined) return next === undefined ? {} : { meeting: next };
  if (meeting.state !== 'gathering') return {};
  const planned = before && openMeeting(before, { id, now });
  if (planned?.startsAt === next?.startsAt && planned?.decideAt === next?.decideAt)
    return { meeting: { ...meeting, minutes: group.minutes } };
  if (next === undefined) return { meeting: { ...meeting, state: 'passed', endedAt: now } };
  return { meeting: { ...next, createdAt: meeting.createdAt } };
}
