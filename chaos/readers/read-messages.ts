import {
  type DiscordState,
  FORUM,
  type LoggedRequest,
  type Message,
} from '../../playground/discord/state.ts';
import type { Edit, PostedMessage } from '../audit/shown.ts';
import { readHeading, readMessage } from './read-message.ts';
import { EditBody } from '../schema.ts';

/** Discord, as far as it is read. */
export interface ReadDiscord {
  readonly state: DiscordState;
  readonly requests: readonly LoggedRequest[];
  messagesOf(channelId: string): readonly Message[];
}

/** Discord tells of a poll that has ended as whoever began it. */
const POLL_RESULT = 46;

/** All that the bot wrote by itself, in every channel, thread, forum and conversation; answers to commands are no part of it. */
export function readMessages(discord: ReadDiscord): readonly PostedMessage[] {
  const edits = Map.groupBy(
    discord.requests.filter(({ method }) => method === 'PATCH'),
    ({ path }) => path,
  );
  return Object.keys(discord.state.channels).flatMap((placeId) =>
    discord
      .messagesOf(placeId)
      .filter(
        ({ author, webhook_id: webhook, type }) =>
          author.id === discord.state.bot.id && webhook === undefined && type !== POLL_RESULT,
      )
      .map((message) =>
        readPosted(discord, message, edits.get(`/channels/${placeId}/messages/${message.id}`) ?? []),
      ),
  );
}

function readPosted(
  { state }: ReadDiscord,
  message: Message,
  edits: readonly LoggedRequest[],
): PostedMessage {
  const thread = state.channels[message.id];
  const shown = readMessage(message);
  const named = thread && readHeading(thread.name);
  return {
    ...shown,
    // A post has no heading but its name.
    ...(shown.heading === undefined && named !== undefined
      ? { heading: { ...named, covers: 'message' } }
      : {}),
    id: message.id,
    channelId: placeFor(state, message.channel_id),
    placeId: message.channel_id,
    at: Date.parse(message.timestamp),
    roles: message.mention_roles,
    others: [...message.mentions.map(({ id }) => id), ...(message.mention_everyone ? ['everyone'] : [])],
    ...(thread === undefined ? {} : { thread: thread.name }),
    edits: edits.map((request) => readEdit(request, message)),
  };
}

/** A post counts for its forum; any other thread is a place by itself. */
function placeFor({ channels }: DiscordState, id: string): string {
  const parent = channels[channels[id]?.parent_id ?? ''];
  return parent?.type === FORUM ? parent.id : id;
}

/** What a request would have a message show. */
function readEdit({ body, status, time }: LoggedRequest, message: Message): Edit {
  const { data } = EditBody.safeParse(body);
  // Without the field everybody who is named is pinged.
  const { parse = ['everybody'], roles = [], users = [] } = data?.allowed_mentions ?? {};
  return {
    at: time,
    isTaken: status === 200,
    pings: [...parse, ...roles, ...users],
    ...(status === 200 && data !== undefined ? { shows: readMessage(mergeParts(message, data)) } : {}),
  };
}

/** The flag of Components V2 stays. */
function mergeParts(
  { flags, content, embeds, components }: Message,
  edit: EditBody,
): Parameters<typeof readMessage>[0] {
  return {
    flags,
    content: edit.content === undefined ? content : (edit.content ?? ''),
    embeds: edit.embeds ?? embeds,
    components: edit.components ?? components,
  };
}
