import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { buildMeeting, closeMeeting } from '../../../src/reading/close-meeting.ts';
import type { ReadingGroup, Rhythm } from '../../../src/reading/reading-group.ts';

const THURSDAY = Date.parse('2026-07-02T16:00Z');
const NOW = THURSDAY + 60 * MINUTE_MS;

it.each<[Rhythm['every'], string]>([
  ['once', '2026-07-03'],
  ['week', '2026-07-10'],
  ['two-weeks', '2026-07-17'],
  ['month', '2026-08-07'],
])('a meeting on a Thursday is followed by one on a Friday (%s)', (every, day) => {
  const rhythm: Rhythm = { every, weekday: 5, minute: 1080, zone: 'Europe/Berlin', firstDay: '2026-06-30' };
  const group: ReadingGroup = {
    guildId: '2',
    channelId: '1',
    channelKind: 'text',
    rhythm,
    minutes: 60,
    pollHours: 1,
    readDays: 0,
    held: 0,
  };
  const gathering = buildMeeting(group, { id: 'm000000000000001', now: THURSDAY });

  const { next } = closeMeeting(
    group,
    { ...gathering, state: 'over', startsAt: THURSDAY },
    { nextId: 'm000000000000002', now: NOW },
  );

  expect(new Date(next?.startsAt ?? 0).toISOString()).toBe(`${day}T16:00:00.000Z`);
});
