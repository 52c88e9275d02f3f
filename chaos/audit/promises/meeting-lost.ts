import { listMeetingDebts } from '../meetings/meeting-debts.ts';
import { atEachMeeting, type Promise } from '../promise.ts';

export const MEETING_LOST: Promise = {
  figure: 'meeting_lost',
  sentence:
    'A meeting gets a poll of what is nominated, or its only paper, then a card with a thread, an event, and reminders a day and an hour before.',
  check: atEachMeeting((evidence, group, meeting) =>
    listMeetingDebts(evidence, group, meeting)
      .filter(({ cameAt }) => cameAt === undefined)
      .map(({ what }) => what),
  ),
};
