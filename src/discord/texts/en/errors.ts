import type { ExpectedInQuery, NeededPermission, UserErrorCode, UserErrorValues } from '../../../errors.ts';
import { escapeWithin, oneLine } from '../../rendering/escape-markdown.ts';
import { count, limitOfTags, type MentionCommand, quoted } from './phrases.ts';

type UserErrors = { readonly [Code in UserErrorCode]: (values: UserErrorValues[Code]) => string };

/** As Discord's settings call them, with what each is for. */
const PERMISSIONS: Readonly<Record<NeededPermission, string>> = {
  ViewChannel: '**View Channel** to find it',
  SendMessages: '**Send Messages** to post digests',
  SendMessagesInThreads: '**Send Messages in Threads** to post there',
  EmbedLinks: '**Embed Links** for the style `embeds`; the other styles do without it',
  ReadMessageHistory: '**Read Message History** so that nothing comes twice',
  CreatePublicThreads: '**Create Public Threads** for the style `threads`',
  SendPolls: '**Send Polls** for polls',
  CreateEvents: '**Create Events** for events',
  Connect: '**Connect** for events in a voice channel',
};

/** What somebody did that cannot be done: what is wrong, then what to do. */
export function createUserErrors(mention: MentionCommand): UserErrors {
  return {
    'query-syntax': describeQueryError,
    'query-too-slow': () => 'That query takes too long. Use fewer or longer words.',
    'no-trend': () =>
      'For you has no trend, as its papers depend on who reads them. Name a topic or words instead.',
    'search-busy': () => 'Many people are searching right now. Try again in a minute.',
    'paper-not-found': ({ text }) =>
      `I found no paper for ${quoted(text)}. Try an arXiv id, a link, or how its title begins.`,
    'paper-not-clear': ({ text, near }) =>
      [
        `I found no paper called exactly ${quoted(text)}. Did you mean one of these? Use its id.`,
        ...near.map(({ id, title }) => `- \`${id}\` ${escapeWithin(oneLine(title), 120)}`),
      ].join('\n'),
    'day-not-readable': ({ text }) =>
      `I don't know the day ${quoted(text)}. Try 2026-06-09, yesterday or monday.`,
    'no-papers': () => 'I have no papers yet. Try again in a few minutes.',
    'time-not-readable': ({ text }) => `I don't know the time ${quoted(text)}. Try 9:00, 6pm or instantly.`,
    'nobody-named': ({ text }) => `I can't tell who ${quoted(text)} is. Mention people with @, or say none.`,
    'no-time-of-day': ({ text }) => `${quoted(text)} isn't a time of day. Try 9:00 or 6pm.`,
    'zone-not-known': ({ text }) =>
      `I don't know the time zone ${quoted(text)}. Try a large city such as Berlin, a country, EST or UTC+2.`,
    'days-not-readable': ({ text }) =>
      `I don't know ${quoted(text)}. Try daily, weekdays, weekends or mon,thu.`,
    'number-out-of-range': ({ name, from, to }) => `\`${name}\` must be between ${from} and ${to}.`,
    'not-allowed': ({ channelId }) => `You need Manage Channels in <#${channelId}> to do that.`,
    'bot-lacks-permissions': ({ channelId, permissions }) => {
      const missing = permissions.map((permission) => `- ${PERMISSIONS[permission]}`);
      const what = `I can't post in <#${channelId}> yet. Grant me these permissions there, then try again:`;
      return [what, ...missing].join('\n');
    },
    'channel-kind-not-supported': ({ channelId }) =>
      `I can't post in <#${channelId}>. Choose a text, announcement or forum channel, or a thread.`,
    'server-only': () => 'That only works in a server.',
    'bot-not-in-server': () => "I'm not a member of this server. Somebody has to invite me first.",
    'topic-limit': ({ limit }) =>
      `You can follow at most ${count(limit, 'topic')} in one place. Stop one with ${mention('unsubscribe')} first.`,
    'topic-not-followed': ({ topic }) =>
      `${quoted(topic)} is not followed here. ${mention('subscriptions')} shows what is.`,
    'nothing-followed': ({ channelId }) => {
      const place = channelId === undefined ? 'by DM' : `in <#${channelId}>`;
      return `Nothing is followed ${place} yet. Start with ${mention('subscribe')}.`;
    },
    'follow-limit': ({ limit }) =>
      `You can follow at most ${count(limit, 'paper')} in one place. Stop one in ${mention('subscriptions')} first.`,
    'library-full': ({ limit }) =>
      `Your library is full: it holds ${limit} papers. Open some in ${mention('library')} and press Unsave first.`,
    'tags-not-kept': ({ tags, most, length }) =>
      `I can't keep ${tags.map(quoted).join(', ')}, so I changed nothing. ${limitOfTags(most, length)}`,
    'one-tag': () => '`tag` takes one tag at a time, with letters or digits.',
    'file-not-readable': () =>
      "I couldn't read that file. Send a `.bib` or `.ris` file, or a text file with arXiv ids or links.",
    'file-too-large': ({ megabytes }) => `That file is too large. I read at most ${megabytes} MB.`,
    'not-organiser': ({ roleId }) =>
      roleId === undefined
        ? 'You need Manage Events in this server to do that.'
        : `You need the role <@&${roleId}> or Manage Events in this server to do that.`,
    'channel-hidden': ({ channelId }) =>
      `You can't see <#${channelId}>. Choose a channel that you have access to.`,
    'reading-channel': ({ channelId }) =>
      `A reading group can't meet in <#${channelId}>. Choose a text or announcement channel.`,
    'nomination-limit': ({ limit }) =>
      `There are ${limit} nominations already. Withdraw one in ${mention('reading')} first.`,
    'nothing-nominated': () => `Nothing is nominated yet. Use ${mention('reading')} with \`nominate\` first.`,
    'meeting-under-way': ({ state }) =>
      state === 'polling'
        ? `A poll is open already. ${mention('reading')} shows it, and can end it.`
        : `The next paper is chosen already. ${mention('reading')} shows it.`,
    'poll-too-long': ({ hours }) =>
      hours < 1
        ? 'There is no time for a poll before the meeting. Use `pick` instead.'
        : `A poll must end at least an hour before the meeting. Use at most ${count(hours, 'hour')}.`,
    'meeting-incomplete': () => 'Meetings need both a `day` and a `time`, such as Thursday and 18:00.',
    'zone-not-clear': ({ text, zones }) =>
      `${quoted(text)} can mean several time zones. Use one of these: ${zones.slice(0, 8).join(', ')}.`,
    'dms-closed': () =>
      "I can't send you DMs. Allow direct messages from server members in your privacy settings, then try again.",
    'channel-or-dm': () => 'Choose a channel or DMs, not both.',
    'threads-not-possible': () =>
      "I can't start threads inside a thread or a DM. Choose the style cards or compact.",
    'mention-in-dms': () => 'I can only mention a role in a server channel.',
    'mention-not-possible': ({ roleId }) =>
      `<@&${roleId}> isn't mentionable, and you don't have Mention Everyone. Make the role mentionable in the server settings first.`,
    'undo-too-late': () => `It's too late to undo that. Use ${mention('unsubscribe')} instead.`,
    'control-outdated': () => 'That button or menu is out of date. Run the command again.',
    'not-your-control': () => 'That button belongs to somebody else. Run the command yourself.',
    'too-fast': ({ seconds }) => `You're going too fast. Try again in ${count(seconds, 'second')}.`,
  };
}

