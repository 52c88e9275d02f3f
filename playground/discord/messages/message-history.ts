import { findChannel, findMessage, refuseWithout } from '../channels/channels.ts';
import { createForm, refuseForm } from '../http/form.ts';
import { permissionsIn, READ_MESSAGE_HISTORY } from '../guilds/permissions.ts';
import { settlePolls } from './polls.ts';
import { isBotDm, type Message } from '../state.ts';
import type { World } from '../world.ts';

const MAX_PAGE = 100;
const PAGE = 50;

/** Newest first; nothing without Read Message History: https://discord.com/developers/docs/resources/message#get-channel-messages */
export function listMessages(world: World, channelId: string, query: URLSearchParams): Message[] {
  const { state } = world;
  const channel = findChannel(world, channelId);
  const { limit, cursor } = readQuery(query);
  if ((permissionsIn(state, channel, state.bot.id) & READ_MESSAGE_HISTORY) === 0n) return [];
  settlePolls(world, channelId);
  const all = (state.messages[channelId] ?? []).filter(({ ephemeral_for: reader }) => reader === undefined);
  return pageOf(all, limit, cursor)
    .toReversed()
    .map((message) => showMessage(world, message));
}

/** https://discord.com/developers/docs/resources/message#get-channel-message */
export function getMessage(world: World, channelId: string, messageId: string): Message {
  const channel = findChannel(world, channelId);
  refuseWithout(world, channel, READ_MESSAGE_HISTORY);
  settlePolls(world, channelId);
  return showMessage(world, findMessage(world, channelId, messageId));
}

interface Cursor {
  readonly kind: 'before' | 'after' | 'around';
  readonly id: bigint;
}

function readQuery(query: URLSearchParams): { readonly limit: number; readonly cursor?: Cursor } {
  const form = createForm();
  const limit = Number(query.get('limit') ?? PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE)
    form.report(['limit'], `int value should be between 1 and ${MAX_PAGE}.`);
  const kinds = (['before', 'after', 'around'] as const).filter((kind) => query.has(kind));
  if (kinds.length > 1) form.report([kinds[1] ?? ''], 'before, after and around exclude one another.');
  const id = query.get(kinds[0] ?? '') ?? '0';
  if (!/^\d+$/.test(id)) form.report([kinds[0] ?? ''], 'Value is not snowflake.');
  refuseForm(form.problems);
  return { limit, ...(kinds[0] === undefined ? {} : { cursor: { kind: kinds[0], id: BigInt(id) } }) };
}

/** Those next to the cursor, oldest first. */
function pageOf(all: readonly Message[], limit: number, cursor: Cursor | undefined): readonly Message[] {
  const at = (isPast: (id: bigint) => boolean) => {
    const index = all.findIndex(({ id }) => isPast(BigInt(id)));
    return index < 0 ? all.length : index;
  };
  if (cursor === undefined) return all.slice(-limit);
  const from = at((id) => id >= cursor.id);
  if (cursor.kind === 'before') return all.slice(Math.max(0, from - limit), from);
  const after = at((id) => id > cursor.id);
  if (cursor.kind === 'after') return all.slice(after, after + limit);
  const half = Math.floor(limit / 2);
  return all.slice(Math.max(0, from - half), after + half).slice(0, limit);
}

/** Without the intent for it, a bot reads what others wrote in direct messages or to it alone. */
function showMessage({ state }: World, message: Message): Message {
  const channel = state.channels[message.channel_id];
  const isOpen =
    message.author.id === state.bot.id ||
    message.mentions.some(({ id }) => id === state.bot.id) ||
    (channel !== undefined && isBotDm(channel));
  return isOpen ? message : { ...message, content: '', embeds: [], components: [], attachments: [] };
}
