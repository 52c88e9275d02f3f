import { setTimeout } from 'node:timers/promises';
import type { DiscordStandIn } from '../../playground/discord/server.ts';
import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { Spot } from './channel.ts';
import { followPaper, unfollowPaper } from './follow-paper.ts';
import { findControl, NO_TOPIC, type Reply, SETTINGS, textOf, type Verbs } from '../readers/read-reply.ts';
import type { ControlId, Order } from './settings.ts';

/** What the bot answered; `failed` when it did not, or asked to try again; `refused` when it surely changed nothing. */
export type Answer =
  | { readonly kind: 'done'; readonly named?: Instant; readonly offered?: Offered }
  | { readonly kind: 'failed' | 'refused' };

/** What stands under an answer to following. */
export interface Offered {
  readonly undo?: ControlId;
  readonly zone?: ControlId;
}

type OnSample = () => () => void;

const PATIENCE_MS = 8_000;
const PAUSED = /^Paused /m;
/** In place of a slot. */
const INSTANTLY = /Papers come as they are listed/;
const CHANGED = /Next(?: digest)?: <t:(\d+)/;
const FAILED: Answer = { kind: 'failed' };
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Gives one order about a place, as who may do so would, and reads the answer. Never rejects. */
export async function giveOrder(options: {
  readonly discord: DiscordStandIn;
  readonly spot: Spot;
  readonly order: Order;
  /** Called before a sample is asked for; what it gives back is called when none was planned. */
  readonly onSample: OnSample;
}): Promise<Answer> {
  const { discord, spot } = options;
  const giveUp = new AbortController();
  try {
    const person = createPerson(discord, spot);
    const tooLate = setTimeout(PATIENCE_MS, FAILED, { signal: giveUp.signal }).catch(() => FAILED);
    return await Promise.race([carryOut(person, options), tooLate]);
  } catch {
    // The stand-in raises what a person would see as "did not respond", and for a channel that is gone.
    return FAILED;
  } finally {
    giveUp.abort();
  }
}

interface Errand {
  readonly spot: Spot;
  readonly order: Order;
  readonly onSample: OnSample;
}

/** Commands name the place that they are about where it is not the one that they are typed in. */
function createPerson(discord: DiscordStandIn, { id, typedIn, userId }: Spot): Verbs {
  const verbs = discord.act(userId, { channelId: typedIn });
  const place = id === typedIn ? {} : { channel: id };
  return { ...verbs, runCommand: (name, options) => verbs.runCommand(name, { ...options, ...place }) };
}

async function carryOut(person: Verbs, { spot, order, onSample }: Errand): Promise<Answer> {
  switch (order.kind) {
    case 'follow':
      return readFollowed(await follow(person, order));
    case 'schedule':
      return readNamed(await person.runCommand('schedule', scheduleOptions(order, spot.guildId)), CHANGED);
    case 'roundup':
      return setRoundup(person, order);
    case 'zone':
      return readNamed(await person.choose(order.menu.messageId, order.menu.customId, [order.zone]), CHANGED);
    case 'undo':
      return undo(person, order);
    case 'unfollow':
      return unfollow(person, order.query);
    case 'follow-paper':
      return (await followPaper(person, order.paperId)) ? { kind: 'done' } : FAILED;
    case 'unfollow-paper':
      return (await unfollowPaper(person, order.paperId, spot)) ? { kind: 'done' } : FAILED;
    case 'send-now':
      return sendNow(person, order, onSample);
    case 'pause':
    case 'resume':
    case 'remove':
    case 'reopen':
      return press(person, order.kind, spot);
    default:
      return FAILED;
  }
}

function follow(
  person: Verbs,
  order: { readonly query: string; readonly minUpvotes: number },
): Promise<Reply> {
  const topic = order.query === '' ? {} : { topic: order.query };
  return person.runCommand('subscribe', { ...topic, min_upvotes: order.minUpvotes });
}

