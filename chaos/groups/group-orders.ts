import { setTimeout } from 'node:timers/promises';
import { controlsOf } from '../../playground/discord/messages/controls.ts';
import type { DiscordStandIn } from '../../playground/discord/server.ts';
import type { GroupSchedule } from '../audit/group-history.ts';
import { findControl, listControls, type Reply, textOf, type Verbs } from '../readers/read-reply.ts';
import type { GroupSpot } from './reading-group.ts';

/** What people of a reading group tell the bot. */
export type GroupOrder =
  | { readonly kind: 'set-up'; readonly schedule: GroupSchedule }
  | {
      readonly kind: 'nominate';
      readonly paperId: string;
      readonly userId: string;
      /** By the command, by the button of a card, or by the menu of a message that links to it. */
      readonly by: 'command' | 'card' | 'message';
    }
  | { readonly kind: 'withdraw'; readonly paperId: string }
  /** By a button, from 1. */
  | { readonly kind: 'vote'; readonly messageId: string; readonly userId: string; readonly answer: number }
  | { readonly kind: 'begin-poll'; readonly hours: number }
  | { readonly kind: 'end-poll' };

/** `refused`: it surely changed nothing. */
export type GroupAnswer = 'done' | 'refused' | 'failed';

const PATIENCE_MS = 8_000;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const NOMINATED = /^Nominated \*\*|is already nominated\./mu;
const SHELF = /^### Reading group$/mu;
/** It was ended, or chosen, before. */
const OUTDATED = /out of date/u;

/** Gives one order in the channel of a group, and reads the answer. Never rejects. */
export async function giveGroupOrder(
  discord: DiscordStandIn,
  spot: GroupSpot,
  order: GroupOrder,
): Promise<GroupAnswer> {
  const giveUp = new AbortController();
  try {
    const tooLate = setTimeout(PATIENCE_MS, 'failed' as const, { signal: giveUp.signal }).catch(
      () => 'failed' as const,
    );
    return await Promise.race([carryOut(discord, spot, order), tooLate]);
  } catch {
    // The stand-in raises what a person would see as "did not respond".
    return 'failed';
  } finally {
    giveUp.abort();
  }
}

async function carryOut(discord: DiscordStandIn, spot: GroupSpot, order: GroupOrder): Promise<GroupAnswer> {
  const actAs = (userId: string) => discord.act(userId, { channelId: spot.channelId });
  const admin = actAs(spot.adminId);
  switch (order.kind) {
    case 'set-up':
      return answerTo(
        await setUp(admin, order.schedule),
        /Updated the reading group|The reading group is set up/u,
      );
    case 'nominate':
      return answerTo(await nominate(discord, actAs(order.userId), { spot, ...order }), NOMINATED);
    case 'withdraw':
      return withdraw(admin, order.paperId);
    case 'vote': {
      const customId = voteButton(discord, spot, order);
      if (customId === undefined) return 'refused';
      const text = textOf(await actAs(order.userId).press(order.messageId, customId));
      if (text.startsWith('Your vote:')) return 'done';
      return OUTDATED.test(text) ? 'refused' : 'failed';
    }
    case 'begin-poll': {
      const text = textOf(await admin.runCommand('reading', { poll: order.hours }));
      if (/A poll is (open|about)|is chosen already|Next paper: /u.test(text)) return 'done';
      return /Nothing is nominated yet|There is no time|would not end/u.test(text) ? 'refused' : 'failed';
    }
    case 'end-poll':
      return endPoll(admin);
  }
}

function answerTo(reply: Reply, pattern: RegExp): GroupAnswer {
  return pattern.test(textOf(reply)) ? 'done' : 'failed';
}

function setUp(person: Verbs, schedule: GroupSchedule): Promise<Reply> {
  const { weekday, minute, zone, minutes, pollHours, readDays, presenters } = schedule;
  return person.runCommand('meeting', {
    every: 'week',
    day: DAYS[weekday - 1],
    time: `${Math.floor(minute / 60)}:${String(minute % 60).padStart(2, '0')}`,
    timezone: zone,
    minutes,
    poll: pollHours,
    read: readDays,
    presenters: presenters.map((id) => `<@${id}>`).join(' '),
  });
}

async function nominate(
  discord: DiscordStandIn,
  person: Verbs,
  { spot, paperId, userId, by }: Extract<GroupOrder, { kind: 'nominate' }> & { readonly spot: GroupSpot },
): Promise<Reply> {
  if (by === 'command') return person.runCommand('reading', { nominate: paperId });
  if (by === 'message') {
    const link = `Shall we read https://huggingface.co/papers/${paperId}?`;
    return person.messageCommand('Nominate paper', discord.say(spot.channelId, link, userId).id);
  }
  const card = await person.runCommand('paper', { paper: paperId });
  const customId = findControl(card.message, 'nominate');
  if (card.message === undefined || customId === undefined) return card;
  return person.press(card.message.id, customId);
}

/** By the menu of the shelf; done as well where it is not in it any more. An apology has no menu either. */
async function withdraw(person: Verbs, paperId: string): Promise<GroupAnswer> {
  const shelf = await person.runCommand('reading');
  const { message } = shelf;
  if (message === undefined || !SHELF.test(textOf(shelf))) return 'failed';
  const menu = controlsOf(message).find(
    (control) => 'options' in control && control.custom_id.startsWith('withdraw-menu:'),
  );
  const isThere =
    menu !== undefined && 'options' in menu && menu.options.some(({ value }) => value === paperId);
  if (!isThere) return 'done';
  const reply = await person.choose(message.id, menu.custom_id, [paperId]);
  return answerTo(reply, /is no longer nominated/u);
}

/** By the button of the shelf; done as well where it has ended meanwhile. */
async function endPoll(person: Verbs): Promise<GroupAnswer> {
  const shelf = await person.runCommand('reading');
  const { message } = shelf;
  if (message === undefined || !SHELF.test(textOf(shelf))) return 'failed';
  const customId = findControl(message, 'reading-end-poll');
  if (customId === undefined) return 'done';
  const text = textOf(await person.press(message.id, customId));
  return SHELF.test(text) || OUTDATED.test(text) ? 'done' : 'failed';
}

function voteButton(
  discord: DiscordStandIn,
  { channelId }: GroupSpot,
  { messageId, answer }: { readonly messageId: string; readonly answer: number },
): string | undefined {
  const message = discord.messagesOf(channelId).find(({ id }) => id === messageId);
  return listControls(message).filter((id) => id.startsWith('reading-vote:'))[answer - 1];
}
