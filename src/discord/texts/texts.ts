import type { UserError, UserErrorCode, UserErrorValues } from '../../errors.ts';
import { oneLine } from '../rendering/paper-line.ts';
import { escapeWithin } from '../rendering/truncate.ts';
import { describeQueryError } from './en/query-error.ts';

type Words = { readonly [Code in UserErrorCode]: (values: UserErrorValues[Code]) => string };

const quoted = (text: string): string => `“${escapeWithin(oneLine(text), 100)}”`;

const WORDS: Words = {
  'query-syntax': describeQueryError,
  'query-too-slow': () => 'That query takes too long. Use fewer or longer words.',
  'search-busy': () => 'Many people are searching right now. Try again in a minute.',
  'paper-not-found': ({ text }) =>
    `No paper was found for ${quoted(text)}. Give an arXiv id or a link to the paper.`,
  'day-not-readable': ({ text }) => `${quoted(text)} is not a day. Write it like 2026-06-09.`,
  'no-papers': ({ day }) =>
    day === undefined ? 'There are no papers yet.' : `There are no papers for ${escapeWithin(day, 20)}.`,
  'time-not-readable': ({ text }) => `${quoted(text)} is not a time. Write it like 9:00 or 6pm.`,
  'zone-not-known': ({ text }) => `${quoted(text)} is not a time zone. Choose one such as Europe/Berlin.`,
  'days-not-readable': ({ text }) => `${quoted(text)} are not days. Write them like mon-fri.`,
  'number-out-of-range': ({ name, from, to }) => `${escapeWithin(name, 50)} must be from ${from} to ${to}.`,
  'not-allowed': ({ channelId }) => `You need Manage Channels in <#${channelId}> for that.`,
  'bot-lacks-permissions': ({ channelId, permissions }) =>
    `The bot needs these permissions in <#${channelId}>: ${permissions.join(', ')}. Grant them and try again.`,
  'channel-kind-not-supported': ({ channelId }) =>
    `Papers cannot be sent to <#${channelId}>. Choose a text, announcement or forum channel, or a thread.`,
  'server-only': () => 'This works in a server only.',
  'bot-not-in-server': () => 'The bot is not a member of this server. Invite it first.',
  'topic-limit': ({ limit }) =>
    `No more than ${limit} topics can be followed in one place. Unsubscribe one first.`,
  'topic-not-followed': ({ topic }) => `${quoted(topic)} is not followed here.`,
  'nothing-followed': ({ channelId }) =>
    `Nothing is followed ${channelId === undefined ? 'by direct message' : `in <#${channelId}>`} yet. Start with \`/subscribe\`.`,
  'channel-or-dm': () => 'Choose a channel or direct messages, not both.',
  'threads-not-possible': () =>
    'A thread and direct messages have no threads of their own. Choose the style cards or compact.',
  'mention-in-dms': () => 'A role can be mentioned in a channel of a server only, not by direct message.',
  'mention-not-possible': ({ roleId }) =>
    `<@&${roleId}> is not a role that anybody may mention, and you lack Mention Everyone. Make the role mentionable in the server’s settings first.`,
  'undo-too-late': () => 'That can no longer be undone. Use `/unsubscribe`.',
  'control-outdated': () => 'This control is outdated. Run the command again.',
  'not-your-control': () => 'This control belongs to somebody else. Run the command yourself.',
};

export function userErrorText<Code extends UserErrorCode>(error: UserError<Code>): string {
  return WORDS[error.code](error.values);
}

const REASONS = new Map<number, string>([
  [10003, 'The channel no longer exists; subscribe another one'],
  [10004, 'The server no longer exists, or the bot is no longer in it; invite it again'],
  [10013, 'The person no longer exists'],
  [40067, 'The forum demands a tag; add one that the bot may use, or let posts go without'],
  [50001, 'The bot cannot see the channel; grant it View Channel'],
  [50007, 'The person does not take direct messages from the bot; allow them in the privacy settings'],
  [50008, 'Papers cannot be sent to this kind of channel; choose another one'],
  [
    50013,
    'The bot lacks a permission; grant it View Channel, Send Messages, Embed Links and, for threads, Create Public Threads and Send Messages in Threads',
  ],
  [
    50009,
    'The server demands a verification that the bot does not have; lower the level, or give the bot a role',
  ],
  [50024, 'Papers cannot be sent to this kind of channel; choose another one'],
  [50033, 'The person cannot get direct messages'],
  [50083, 'The thread is archived; open it again'],
  [50278, 'The bot shares no server with the person'],
  [160005, 'The thread is locked; unlock it'],
]);

/** What is wrong and what to do about it, for an error code of Discord. */
export function reasonOfCode(code: number): string {
  return REASONS.get(code) ?? `Discord refuses it (code ${code}); check the permissions of the bot`;
}
