import { ApiError } from '../http/api-error.ts';
import { findChannel, findMessage, refuseWithout } from './channels.ts';
import { createForm, partOf, refuseForm } from '../http/form.ts';
import { checkMessage, refuseEmpty } from '../messages/message-limits.ts';
import { addMessage, refuseFiles, withoutLostEmbeds } from '../messages/messages.ts';
import { checkThread, openThread } from './open-thread.ts';
import { CREATE_PUBLIC_THREADS, SEND_MESSAGES } from '../guilds/permissions.ts';
import { ANNOUNCEMENT, type Channel, FORUM, type Message } from '../state.ts';
import type { World } from '../world.ts';

const HAS_THREAD = 1 << 5;
const REQUIRE_TAG = 1 << 4;
const TEXT = 0;
/** https://discord.com/developers/docs/resources/channel#start-thread-from-message */
export function startThreadFromMessage(
  world: World,
  target: { readonly channelId: string; readonly messageId: string },
  body: unknown,
): Channel {
  const parent = findChannel(world, target.channelId);
  const message = findMessage(world, parent.id, target.messageId);
  if (parent.type !== TEXT && parent.type !== ANNOUNCEMENT)
    throw new ApiError(400, 50024, 'Cannot execute action on this channel type');
  const thread = checkThread(body);
  refuseWithout(world, parent, CREATE_PUBLIC_THREADS);
  if (world.state.channels[message.id] !== undefined)
    throw new ApiError(400, 160004, 'A thread has already been created for this message');
  const made = openThread(world, parent, { ...thread, id: message.id, ownerId: world.state.bot.id });
  message.flags |= HAS_THREAD;
  return made;
}

/** A post of a forum, or a thread without a message: https://discord.com/developers/docs/resources/channel#start-thread-without-message */
export function startThread(
  world: World,
  channelId: string,
  body: unknown,
): Channel & { readonly message?: Message } {
  const parent = findChannel(world, channelId);
  if (parent.type === FORUM) return startPost(world, parent, body);
  if (parent.type !== TEXT && parent.type !== ANNOUNCEMENT)
    throw new ApiError(400, 50024, 'Cannot execute action on this channel type');
  const thread = checkThread(body);
  refuseWithout(world, parent, CREATE_PUBLIC_THREADS);
  return openThread(world, parent, { ...thread, id: world.nextId(), ownerId: world.state.bot.id });
}

/** The first message of a post has the id of the post, and no nonce: one that is given is not heeded. */
function startPost(world: World, forum: Channel, body: unknown): Channel & { readonly message: Message } {
  const thread = checkThread(body);
  const tags = checkTags(forum, partOf(body)['applied_tags']);
  const { nonce: _unheeded, ...message } = checkMessage(partOf(body)['message']);
  refuseEmpty(message);
  refuseWithout(world, forum, SEND_MESSAGES);
  refuseFiles(world, forum, message);
  if ((forum.flags & REQUIRE_TAG) !== 0 && tags.length === 0)
    throw new ApiError(400, 40067, 'A tag is required to create a forum post in this channel');
  world.content.check(forum, { ...message }, thread.name);
  const shown = withoutLostEmbeds(world, forum, message);
  const id = world.nextId();
  const post = openThread(world, forum, { ...thread, id, ownerId: world.state.bot.id, tags });
  return { ...post, message: addMessage(world, post, shown, { id }) };
}

function checkTags(forum: Channel, value: unknown): string[] {
  const form = createForm();
  const tags = form.list(value, ['applied_tags'], 5).map(String);
  refuseForm(form.problems);
  const known = forum.available_tags?.map(({ id }) => id) ?? [];
  if (tags.some((id) => !known.includes(id))) throw new ApiError(400, 10087, 'Unknown tag');
  return tags;
}
