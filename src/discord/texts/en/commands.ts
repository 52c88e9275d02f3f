const PAPER = 'An arXiv id, an arXiv or Hugging Face link, or a title';

/** How commands and their options describe themselves, 100 characters each. Names stay English. */
export const COMMANDS = {
  places: {
    channel: 'The channel, thread or forum; this one if left out',
    by: 'In a channel, or by DM to you alone',
    byChannel: 'in the channel',
    byDm: 'by DM',
  },
  subscribe: {
    description: 'Follow a topic, or every paper, in a channel or by DM',
    topic: 'A topic, words such as mamba OR "state space", or like: and papers; every paper if left out',
    minUpvotes: 'Only papers with at least this many upvotes',
  },
  topics: { description: 'Ready-made topics, with how many papers each had lately' },
  unsubscribe: {
    description: 'Stop following a topic, in a channel or by DM',
    topic: 'The topic to stop',
  },
  subscriptions: { description: 'What is followed, when it comes next, and whether it gets through' },
  schedule: {
    description: 'When and how papers come, in a channel or by DM; without options, shows the settings',
    time: 'Such as 9, 09:00, 9am or 21:30; or instantly',
    timezone: 'A large city, a country, EST or UTC+2',
    days: 'daily, weekdays, weekends, or days such as mon,thu; one day makes a weekly digest',
    style: 'How a digest looks',
    styles: {
      cards: 'cards, then a list',
      compact: 'compact: a list alone',
      threads: 'threads: a message and a thread for each paper',
      embeds: 'embeds: for bridges and old apps that show no cards',
    },
    max: 'Most cards in a digest',
    overflow: 'What happens to papers over the maximum',
    overflows: { list: 'list them', hide: 'hide them' },
    mention: 'A role to mention at most once a day; @everyone for none',
  },
  why: { description: "Why a paper came to a channel or to you, or didn't", paper: PAPER },
  papers: {
    description: "A day's papers, best first",
    day: 'Such as 2026-06-09, yesterday or monday; the latest day with papers if left out',
  },
  trending: {
    description: 'What is trending on Hugging Face, or the most upvoted of the day, week or month',
    period: 'What is trending on Hugging Face if left out',
    periods: {
      trending: 'trending on Hugging Face',
      day: 'most upvoted of the latest day',
      week: 'most upvoted of the week',
      month: 'most upvoted of the month',
    },
  },
  trends: {
    description: 'How much topics are written about, week by week or month by month, as a picture',
    topic: 'A topic, or words as in a search; those followed here if left out',
    anotherTopic: 'Another one, to compare',
    period: 'The last six months if left out',
    periods: {
      quarter: 'three months, by week',
      half: 'six months, by week',
      year: 'a year, by month',
      all: 'all there is, by month',
    },
  },
  search: {
    description: 'Find papers: words, "phrases", OR, -without, author:, title:, upvotes>=20, code:yes, top:3',
    query: 'What to look for',
    sort: 'By relevance if left out',
    since: 'Such as 2026-01-01 or 2026',
    minUpvotes: 'Only papers with at least this many upvotes',
  },
  paper: { description: 'One paper, from an arXiv id, a link or a title', paper: PAPER },
  save: { description: 'Keep a paper in your library', paper: PAPER },
  library: {
    description: 'The papers that you have saved, with your notes and tags',
    query: 'Words, as in a search; your notes and tags count too',
    tag: 'Only papers with this tag',
    sort: 'Lately saved if left out',
    export: 'A file for a reference manager; with a query or a tag, of these papers',
    import: 'A .bib or .ris file, or a text file with arXiv ids or links',
  },
  forYou: { description: 'Papers like those you save, each with why; daily or weekly by DM if you like' },
  findPapers: { name: 'Find papers' },
  help: { description: 'What I can do' },
  about: { description: 'Version, source, and what I store about you' },
};
