import { type Message } from '../state.ts';
import type { World } from '../world.ts';
import type { RefusedContent } from './content-filter.ts';
import { endPoll, votePoll } from './polls.ts';
import { addMessage, deleteMessage } from './messages.ts';

/** What happens to messages; the bot, which has no intent for it, is not told. */
export interface MessageVerbs {
  /** Somebody writes: the member, unless told otherwise. */
  say(channelId: string, content: string, userId?: string): Message;
  /** So many messages by the member, in a channel that is busy. */
  chatter(channelId: string, count: number): void;
  /** A moderator deletes a message. */
  deleteMessage(channelId: string, messageId: string): void;
  /** Somebody publishes a message of an announcement channel: it is copied to the channels that follow that. */
  crosspost(channelId: string, messageId: string): void;
  /** Somebody answers a poll, by the number of the answer from 1; an answer takes the place of the one before. */
  votePoll(messageId: string, vote: { readonly userId: string; readonly answerId: number }): void;
  /** Whoever began a poll ends it. */
  endPoll(channelId: string, messageId: string): void;
  /** Messages with that text are refused; the function given back ends that. */
  refuseContent(refused: RefusedContent): () => void;
}

const CROSSPOSTED = 1 << 0;

export function createMessageVerbs(world: World, memberId: string): MessageVerbs {
  const { state } = world;
  const write = (channelId: string, content: string, userId: string): Message => {
    world.land();
    const channel = state.channels[channelId];
    const author = state.users[userId];
    if (channel === undefined || author === undefined)
      throw new Error(`Nobody ${userId}, or no channel ${channelId}`);
    return addMessage(world, channel, { content }, { author });
  };
  const find = (channelId: string, messageId: string): Message => {
    world.land();
    const message = state.messages[channelId]?.find(({ id }) => id === messageId);
    if (message === undefined) throw new Error(`There is no message ${messageId}`);
    return message;
  };
  return {
    say: (channelId, content, userId = memberId) => write(channelId, content, userId),
    chatter(channelId, count) {
      for (let index = 0; index < count; index += 1) write(channelId, `Message ${index}`, memberId);
    },
    deleteMessage: (channelId, messageId) => deleteMessage(world, find(channelId, messageId)),
    crosspost(channelId, messageId) {
      find(channelId, messageId).flags |= CROSSPOSTED;
    },
    votePoll: (messageId, vote) => votePoll(world, messageId, vote),
    endPoll: (channelId, messageId) => void endPoll(world, find(channelId, messageId)),
    refuseContent: world.content.add,
  };
}
