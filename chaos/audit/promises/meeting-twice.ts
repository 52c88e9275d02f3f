import { isDisturbed } from '../evidence/whole.ts';
import { wasClockWrong } from '../evidence/wrong-clock.ts';
import { isExcused, reminderOf } from '../meetings/meeting-debts.ts';
import { atEachMeeting, type Promise } from '../promise.ts';

/** Real: from when a message was planned until it stands there, at most. */
const UNDER_WAY_MS = 20_000;
/** What keeps the bot from knowing that its poll stands there. */
const SENT_MS = 500;
const UNKNOWN = ['request', 'down', 'storage'];

export const MEETING_TWICE: Promise = {
  figure: 'meeting_twice',
  sentence:
    'Nothing of a meeting comes twice: a poll that is deleted is not made again unless somebody begins one, and an event never is.',
  check: atEachMeeting((evidence, { group, destination }, meeting) => {
    const { timeline } = evidence.history;
    const { nominees, polls, chosen, nothing, reminders, events, startsAt } = meeting;
    const begun = group.decisions.filter(({ kind }) => kind === 'poll');
    const asked = begun.filter(({ sentAt }) => nominees.some(({ at }) => at >= sentAt)).length;
    const [first] = nominees;
    const last = nominees.at(-1);
    // One that Discord does not take becomes one by buttons.
    const isReplaced =
      first !== undefined &&
      last?.meeting.closesAt !== undefined &&
      first.meeting.hours !== undefined &&
      (!group.hasPolls || isExcused(evidence, destination, first.at, last.at));
    // The bot cannot know of a poll that was deleted before it had looked for it, as its answer was lost.
    const unknown = group.deleted.filter(({ message, at }) => {
      const about = { from: message.at - SENT_MS, to: at, kinds: UNKNOWN };
      const isSoon = at - message.at < UNDER_WAY_MS;
      return isSoon && polls.some(({ id }) => id === message.id) && isDisturbed(evidence, destination, about);
    });
    // Which one it is cannot be told where it came by a wrong clock.
    const kinds = reminders
      .filter(({ at }) => !wasClockWrong(evidence.history, at - UNDER_WAY_MS, at))
      .map((one) => reminderOf(timeline.virtualAt(one.at), one));
    const most = (what: string, count: number, allowed: number) =>
      count > allowed ? [`${count} ${what} for the meeting of ${new Date(startsAt).toISOString()}`] : [];
    return [
      ...most('lists to choose from', nominees.length, 1 + asked + Number(isReplaced)),
      ...most('polls', polls.length, Math.max(1, nominees.length) + unknown.length),
      ...most('papers', chosen.length, 1),
      ...most('events', events.length, 1),
      ...most('notes that there is none', nothing.length, 1),
      ...most('reminders', reminders.length, 2),
      ...most('reminders a day before', kinds.filter((kind) => kind === 'day').length, 1),
      ...most('reminders an hour before', kinds.filter((kind) => kind === 'hour').length, 1),
    ];
  }),
};