const tellOperator = (reference: string): string =>
  `If it keeps happening, give the operator this reference: \`${reference}\`.`;

/** What went wrong that is nobody's doing. */
export const FAILURES = {
  source: (source: string) => `${source} isn't answering right now. Try again in a few minutes.`,
  /** To what had to be asked for a command. */
  discord: "Discord isn't answering me right now. Try again in a minute.",
  /** Too many requests, in all or lately. */
  busy: 'Too many look-ups right now. Try again in a minute.',
  storage: (reference: string) =>
    `I couldn't read or save my data, so nothing was changed. Try again in a minute. ${tellOperator(reference)}`,
  /** Of several processes, this one cannot know whether it may still answer. */
  database: "I can't reach my database right now. Try again in a minute.",
  unexpected: (reference: string) => `Something went wrong on my side. Try again. ${tellOperator(reference)}`,
};

/** Characters of the query that are shown on either side of the place. */
const SHOWN = 60;

const PHRASES = {
  'term-after': 'a word, a phrase or a condition',
  'term-before': 'a word, a phrase or a condition',
  'term-after-colon': 'a word or a phrase after the colon',
  'opening-bracket': 'an opening bracket',
  'closing-bracket': 'a closing bracket',
  'closing-quote': 'a closing quotation mark',
  'letter-or-digit': 'a letter or a digit',
  'longer-beginning': 'at least three letters before the *',
  comparison: 'a comparison such as upvotes>=20',
  'whole-number': 'a whole number',
  'yes-or-no': 'yes or no',
  'paper-ids': 'arXiv ids or links, with commas between them, such as like:2605.30349,2606.01234',
  day: 'a day such as 2026-01-01',
} as const;

/** Where it was expected, if not at the place itself. */
const PLACES: Readonly<Partial<Record<keyof typeof PHRASES, string>>> = {
  'term-after': 'After',
  'term-before': 'Before',
  'opening-bracket': 'Before',
  'closing-bracket': 'After',
  'closing-quote': 'After',
};

const UNITS = {
  characters: 'characters',
  terms: 'words and conditions',
  beginnings: 'words that end in *',
  brackets: 'nested brackets',
  papers: 'papers after `like:`',
} as const;

/** What was expected in a query, and a caret under the place. */
function describeQueryError({ query, offset, expected }: UserErrorValues['query-syntax']): string {
  return `${describeExpected(expected)}\n${pointAt(query, offset)}`;
}

function describeExpected(expected: ExpectedInQuery): string {
  if (typeof expected !== 'string' && expected.kind === 'at-most') {
    const unit = UNITS[expected.of];
    return `That query is too long. The limit is ${expected.limit} ${unit}, reached at ^.`;
  }
  const place = (typeof expected === 'string' ? PLACES[expected] : undefined) ?? 'At';
  return `I couldn't read that query. ${place} ^ I expected ${phraseOf(expected)}.`;
}

function phraseOf(expected: Exclude<ExpectedInQuery, { readonly kind: 'at-most' }>): string {
  if (typeof expected === 'string') return PHRASES[expected];
  if (expected.kind === 'number-up-to') return `a number from 1 to ${expected.limit}`;
  return `a word or a phrase to look for in ${expected.field}:`;
}

function pointAt(query: string, offset: number): string {
  const before = showAsCode(query.slice(Math.max(0, offset - SHOWN), offset));
  const after = showAsCode(query.slice(offset, offset + SHOWN));
  return `\`\`\`\n${before}${after}\n${' '.repeat(Array.from(before).length)}^\n\`\`\``;
}

/** On one line, with nothing that could end the block of code. */
function showAsCode(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{C}\s]/gu, ' ')
    .replaceAll('`', 'ˋ');
}