function scheduleOptions(
  order: Order & { readonly kind: 'schedule' },
  guildId: string,
): Record<string, unknown> {
  const { minute, zone, days, style, max, rest: overflow, mention } = order;
  const given = {
    time:
      typeof minute !== 'number'
        ? minute
        : `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`,
    timezone: zone,
    days: days?.map((day) => DAYS[day - 1]).join(', '),
    style,
    max,
    overflow,
    // The role of everyone, which has the guild's id, takes a mention away.
    mention: mention === null && guildId !== '' ? guildId : (mention ?? undefined),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

async function setRoundup(
  person: Verbs,
  { on, minute }: { readonly on: number; readonly minute: number },
): Promise<Answer> {
  const time = `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`;
  const text = textOf(await person.runCommand('roundup', { when: String(on), time }));
  return /Next: <t:\d+/.test(text) ? { kind: 'done' } : FAILED;
}

async function unfollow(person: Verbs, query: string): Promise<Answer> {
  const reply = await person.runCommand('unsubscribe', { topic: query === '' ? 'every paper' : query });
  // The last topic of a place is asked for first.
  const confirm = findControl(reply.message, 'unsubscribe-confirmed');
  const text = textOf(
    confirm === undefined || reply.message === undefined
      ? reply
      : await person.press(reply.message.id, confirm),
  );
  // The first try may have had its effect and lost its answer.
  const isDone = /No longer following|Nothing is followed|not followed/.test(text);
  return isDone ? { kind: 'done' } : FAILED;
}

/** The first try may have had its effect here too, which then looks as if it were too late. */
async function undo(person: Verbs, order: Order & { readonly kind: 'undo' }): Promise<Answer> {
  const text = textOf(await person.press(order.button.messageId, order.button.customId));
  if (text.startsWith('Undone')) return { kind: 'done' };
  return /too late to undo|out of date/.test(text) ? unfollow(person, order.query) : FAILED;
}

async function sendNow(
  person: Verbs,
  order: { readonly query: string; readonly minUpvotes: number },
  onSample: OnSample,
): Promise<Answer> {
  const { message } = await follow(person, order);
  const customId = findControl(message, 'send-now');
  if (message === undefined || customId === undefined) return FAILED;
  const retract = onSample();
  const text = textOf(await person.press(message.id, customId));
  const isTurnedAway = /^(I already sent|There is nothing to send|Another digest is on its way)/.test(text);
  if (isTurnedAway) retract();
  return isTurnedAway || /^(Sent|I don't know yet)/.test(text) ? { kind: 'done' } : FAILED;
}

/** By the buttons of `/subscriptions`; done as well where it turns out to be so already. */
async function press(
  person: Verbs,
  name: 'pause' | 'resume' | 'remove' | 'reopen',
  { kind, id }: Spot,
): Promise<Answer> {
  const reply = await person.runCommand('subscriptions', kind === 'dm' ? {} : { channel: id });
  const text = textOf(reply);
  if (reply.message === undefined) return FAILED;
  if (NO_TOPIC.test(text)) return name === 'remove' ? { kind: 'done' } : FAILED;
  // An apology says nothing of the place.
  if (!SETTINGS.test(text)) return FAILED;
  const isReopening = name === 'reopen';
  if (name !== 'remove' && !isReopening && (name === 'pause') === PAUSED.test(text)) return { kind: 'done' };
  const customId = findControl(reply.message, isReopening ? 'resume' : name);
  // A channel in trouble has Resume in place of Pause.
  if (customId === undefined) return { kind: isReopening ? 'done' : 'refused' };
  const pressed = await person.press(reply.message.id, customId);
  if (name === 'remove') return confirmRemoval(person, pressed);
  const after = textOf(pressed);
  const isDone = SETTINGS.test(after) && PAUSED.test(after) === (name === 'pause');
  return isDone ? { kind: 'done' } : FAILED;
}

async function confirmRemoval(person: Verbs, { message }: Reply): Promise<Answer> {
  const customId = message && findControl(message, 'remove-confirmed');
  if (message === undefined || customId === undefined) return FAILED;
  const after = textOf(await person.press(message.id, customId));
  return after.startsWith('Removed') ? { kind: 'done' } : FAILED;
}

function readNamed(reply: Reply, pattern: RegExp): Answer {
  const text = textOf(reply);
  if (INSTANTLY.test(text)) return { kind: 'done' };
  const seconds = pattern.exec(text)?.[1];
  return seconds === undefined ? FAILED : { kind: 'done', named: Number(seconds) * 1000 };
}

function readFollowed(reply: Reply): Answer {
  const { message } = reply;
  const read = readNamed(reply, /Next digest: <t:(\d+)/);
  if (read.kind !== 'done' || message === undefined) return read;
  const find = (name: string) => {
    const customId = findControl(message, name);
    return customId === undefined ? undefined : { messageId: message.id, customId };
  };
  const [undone, zone] = [find('undo'), find('zone')];
  return {
    ...read,
    offered: { ...(undone === undefined ? {} : { undo: undone }), ...(zone === undefined ? {} : { zone }) },
  };
}
