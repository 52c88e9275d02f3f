import { controlsOf } from '../playground/discord/messages/controls.ts';
import { readPapers, textsOf } from '../playground/discord/messages/read-papers.ts';
import type { DiscordStandIn } from '../playground/discord/server.ts';
import type { DestinationHistory, PostedMessage } from './audit/history.ts';
import { readNotice } from './read-notice.ts';
import { readProblems } from './read-problems.ts';
import { Mentions } from './schema.ts';

type Message = ReturnType<DiscordStandIn['messagesOf']>[number];

/** Of a menu or button below papers, or of the button of the message that mentions a role. */
const OWN_ID = /^card:v1:([a-z0-9]+):(\d+):[\d.]+$/;

/** What stands in a channel, as people read it; the ids of its buttons and menus tell which step a message is. */
export function readChannel(
  discord: DiscordStandIn,
  channel: Pick<DestinationHistory, 'kind'> & { readonly id: string },
): readonly PostedMessage[] {
  if (channel.kind !== 'forum') return readMessages(discord, channel.id, channel.id);
  return Object.values(discord.state.channels)
    .filter((post) => post.parent_id === channel.id)
    .flatMap((post) => readMessages(discord, post.id, channel.id));
}

/** Of a channel or post, as those of the channel that it counts for. */
function readMessages(discord: DiscordStandIn, placeId: string, channelId: string): readonly PostedMessage[] {
  return discord.messagesOf(placeId).map((message) => {
    const ids = controlsOf(message).flatMap((control) => ('custom_id' in control ? [control.custom_id] : []));
    const [, deliveryId = '', step = '0'] = ids.map((id) => OWN_ID.exec(id)).find((found) => found) ?? [];
    return {
      channelId,
      at: Date.parse(message.timestamp),
      content: message.content,
      roles: message.mention_roles,
      deliveryId,
      step: Number(step),
      ...readPart(message),
      problems: readProblems(message),
      edits: readEdits(discord, message),
    };
  });
}

/** The papers of a digest, or what a notice tells. */
function readPart(message: Message): Pick<PostedMessage, 'papers' | 'notice'> {
  const notice = readNotice(textsOf(message).join('\n'));
  return notice === undefined ? { papers: readPapers(message) } : { papers: [], notice };
}

function readEdits({ requests }: DiscordStandIn, message: Message): PostedMessage['edits'] {
  const path = `/channels/${message.channel_id}/messages/${message.id}`;
  return requests
    .filter((request) => request.method === 'PATCH' && request.path === path)
    .map(({ body, status }) => {
      const { data } = Mentions.safeParse(body);
      // Without the field everybody who is named is pinged.
      const { parse = ['everybody'], roles = [] } = data?.allowed_mentions ?? {};
      return { isTaken: status === 200, pings: [...parse, ...roles] };
    });
}
