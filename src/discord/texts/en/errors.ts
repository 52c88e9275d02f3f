import type { NeededPermission, UserErrorCode, UserErrorValues } from '../../../errors.ts';
import type { MentionCommand } from '../mention-command.ts';
import { count, formatFullDay, quoted } from './phrases.ts';
import { describeQueryError } from './query-error.ts';

type UserErrors = { readonly [Code in UserErrorCode]: (values: UserErrorValues[Code]) => string };

/** As Discord's settings call them. */
const PERMISSIONS: Readonly<Record<NeededPermission, string>> = {
  ViewChannel: 'View Channel',
  SendMessages: 'Send Messages',
  SendMessagesInThreads: 'Send Messages in Threads',
  EmbedLinks: 'Embed Links',
  ReadMessageHistory: 'Read Message History',
  CreatePublicThreads: 'Create Public Threads',
};

/** What somebody did that cannot be done: what is wrong, then what to do. */
export function createUserErrors(mention: MentionCommand): UserErrors {
  return {
    'query-syntax': describeQueryError,
    'query-too-slow': () => 'That query takes too long. Use fewer or longer words.',
    'search-busy': () => 'Many people are searching right now. Try again in a minute.',
    'paper-not-found': ({ text }) =>
      `I found no paper for ${quoted(text)}. Try an arXiv id, a link, or how its title begins.`,
    'day-not-readable': ({ text }) => `I don't know the day ${quoted(text)}. Write it like 2026-06-09.`,
    'no-papers': ({ day }) =>
      day === undefined
        ? 'I have no papers yet. Try again in a few minutes.'
        : `There are no papers for ${formatFullDay(day)}. Try another day.`,
    'time-not-readable': ({ text }) => `I don't know the time ${quoted(text)}. Try 9:00, 6pm or instantly.`,
    'zone-not-known': ({ text }) =>
      `I don't know the time zone ${quoted(text)}. Pick one from the list, such as Europe/Berlin.`,
    'days-not-readable': ({ text }) =>
      `I don't know ${quoted(text)}. Try daily, weekdays, weekends or mon,thu.`,
    'number-out-of-range': ({ name, from, to }) => `\`${name}\` must be between ${from} and ${to}.`,
    'not-allowed': ({ channelId }) => `You need Manage Channels in <#${channelId}> to do that.`,
    'bot-lacks-permissions': ({ channelId, permissions }) => {
      const missing = permissions.map((permission) => PERMISSIONS[permission]).join(', ');
      return `I can't post in <#${channelId}> yet. Grant me these permissions there and try again: ${missing}.`;
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
    'channel-or-dm': () => 'Choose a channel or DMs, not both.',
    'threads-not-possible': () =>
      "I can't start threads inside a thread or a DM. Choose the style cards or compact.",
    'mention-in-dms': () => 'I can only mention a role in a server channel.',
    'mention-not-possible': ({ roleId }) =>
      `<@&${roleId}> isn't mentionable, and you don't have Mention Everyone. Make the role mentionable in the server settings first.`,
    'undo-too-late': () => `It's too late to undo that. Use ${mention('unsubscribe')} instead.`,
    'control-outdated': () => 'That control is out of date. Run the command again.',
    'not-your-control': () => 'That control belongs to somebody else. Run the command yourself.',
    'too-fast': ({ seconds }) => `You're going too fast. Try again in ${count(seconds, 'second')}.`,
  };
}

const tellOperator = (reference: string): string =>
  `If it keeps happening, give the operator this reference: \`${reference}\`.`;

/** What went wrong that is nobody's doing. */
export const FAILURES = {
  source: (source: string) => `${source} isn't answering right now. Try again in a few minutes.`,
  /** Too many requests, in all or lately. */
  busy: 'Too many look-ups right now. Try again in a minute.',
  storage: (reference: string) =>
    `I couldn't read or save my data, so nothing was changed. Try again in a minute. ${tellOperator(reference)}`,
  unexpected: (reference: string) => `Something went wrong on my side. Try again. ${tellOperator(reference)}`,
};
