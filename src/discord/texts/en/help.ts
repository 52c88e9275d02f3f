import type { MentionCommand } from './phrases.ts';

/** What the bot says about itself. */
export function createHelpTexts(mention: MentionCommand) {
  return {
    help: () =>
      [
        '**I bring you the papers of Hugging Face Daily Papers.**',
        `- ${mention('subscribe')} follows a topic, or every paper, in a channel or by DM. ${mention('topics')} lists ready-made topics.`,
        `- ${mention('schedule')} sets when and how papers come. Unless you change it, that is every day at nine in the morning.`,
        `- ${mention('subscriptions')} shows what is followed and how it goes. ${mention('unsubscribe')} stops a topic. ${mention('why')} tells you why a paper came, or didn't.`,
        `- ${mention('papers')} lists a day, ${mention('trending')} the most upvoted papers. ${mention('search')} finds papers, ${mention('paper')} shows one.`,
        `- ${mention('about')} tells you what I store about you, and deletes it.`,
        'You need Manage Channels to change what a channel gets. You can always follow by DM.',
        '',
        '**Topics and searches**',
        '- `speculative decoding` has both words · `"state space"` has that phrase · `mamba OR rwkv` has either',
        '- `-survey` leaves those out · `quantiz*` is how a word begins · `(a OR b) c` groups',
        '- `title:` `abstract:` `keyword:` `author:"Tri Dao"` `org:nvidia` look there only',
        '- `upvotes>=20` `stars>=100` `comments>=3` `code:yes` `since:2026-01-01` are conditions',
        '- `top:3` is the three most upvoted papers of each day · `rising:yes` has more votes than usual at its age',
      ].join('\n'),
    about: (version: string) =>
      [
        `**Paperboy ${version}** · papers from https://huggingface.co/papers`,
        '**What I store.** For each channel: its schedule, its topics, who asked for them, and which papers it got. About you: your user id where you subscribed a channel, what you follow by DM and which papers you got, and for a while the searches whose pages you can turn.',
        "**What I pass on.** If a search finds little here, I send its plain words to Hugging Face's own search. If you look up a paper that I don't have, I send its id. Nothing about you goes with them.",
        `**What you can delete.** The button ends what you follow by DM, and deletes that, which papers you got, and your searches. Channels keep their topics; ${mention('unsubscribe')} ends those.`,
      ].join('\n'),
    deleteMyData: 'Delete my data',
    askToDelete:
      "Delete what you follow by DM, which papers you got, and your searches? This can't be undone.",
    dataDeleted:
      'Deleted. You no longer follow anything by DM, and your searches are gone. Channels keep what they follow.',
  };
}
