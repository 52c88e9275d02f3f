/** What a query should have had at the place where it cannot be read. */
export type ExpectedInQuery =
  | 'term-after'
  | 'term-before'
  | 'term-after-colon'
  | 'opening-bracket'
  | 'closing-bracket'
  | 'closing-quote'
  | 'letter-or-digit'
  | 'longer-beginning'
  | 'comparison'
  | 'whole-number'
  | 'yes-or-no'
  | 'paper-ids'
  | 'day'
  | {
      readonly kind: 'at-most';
      readonly limit: number;
      readonly of: 'characters' | 'terms' | 'beginnings' | 'brackets' | 'papers';
    }
  | { readonly kind: 'number-up-to'; readonly limit: number }
  | { readonly kind: 'term-in'; readonly field: string };

/** What the bot needs in a channel, as discord.js names it. */
export type NeededPermission =
  | 'ViewChannel'
  | 'SendMessages'
  | 'SendMessagesInThreads'
  | 'EmbedLinks'
  | 'ReadMessageHistory'
  | 'CreatePublicThreads'
  | 'SendPolls'
  | 'CreateEvents'
  | 'Connect';

/** What a person did that cannot be done, by code, with the values that its words need. */
export interface UserErrorValues {
  /** `offset` is an index into `query` (UTF-16 code units). */
  'query-syntax': { readonly query: string; readonly offset: number; readonly expected: ExpectedInQuery };
  'query-too-slow': Record<string, never>;
  /** Of the picks of For You. */
  'no-trend': Record<string, never>;
  /** So many queries wait that this one was not begun. */
  'search-busy': Record<string, never>;
  'paper-not-found': { readonly text: string };
  'paper-not-clear': {
    readonly text: string;
    readonly near: readonly { readonly id: string; readonly title: string }[];
  };
  'day-not-readable': { readonly text: string };
  'no-papers': Record<string, never>;
  'time-not-readable': { readonly text: string };
  /** Roundups come, and groups meet, at a time of day. */
  'no-time-of-day': { readonly text: string };
  /** Nobody is mentioned. */
  'nobody-named': { readonly text: string };
  'zone-not-known': { readonly text: string };
  /** `text` is the word that is no day. */
  'days-not-readable': { readonly text: string };
  'number-out-of-range': { readonly name: string; readonly from: number; readonly to: number };
  'not-allowed': { readonly channelId: string };
  'bot-lacks-permissions': { readonly channelId: string; readonly permissions: readonly NeededPermission[] };
  'channel-kind-not-supported': { readonly channelId: string };
  'server-only': Record<string, never>;
  'bot-not-in-server': Record<string, never>;
  'topic-limit': { readonly limit: number };
  'topic-not-followed': { readonly topic: string };
  /** Without a channel: by direct message. */
  'nothing-followed': { readonly channelId?: string };
  /** Papers that are followed one by one in one place. */
  'follow-limit': { readonly limit: number };
  /** Papers that one person has saved. */
  'library-full': { readonly limit: number };
  /** What was typed, and the most tags of a paper and characters of a tag. */
  'tags-not-kept': { readonly tags: readonly string[]; readonly most: number; readonly length: number };
  'one-tag': Record<string, never>;
  /** A file that was to be imported. */
  'file-not-readable': Record<string, never>;
  'file-too-large': { readonly megabytes: number };
  /** A reading group's: who may decide there is set with it. */
  'not-organiser': { readonly roleId?: string };
  /** Named by somebody who does not see it. */
  'channel-hidden': { readonly channelId: string };
  'reading-channel': { readonly channelId: string };
  'nomination-limit': { readonly limit: number };
  'nothing-nominated': Record<string, never>;
  /** What a meeting is at, which does not go with what was asked. */
  'meeting-under-way': { readonly state: 'polling' | 'chosen' };
  /** The poll would not end an hour before the meeting. */
  'poll-too-long': { readonly hours: number };
  'meeting-incomplete': Record<string, never>;
  'zone-not-clear': { readonly text: string; readonly zones: readonly string[] };
  /** The person takes no direct messages from the bot. */
  'dms-closed': Record<string, never>;
  'channel-or-dm': Record<string, never>;
  'threads-not-possible': Record<string, never>;
  'mention-in-dms': Record<string, never>;
  'mention-not-possible': { readonly roleId: string };
  'undo-too-late': Record<string, never>;
  'control-outdated': Record<string, never>;
  'not-your-control': Record<string, never>;
  'too-fast': { readonly seconds: number };
}
export type UserErrorCode = keyof UserErrorValues;

/** A refusal that the person can act on; `src/discord/texts/` has the words for each code. */
export class UserError<Code extends UserErrorCode = UserErrorCode> extends Error {
  override readonly name = 'UserError';
  readonly code: Code;
  readonly values: UserErrorValues[Code];

  constructor(code: Code, values: UserErrorValues[Code]) {
    super(code);
    this.code = code;
    this.values = values;
  }
}

export type SourceErrorReason =
  | 'network'
  | 'timeout'
  | 'rate-limited'
  /** Not asked: the requests that may be made in a while are used up. */
  | 'busy'
  | 'server-error'
  | 'refused'
  | 'bad-response'
  | 'too-large';

/** A source of papers that could not answer. `source` names it for people, such as "Hugging Face". */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly source: string;
  readonly reason: SourceErrorReason;

  constructor(
    source: string,
    reason: SourceErrorReason,
    options: { message?: string; cause?: unknown } = {},
  ) {
    super(options.message ?? `${source}: ${reason}`, { cause: options.cause });
    this.source = source;
    this.reason = reason;
  }
}

/** The ledger or the archive could not be read or written. Nothing may be concluded from it, least of all "absent". */
export class StorageError extends Error {
  override readonly name = 'StorageError';

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}

/** Of sockets and names; a file that is missing has a code too. */
const NETWORK_CODE =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|EPROTO|ETIMEDOUT|ENOTFOUND|EAI_\w+|EHOST(UNREACH|DOWN)|ENET(UNREACH|DOWN)|EADDRNOTAVAIL|UND_ERR_\w+)$/;

/** Whether a server could not be reached. Node's and undici's errors have a code; `fetch` hides it in the cause. */
export function isNetworkError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error.name === 'AbortError') return true;
  if ('code' in error && NETWORK_CODE.test(String(error.code))) return true;
  if (error instanceof AggregateError && error.errors.some(isNetworkError)) return true;
  return isNetworkError(error.cause);
}
