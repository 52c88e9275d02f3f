import { count, type MentionCommand } from './phrases.ts';

/** Of picks by what is saved. Titles come as links, or as they are where that is said. */
export function createForYouTexts(mention: MentionCommand) {
  return {
    title: (saved: number) => `### For you\nFrom the ${count(saved, 'paper')} in your ${mention('library')}.`,
    nothingSaved: () =>
      `### For you\nI pick papers like those you save, and you haven't saved any. Press **Save** on one that you like, in ${mention('papers')} or ${mention('search')}, and come back. One is enough to start.`,
    nothingNew: (days: number) =>
      `I found nothing like what you saved among the papers of the last ${days} days. Save a few more, or come back tomorrow.`,
    like: (title: string) => `Like ${title}, which you saved`,
    by: (author: string) => `by ${author}, whose paper you saved`,
    words: (words: string) => `both about ${words}`,
    notForMe: 'Not for me',
    dismissed: (title: string) => `${title} won't come again, and I'll pick fewer like it.`,
    isSaved: (title: string) =>
      `You saved ${title}, so I go on picking papers like it. Remove it from your ${mention('library')} to get fewer.`,
    takeBack: 'Undo',
    takenBack: (title: string) => `${title} can be picked again.`,

    byDm: {
      off: 'By DM: off. I can send you my best picks, three a day or seven a week.',
      daily: 'By DM: up to three picks a day.',
      weekly: 'By DM: up to seven picks a week.',
    },
    when: () => `${mention('schedule')} sets when.`,
    daily: 'Daily by DM',
    weekly: 'Weekly by DM',
    stop: 'Stop DMs',

    counted:
      "Your saves count for this server's picks, and as numbers in its reading group and its roundups. Others can't see them, but may guess some.",
    notCounted:
      "Your saves don't count for this server. If you agree, channels that follow **For you** get papers like them, and its reading group and roundups show how many people saved a paper. Others may guess some.",
    count: 'Count my saves here',
    countNoMore: "Don't count my saves here",
    countedIn: (servers: number) =>
      `Your saves count for picks in ${count(servers, 'server')}. That doesn't end when you leave one.`,
    countNowhere: "Don't count my saves anywhere",

    /** What a pick is shown with in a digest; the title is as it is. */
    label: (title: string) => `for you: like “${title}”`,
    labelAlone: 'for you',
    outlook: {
      daily: 'Up to three papers a day like those you save.',
      weekly: 'Up to seven papers like those you save, with the first digest of each week.',
    },
    channelOutlook: {
      daily: 'Up to three papers a day like those that people here save.',
      weekly: 'Up to seven papers like those that people here save, with the first digest of each week.',
    },
    agreement: () =>
      `Only the saves of people who press **Count my saves here** in ${mention('foryou')} count.`,
    nobody: 'Nobody has done that yet, so nothing comes for now.',
    today: 'If it came now:',
    why: {
      pick: 'is one of the best picks',
      no: "isn't among the best picks at present",
    },
  };
}
