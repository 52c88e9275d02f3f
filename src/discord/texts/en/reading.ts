import type { Instant } from '../../../calendar/zoned-time.ts';
import type { NeededPermission } from '../../../errors.ts';
import { count, formatClock, type MentionCommand, timestamp } from './phrases.ts';

const RIGHTS: Readonly<Partial<Record<NeededPermission, string>>> = {
  ViewChannel: '**View Channel**',
  SendMessages: '**Send Messages**, to say anything',
  SendPolls: '**Send Polls**; until then people vote by buttons',
  ReadMessageHistory: "**Read Message History**, to read a poll's result; until then people vote by buttons",
  CreatePublicThreads: '**Create Public Threads**; until then you discuss in the channel',
  CreateEvents: '**Create Events**; until then a meeting is a message alone',
  Connect: '**Connect** in the voice channel, for its events',
};

/** Of a server's reading group. Titles come as links. */
export function createReadingTexts(mention: MentionCommand) {
  return {
    question: 'Which paper do we read next?',
    byPoll: (hours: number) => `Vote in the poll below. It is open for ${count(hours, 'hour')}.`,
    byButtons: (closesAt: Instant) =>
      `Vote with a button until ${timestamp(closesAt)}. You can change your vote until then.`,
    rule: 'A tie, or a poll without votes, goes to the paper that was nominated first.',
    meetingAt: (startsAt: Instant) => `The meeting is ${timestamp(startsAt)}, ${timestamp(startsAt, 'R')}.`,
    openPaper: 'Open a paper',
    details: 'Details',
    weRead: 'We read this paper next',
    how: {
      poll: (votes: number, total: number) => {
        if (total === 0) return 'Nobody voted, so it is the paper that was nominated first.';
        const won = `It got ${votes} of ${count(total, 'vote')}.`;
        return votes * 2 > total ? won : `${won} A tie goes to the paper that was nominated first.`;
      },
      only: 'It was the only nomination.',
      first: 'It was nominated first, and there was no time for a poll.',
      picked: 'It was picked without a poll.',
      saved: 'Nobody nominated a paper, so it is what was saved most here lately.',
    },
    presents: (userId: string) => `<@${userId}> presents.`,
    discuss: 'Discuss it below.',
    eventName: (title: string) => `Reading group: ${title}`,
    eventAbout: (title: string, url: string) => `We read "${title}".\n${url}\n\nDiscussion:`,
    reminder: (title: string, startsAt: Instant) =>
      `We read **${title}** ${timestamp(startsAt, 'R')}: ${timestamp(startsAt)}.`,
    thread: (channelId: string) => `Discussion: <#${channelId}>.`,
    event: (link: string) => `Event: ${link}`,
    nothingToRead: (startsAt: Instant | undefined) =>
      `Nobody nominated a paper, and nothing new was saved here lately, so ${startsAt === undefined ? 'there is nothing to read' : `there is no meeting on ${timestamp(startsAt)}`}. Nominate papers in ${mention('reading')}.`,
    openShelf: 'Nominate',

    title: 'Reading group',
    noRhythm: () =>
      `No meetings are set. With Manage Events you can set them, in a channel that you manage: ${mention('meeting')} with \`day\` and \`time\`.`,
    nextMeeting: (startsAt: Instant) => `Next meeting: ${timestamp(startsAt)}, ${timestamp(startsAt, 'R')}.`,
    nominationsClose: (at: Instant) => `Nominations close on ${timestamp(at)}.`,
    polling: (link: string, closesAt: Instant) =>
      link === ''
        ? 'A poll is about to be posted.'
        : `[A poll is open](${link}), until ${timestamp(closesAt)}.`,
    reading: (title: string) => `Next paper: **${title}**`,
    posted: (title: string, channelId: string) =>
      `You read **${title}** next. I posted it in <#${channelId}>.`,
    link: (link: string) => `[Go to its message](${link})`,
    lacks: (channelId: string, permissions: readonly NeededPermission[]) =>
      [
        `I lack some permissions in <#${channelId}>. Grant me:`,
        ...permissions.map((one) => `- ${RIGHTS[one] ?? one}`),
      ].join('\n'),
    eventFailed: (code: number) => `I could not make the event: Discord refused it (${code}).`,
    nominated: (papers: number) => `**Nominated** · ${count(papers, 'paper')}`,
    nothingNominated: () =>
      `Nothing is nominated yet. Press **Nominate** on a paper's card, or use ${mention('reading')} with \`nominate\`.`,
    savedHere: '**Saved here lately**',
    savers: (people: number) => `saved by ${people}`,
    nothingSaved: 'Nothing was saved here in the last 30 days by people whose saves count.',
    consent: {
      off: 'Your own saves are not counted here. Only numbers are shown, never names.',
      on: 'Your saves are counted here, as numbers without names.',
    },
    nominateMenu: 'Nominate one of them',
    withdrawMenu: 'Withdraw a nomination',
    nominate: 'Nominate',
    withdraw: 'Withdraw',
    startPoll: (hours: number) => `Start a poll of ${count(hours, 'hour')}`,
    takeOnly: 'Read this one',
    endPoll: 'End the poll now',
    makeEvent: 'Make the event',
    historyButton: 'History',
    nominatedAs: {
      added: (title: string) => `Nominated **${title}**.`,
      present: (title: string) => `**${title}** is already nominated.`,
      chosen: (title: string) => `**${title}** is already chosen: you read it next. Nominate another paper.`,
    },
    withdrawn: (title: string) => `**${title}** is no longer nominated.`,
    openGroup: 'Reading group',
    voted: (title: string, closesAt: Instant) =>
      `Your vote: **${title}**. You can change it until ${timestamp(closesAt)}.`,
    history: {
      title: (papers: number) => `Read together · ${count(papers, 'paper')}`,
      empty: 'Nothing has been read together yet.',
      readOn: (at: Instant) => timestamp(at, 'D'),
      calledOff: 'called off',
      presented: (userId: string) => `presented by <@${userId}>`,
      file: (papers: number, format: string) => `${count(papers, 'paper')} as ${format}.`,
      description: 'Papers that were read together',
    },
    meeting: {
      created: 'The reading group is set up.',
      updated: 'Updated the reading group.',
      present: 'The reading group of this server',
      channel: (channelId: string) => `Channel: <#${channelId}>`,
      when: {
        once: (day: string, minute: number) => `Once, on ${day} at ${formatClock(minute)}`,
        week: (day: string, minute: number) => `Every ${day} at ${formatClock(minute)}`,
        'two-weeks': (day: string, minute: number) => `Every second ${day} at ${formatClock(minute)}`,
        month: (day: string, minute: number) => `The first ${day} of each month at ${formatClock(minute)}`,
      },
      zone: (zone: string) => `(${zone})`,
      never: 'No meetings',
      length: (minutes: number) => `Length: ${count(minutes, 'minute')}`,
      inVoice: (channelId: string) => `Place: <#${channelId}>`,
      inThread: 'Place: the thread of the paper',
      poll: (hours: number, days: number) =>
        `Polls: open for ${count(hours, 'hour')}, ending ${count(days, 'day')} before the meeting`,
      presenters: (names: string) => `Presenters, in turn: ${names}`,
      nobody: 'Presenters: nobody in particular',
      organisers: (roleId: string | undefined) =>
        roleId === undefined
          ? 'Decided by: whoever has Manage Events'
          : `Decided by: <@&${roleId}>, and whoever has Manage Events`,
      keeps: 'The meeting under way stays as it is; the next one follows the new settings.',
      rules:
        '-# If nobody nominates a paper, the group reads what was saved most here in 30 days and not read yet. If there is none, there is no meeting. A reminder comes a day and an hour before.',
    },
  };
}
