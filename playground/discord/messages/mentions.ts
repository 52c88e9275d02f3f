import type { MessageBody } from './message-limits.ts';
import { textsOf } from './read-papers.ts';
import { MENTION_EVERYONE, permissionsIn } from '../guilds/permissions.ts';
import type { Channel, DiscordState, Message } from '../state.ts';

type Mentions = Pick<Message, 'mention_roles' | 'mention_everyone' | 'mentions'>;

/**
 * Whom a message of the bot pings: what its content or its texts name and allow, and roles that may be mentioned by everyone.
 * https://discord.com/developers/docs/resources/message#allowed-mentions-object
 */
export function readMentions(state: DiscordState, channel: Channel, body: MessageBody): Mentions {
  const content = textsOf({
    content: body.content ?? '',
    embeds: [],
    components: body.components ?? [],
  }).join('\n');
  const allowed = body.allowed_mentions;
  const isAllowed = (kind: 'roles' | 'users', id: string) =>
    allowed === undefined || allowed.parse?.includes(kind) === true || allowed[kind]?.includes(id) === true;
  const privileged = (permissionsIn(state, channel, state.bot.id) & MENTION_EVERYONE) !== 0n;
  const roles = state.guilds[channel.guild_id ?? '']?.roles ?? [];
  return {
    mention_roles: roles
      .filter(({ id, mentionable }) => (mentionable || privileged) && content.includes(`<@&${id}>`))
      .map(({ id }) => id)
      .filter((id) => isAllowed('roles', id)),
    mention_everyone:
      privileged &&
      /@(everyone|here)\b/.test(content) &&
      (allowed === undefined || allowed.parse?.includes('everyone') === true),
    mentions: [...content.matchAll(/<@!?(\d+)>/g)]
      .map(([, id = '']) => state.users[id])
      .filter((user) => user !== undefined)
      .filter(({ id }) => isAllowed('users', id)),
  };
}
