import { controlsOf } from '../playground/discord/messages/controls.ts';
import type { DiscordStandIn } from '../playground/discord/server.ts';
import type { PostedMessage } from './audit/history.ts';
import { findProblems } from './audit/find-problems.ts';
import type { Spot } from './channel.ts';

type Message = ReturnType<DiscordStandIn['messagesOf']>[number];

/** Of a menu with papers, or of the button of the message that mentions a role. */
const CARD_CONTROL = /^card:v1:([a-z0-9]+):(\d+):[\d.]+$/;

/** What stands in a channel, as the auditor reads it: by the menus under each message. */
export function readChannel(discord: DiscordStandIn, channel: Spot): readonly PostedMessage[] {
  if (channel.kind !== 'forum') return readMessages(discord.messagesOf(channel.id), channel.id);
  return Object.values(discord.state.channels)
    .filter((post) => post.parent_id === channel.id)
    .flatMap((post) => readMessages(discord.messagesOf(post.id), channel.id));
}

function readMessages(messages: readonly Message[], channelId: string): readonly PostedMessage[] {
  return messages.map((message) => {
    const controls = controlsOf(message);
    const menus = controls.flatMap((component) => ('options' in component ? [component] : []));
    const ids = controls.map((component) => ('custom_id' in component ? component.custom_id : ''));
    const [, deliveryId = '', step = '0'] = CARD_CONTROL.exec(ids[0] ?? '') ?? [];
    return {
      channelId,
      at: Date.parse(message.timestamp),
      content: message.content,
      embeds: message.embeds.length,
      roles: message.mention_roles,
      deliveryId,
      step: Number(step),
      papers: menus.flatMap(({ options }) =>
        options.map(({ value, description }) => ({ id: value, upvotes: readUpvotes(description) })),
      ),
      problems: findProblems({
        ...message,
        components: message.components.map((row) => ({ components: controlsOf({ components: [row] }) })),
      }),
    };
  });
}

function readUpvotes(description: string | undefined): number | undefined {
  const count = /(\d+) upvote/.exec(description ?? '')?.[1];
  return count === undefined ? undefined : Number(count);
}
