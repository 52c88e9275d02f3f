/**
 * The limits and rules that the auditor goes by, each with where it comes from. Those of the bot itself are what it tells
 * people in its README.
 */

/**
 * Hugging Face's day begins at 21:30 in New York on the day before.
 * https://github.com/huggingface/hf-mcp-server, `currentDailyFeedDate`
 */
export const LIST_DAY_ZONE = 'America/New_York';
export const LIST_DAY_BEGINS = 21 * 60 + 30;

/** https://docs.discord.com/developers/resources/message#create-message */
export const MESSAGE = { content: 2000, embeds: 10, rows: 5 };
/** https://docs.discord.com/developers/resources/message#embed-object-embed-limits */
export const EMBED = { all: 6000, title: 256, description: 4096, fields: 25 };
/** https://docs.discord.com/developers/components/reference */
export const COMPONENTS = { all: 40, text: 4000, customId: 100, options: 25 };
/** Above it Discord answers 500; each text counts 12 more: https://github.com/discord/discord-api-docs/issues/8554 */
export const STORED = { bytes: 10_170, ofText: 12 };
/** https://docs.discord.com/developers/resources/message#message-object-message-flags */
export const COMPONENTS_V2 = 1 << 15;

/** A digest looks back so many list days beyond the slot before: papers that were listed late come with the next one. */
export const WINDOW_DAYS = 7;

/** A slot waits so long for a collection, and is decided from what is known after that. */
export const PATIENCE_MS = 2 * 60 * 60_000;

/** A message is edited for three days after it was sent; what trouble holds up comes within the hour after that. */
export const EDITED_FOR_MS = 72 * 60 * 60_000;
/**
 * Real: Discord takes three edits in six seconds of a channel's messages that are older than an hour, and the bot
 * begins at most `aMinute` edits each minute.
 */
export const EDITS = { apartMs: 2_000, aMinute: 400 };
/** The ages at which a message is brought up to date; the last one may fall to trouble. */
export const EDITED_AT_HOURS = [1, 4, 12, 24, 48];

/** Files and connections of a process at rest: its two databases, its gateway, and what is kept open for the next request. */
export const MOST_OPEN = 150;
