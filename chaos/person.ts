import { setTimeout } from 'node:timers/promises';
import type { DiscordStandIn } from '../playground/discord/server.ts';
import type { Instant } from '../src/calendar/zoned-time.ts';
import type { Order } from './settings.ts';

/** What the bot answered; `failed` when it did not, or asked to try again; `refused` when it surely changed nothing. */
export type Answer =
  { readonly kind: 'done'; readonly named?: Instant } | { readonly kind: 'failed' | 'refused' };

type Verbs = ReturnType<DiscordStandIn['act']>;
type Reply = Awaited<ReturnType<Verbs['runCommand']>>;

const PATIENCE_MS = 8_000;
const FAILED: Answer = { kind: 'failed' };
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Gives one order in a channel, as its admin would, and reads the answer. Never rejects. */
export async function giveOrder(options: {
  readonly discord: DiscordStandIn;
  readonly channelId: string;
  readonly guildId: string;
  readonly order: Order;
  /** Gets the id of a sample's delivery before it is asked for. */
  readonly onSample: (id: string) => void;
}): Promise<Answer> {
  const { discord, channelId } = options;
  const giveUp = new AbortController();
  try {
    const admin = discord.act(discord.adminId, { channelId });
    const tooLate = setTimeout(PATIENCE_MS, FAILED, { signal: giveUp.signal }).catch(() => FAILED);
    return await Promise.race([carryOut(admin, options), tooLate]);
  } catch {
    // The stand-in raises what a person would see as "did not respond", and for a channel that is gone.
    return FAILED;
  } finally {
    giveUp.abort();
  }
}

interface Errand {
  readonly channelId: string;
  readonly guildId: string;
  readonly order: Order;
  readonly onSample: (id: string) => void;
}

async function carryOut(admin: Verbs, { channelId, guildId, order, onSample }: Errand): Promise<Answer> {
  switch (order.kind) {
    case 'follow':
      return readNamed(await follow(admin, order), /Next digest: <t:(\d+)/);
    case 'schedule':
      return readNamed(
        await admin.runCommand('schedule', scheduleOptions(order, guildId)),
        /^Changed for[^]*<t:(\d+)/,
      );
    case 'unfollow':
      return unfollow(admin, order.query);
    case 'send-now':
      return sendNow(admin, order, onSample);
    case 'pause':
    case 'resume':
    case 'remove':
      return press(admin, order.kind, channelId);
    default:
      return FAILED;
  }
}

function follow(
  admin: Verbs,
  order: { readonly query: string; readonly minUpvotes: number },
): Promise<Reply> {
  return admin.runCommand('subscribe', { min_upvotes: order.minUpvotes });
}

function scheduleOptions(
  order: Order & { readonly kind: 'schedule' },
  guildId: string,
): Record<string, unknown> {
  const { minute, zone, days, style, max, rest, mention } = order;
  const given = {
    time:
      minute === undefined ? undefined : `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`,
    timezone: zone,
    days: days?.map((day) => DAYS[day - 1]).join(', '),
    style,
    max,
    rest,
    // The role of everyone, which has the guild's id, takes a mention away.
    mention: mention === null ? guildId : mention,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

async function unfollow(admin: Verbs, query: string): Promise<Answer> {
  const { message } = await admin.runCommand('unsubscribe', { topic: topicName(query) });
  const content = message?.content ?? '';
  // The first try may have had its effect and lost its answer.
  const isDone = /no longer follows|Nothing is followed|not followed|does not follow/.test(content);
  return isDone ? { kind: 'done' } : FAILED;
}

function topicName(query: string): string {
  return query === '' ? 'every paper' : query;
}

async function sendNow(
  admin: Verbs,
  order: { readonly query: string; readonly minUpvotes: number },
  onSample: (id: string) => void,
): Promise<Answer> {
  const { message } = await follow(admin, order);
  const customId = findControl(message, 'send-now');
  const sampleId = customId?.split(':').at(-1);
  if (message === undefined || customId === undefined || sampleId === undefined) return FAILED;
  onSample(sampleId);
  const reply = await admin.press(message.id, customId);
  const isAnswered = /^(Sent|One was sent|There is no paper)/.test(reply.message?.content ?? '');
  return isAnswered ? { kind: 'done' } : FAILED;
}

/** By the buttons of `/subscriptions`; done as well where it turns out to be so already. */
async function press(admin: Verbs, name: 'pause' | 'resume' | 'remove', channelId: string): Promise<Answer> {
  const { message } = await admin.runCommand('subscriptions', { channel: channelId });
  const content = message?.content ?? '';
  if (message === undefined) return FAILED;
  if (content.startsWith('Nothing is followed')) return name === 'remove' ? { kind: 'done' } : FAILED;
  const isPaused = /^Paused/m.test(content);
  if ((name === 'pause') === isPaused && name !== 'remove') return { kind: 'done' };
  const customId = findControl(message, name);
  // A channel in trouble has Resume in place of Pause.
  if (customId === undefined) return { kind: 'refused' };
  const after = (await admin.press(message.id, customId)).message?.content ?? '';
  if (name === 'remove') return after.startsWith('Removed') ? { kind: 'done' } : FAILED;
  const isNow = /^<#\d+>/.test(after) && /^Paused/m.test(after) === (name === 'pause');
  return isNow ? { kind: 'done' } : FAILED;
}

function readNamed({ message }: Reply, pattern: RegExp): Answer {
  const seconds = pattern.exec(message?.content ?? '')?.[1];
  return seconds === undefined ? FAILED : { kind: 'done', named: Number(seconds) * 1000 };
}

function findControl(message: Reply['message'], name: string): string | undefined {
  return message?.components
    .flatMap((row) => row.components)
    .map((component) => ('custom_id' in component ? component.custom_id : ''))
    .find((id) => id.startsWith(`${name}:`));
}
