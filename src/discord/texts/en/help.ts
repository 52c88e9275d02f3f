import type { MentionCommand } from './phrases.ts';

/** What the bot says about itself. */
export function createHelpTexts(mention: MentionCommand) {
  return {
    title: '### Hugging Face Daily Papers, delivered to your Discord',
    look: () =>
      [
        '**Just looking**',
        `${mention('papers')} lists a day and ${mention('trending')} the most upvoted papers. ${mention('trends')} draws how much topics are written about. ${mention('search')} finds papers by words, authors or labs, and ${mention('paper')} opens one. To open papers that a message links to, use **Apps → Find papers** in its menu. **Follow** on a paper tells you when it gets code, a model, a dataset, a Space or 100 votes. **Save** keeps it in your ${mention('library')}, with notes and tags of your own and exports for reference managers; so does ${mention('save')}. ${mention('foryou')} picks papers like those you saved.`,
      ].join('\n'),
    byDm: () =>
      [
        '**Follow by DM**',
        `I send you the new papers each morning. Pick one of the ${mention('topics')}, or follow words of your own with ${mention('subscribe')}.`,
      ].join('\n'),
    channel: () =>
      [
        '**Set up a channel**',
        `Run ${mention('subscribe')} in the channel; you need Manage Channels there. Papers come every day at nine unless you change that with ${mention('schedule')}; ${mention('roundup')} adds the best of each week or month. The topic **For you** brings papers like those that people there save. Only saves of people who agree in ${mention('foryou')} count.`,
      ].join('\n'),
    reading: () =>
      [
        '**Read together**',
        `${mention('reading')} is this server's shelf: nominate papers, vote in a poll, and see what the group has read. ${mention('meeting')} sets when you meet, how you vote and who presents; each meeting gets a thread, an event and reminders.`,
      ].join('\n'),
    more: () =>
      [
        `${mention('subscriptions')} shows what is followed, when it comes next, and whether it gets through. ${mention('unsubscribe')} stops a topic. ${mention('why')} tells you why a paper came, or didn't.`,
        `-# ${mention('about')} tells you what I store about you, and can delete it.`,
      ].join('\n'),
    start: {
      latest: 'Latest papers',
      language: 'How to write a search',
      topics: 'Pick a topic',
      everyPaper: 'Every paper by DM',
      topicsHere: 'Pick a topic for here',
      everyPaperHere: 'Every paper here',
    },
    language: () =>
      [
        '**Searches and topics**',
        '- `speculative decoding` finds papers with both words.',
        '- `"state space"` finds that phrase, `mamba OR rwkv` either word, and `(a OR b) c` groups them.',
        '- `-survey` leaves papers out, and `quantiz*` finds words that begin like that.',
        '- `title:` `abstract:` `keyword:` `author:"Tri Dao"` `org:nvidia` look in one place only.',
        '- `upvotes>=20` `stars>=100` `comments>=3` `code:yes` `since:2026-01-01` are conditions.',
        '- `like:2605.30349,2606.01234` finds papers like these. Add `few`, `some` or `many` for how many a week you want to follow.',
        '- `top:3` keeps the best three of each day. `rising:yes` keeps those with more votes than usual at their age.',
      ].join('\n'),
    about: {
      title: (version: string) => `### Paperboy ${version}\nPapers from https://huggingface.co/papers`,
      stored:
        '**What I store**\nFor each server: its reading group, with the papers that it nominated and read. For each channel: its schedule, its topics, who asked for them, the single papers that are followed there, and which papers it got. About you: your user id where you set up a channel; the topics and single papers that you follow by DM, and which papers you got; the papers that you saved, with your notes and tags; those that you said are not for you; the servers where your saves count; the papers that you nominated there, your votes in polls by buttons, and your turns to present; for a while your searches, so that you can turn their pages; and for a day the last form that I could not accept in full.',
      passedOn:
        "**What I pass on**\nIf a search finds little here, I send its plain words to Hugging Face's own search. If you look up a paper that I don't have, I send its id. Nothing about you goes with them.",
      deletable: () =>
        `**What you can delete**\nThe button deletes what you follow by DM, your library, what you chose in For you, your searches, your votes and turns in reading groups, and which papers you got. Papers that you nominated stay, without your name. Channels keep their topics; ${mention('unsubscribe')} ends those. To get a copy first, run ${mention('library')} with \`export\` set to JSON.`,
    },
    deleteMyData: 'Delete my data',
    askToDelete:
      "Delete what you follow by DM, which papers you got, your library, what you chose in For you, your part in reading groups, and your searches? This can't be undone.",
    dataDeleted:
      'Deleted. You no longer follow anything by DM, and your library, your choices in For you, your part in reading groups and your searches are gone. Channels keep what they follow.',
  };
}
