/** What the bot says about itself. */
export const HELP_TEXTS = {
  help: [
    '**Paperboy** brings the papers of Hugging Face Daily Papers to your channels and direct messages.',
    '- `/subscribe` follows a topic, or every paper; `/topics` shows the ready ones.',
    '- `/schedule` sets when and how they come, at nine in the morning at first.',
    '- `/subscriptions` shows what is followed and whether it gets through; `/unsubscribe` ends it; `/why` tells why a paper came, or did not.',
    '- `/papers` lists a day, `/trending` the most upvoted, `/search` finds papers, `/paper` shows one.',
    '- `/about` tells what is stored about you, and deletes it.',
    'Changing what a channel gets needs Manage Channels in that channel; following by direct message needs nothing.',
    '',
    '**Topics and searches**',
    '- `speculative decoding` both words · `"state space"` that phrase · `mamba OR rwkv` either',
    '- `-survey` without it · `quantiz*` begins so · `(a OR b) c` groups',
    '- `title:` `abstract:` `keyword:` `author:"Tri Dao"` `org:nvidia` in that field',
    '- `upvotes>=20` `stars>=100` `comments>=3` `code:yes` `since:2026-01-01` conditions',
  ].join('\n'),
  about: (version: string) =>
    [
      `**Paperboy ${version}** · papers from https://huggingface.co/papers`,
      '**Stored** for each channel: its schedule, what it follows, who asked for it, and which papers it got. About you: your user id where you subscribed a channel, what you follow by direct message and which papers came, and for a while the searches whose pages you turn.',
      '**Sent on**: plain words of a `/search` that finds little here go to Hugging Face’s own search, and a paper’s id or address when it is looked up; nothing about you goes with them.',
      '“Delete my data” ends what you follow by direct message, and deletes that, which papers came, and your searches. Channels keep theirs; `/unsubscribe` ends those.',
    ].join('\n'),
  deleteMyData: 'Delete my data',
  dataDeleted:
    'Done: what you followed by direct message is ended and deleted, and so are your searches. Channels keep what they follow.',
} as const;
