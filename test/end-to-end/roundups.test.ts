import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPapers } from '../../playground/discord/messages/read-papers.ts';
import type { Message } from '../../playground/discord/state.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import { checkContract } from '../playground/discord/contract.ts';
import { buildItem, type Days, startWorld, type World } from '../support/world.ts';

const MONDAY = '2026-06-08';
const NEXT_MONDAY = '2026-06-15';
const THIRD_MONDAY = '2026-06-22';
/** Nine in Berlin. */
const NINE = 'T07:00Z';
const EVERYTHING = (1n << 40n) - 1n;
const ATTACH_FILES = 1n << 15n;

function about(id: string, title: string, day: string, upvotes: number) {
  const item = buildItem(id, upvotes, day);
  return { ...item, paper: { ...item.paper, title } };
}

/** Four weeks of ten papers on a Wednesday, of which one is about agents; then one with eight of them. */
function fiveWeeks(): Days {
  return new Map(
    [-4, -3, -2, -1, 0].map((week) => {
      const day = addDays(MONDAY, 2 + 7 * week);
      const items = Array.from({ length: 10 }, (_, at) => {
        const isAgents = at < (week === 0 ? 8 : 1);
        return about(`2606.${week + 5}000${at}`, isAgents ? `Agents *${at}*` : `Vision ${at}`, day, 20 - at);
      });
      return [day, items] as const;
    }),
  );
}

let world: World;
beforeEach(async () => {
  world = await startWorld(`${MONDAY}T10:00Z`, fiveWeeks());
});
afterEach(async () => {
  await world.stop();
});

const admin = (channelId = world.channelId) => world.discord.act(world.discord.adminId, { channelId });
const isRoundup = ({ content }: Message) => content.startsWith('## ');
const roundupsIn = (channelId = world.channelId) => world.discord.messagesOf(channelId).filter(isRoundup);
const idsOf = (message: Message | undefined) =>
  (message === undefined ? [] : readPapers(message)).map(({ id }) => id);

/** The admin follows agents, with digests and a roundup on Mondays, both at nine in Berlin. */
async function follow(options: Record<string, unknown> = {}, channelId = world.channelId) {
  await admin(channelId).runCommand('subscribe', { topic: 'agents' });
  await admin(channelId).runCommand('schedule', { time: '9', timezone: 'Berlin' });
  return admin(channelId).runCommand('roundup', { when: '1', ...options });
}

/** Each day at nine, up to a day. */
async function live(from: string, to: string): Promise<void> {
  for (let day = from; day <= to; day = addDays(day, 1)) await world.at(`${day}${NINE}`);
}

describe('a roundup', { timeout: 120_000 }, () => {
  it('comes once a week with the most upvoted papers, though they came before, and a picture told in words', async () => {
    const set = await follow();
    await live('2026-06-09', NEXT_MONDAY);
    await world.restart();
    await world.at(`${NEXT_MONDAY}T07:01Z`);
    await world.at(`${NEXT_MONDAY}T20:00Z`);

    expect(set.message?.content).toContain('A roundup of each week comes in');
    const [roundup, ...more] = roundupsIn();
    expect(more).toEqual([]);
    expect(roundup?.content).toContain(
      '## The week to Sun 14 June 2026\n8 papers matched what is followed here',
    );
    expect(idsOf(roundup)).toEqual([0, 1, 2, 3, 4].map((at) => `2606.5000${at}`));
    expect(roundup?.content).toContain(
      String.raw`1. [Agents \*0\*](https://huggingface.co/papers/2606.50000) · ▲`,
    );
    expect(roundup?.content).toMatch(/\*\*Growing\*\*\n- .*: 80% of papers, 10% in the 8 weeks before/);
    const [picture] = roundup?.attachments ?? [];
    expect(picture).toMatchObject({ filename: 'trends.png', content_type: 'image/png' });
    expect(picture?.description).toContain('at first, 45% lately, at most 80% (14 Jun)');
    const file = await (await fetch(picture?.url ?? '')).arrayBuffer();
    expect(Buffer.from(file).subarray(1, 4).toString()).toBe('PNG');
    expect(checkContract(world.discord.requests)).toEqual([]);
    // The digests were what they are without roundups.
    const digests = world.delivered().filter((ids) => ids.length === 8);
    expect(digests).toHaveLength(1);
  });

  it('leaves out a paper that Discord refused there', async () => {
    world.discord.refuseContent({ text: '2606.50000', code: 200_000 });
    await follow();
    await live('2026-06-09', NEXT_MONDAY);

    const [roundup] = roundupsIn();
    expect(idsOf(roundup)).toEqual([1, 2, 3, 4, 5].map((at) => `2606.5000${at}`));
    expect(roundup?.content).toContain('7 papers matched what is followed here');
  });

  it('opens its papers from its menu', async () => {
    await follow();
    await live('2026-06-09', NEXT_MONDAY);
    const [roundup] = roundupsIn();
    const menu = JSON.stringify(roundup?.components);
    const [, id = ''] = /"custom_id":"([^"]+)"/.exec(menu) ?? [];

    const opened = await admin().choose(roundup?.id ?? '', id, ['2606.50000']);

    expect(JSON.stringify(opened.message)).toContain('2606.50000');
  });

  it.each(['drop-before', 'drop-after', 'cut-off'] as const)(
    'comes once where the connection breaks: %s, and the bot starts anew',
    async (drop) => {
      await follow();
      await live('2026-06-09', '2026-06-14');
      world.discord.fail({
        route: /\/messages$/,
        method: 'POST',
        drop,
        times: 1,
        ...(drop === 'cut-off' ? { effectAfterMs: 0 } : {}),
      });
      await world.at(`${NEXT_MONDAY}${NINE}`);
      await world.restart();
      for (const minute of ['01', '02', '05', '10']) await world.at(`${NEXT_MONDAY}T07:${minute}Z`);

      expect(roundupsIn()).toHaveLength(1);
      expect(roundupsIn()[0]?.attachments).toHaveLength(1);
    },
  );

  it('says nothing of a week without papers, and goes on with the next', async () => {
    await follow();
    await live('2026-06-09', NEXT_MONDAY);
    await live('2026-06-16', THIRD_MONDAY);
    world.huggingFace.setDay('2026-06-24', [about('2606.60001', 'Agents again', '2026-06-24', 3)]);
    await live('2026-06-23', '2026-06-29');

    expect(roundupsIn().map(idsOf).slice(1)).toEqual([['2606.60001']]);
  });

  it('comes without its picture where the bot may attach no files, and says so when it is set', async () => {
    world.discord.setBotPermissions(world.channelId, EVERYTHING & ~ATTACH_FILES & ~(1n << 3n));
    const set = await follow();
    await live('2026-06-09', NEXT_MONDAY);

    expect(set.message?.content).toContain('I lack the permission Attach Files');
    expect(roundupsIn().map(({ attachments }) => attachments.length)).toEqual([0]);
    expect(idsOf(roundupsIn()[0])).toHaveLength(5);
  });

  it('waits for a channel that lets the bot in again on the same day, and comes once', async () => {
    await follow();
    await live('2026-06-09', '2026-06-14');
    world.discord.setBotPermissions(world.channelId, 1n << 10n);
    await world.at(`${NEXT_MONDAY}${NINE}`);
    world.discord.setBotPermissions(world.channelId, EVERYTHING & ~(1n << 3n));
    for (const hour of ['09', '10', '11', '12']) await world.at(`${NEXT_MONDAY}T${hour}:00Z`);

    expect(roundupsIn()).toHaveLength(1);
  });

  it('names what was saved most by people who agreed, in this server alone', async () => {
    const other = world.discord.addGuild('Other club');
    const elsewhere = world.discord.addChannel(other.id, 'papers');
    await follow();
    await follow({}, elsewhere.id);
    await live('2026-06-09', '2026-06-11');
    for (const name of ['Grace', 'Edsger', 'Barbara']) {
      const { id } = world.discord.addUser(name);
      world.discord.addMember(world.guildId, id);
      const person = world.discord.act(id, { channelId: world.channelId });
      await person.runCommand('save', { paper: name === 'Barbara' ? '2606.50003' : '2606.50007' });
      const forYou = await person.runCommand('foryou');
      const agree = /"custom_id":"(count-saves[^"]*)"/.exec(JSON.stringify(forYou.message?.components));
      await person.press(forYou.message?.id ?? '', agree?.[1] ?? '');
    }
    await live('2026-06-12', NEXT_MONDAY);

    expect(roundupsIn()[0]?.content).toContain('**Saved most here**\n- [Agents');
    expect(roundupsIn()[0]?.content).toContain('2606.50007) · by 2 people');
    // What one person alone has saved stays theirs.
    expect(roundupsIn()[0]?.content).not.toContain('by 1 person');
    expect(roundupsIn(elsewhere.id)[0]?.content).not.toContain('Saved most here');
  });

  it('stops when it is turned off', async () => {
    await follow();
    const off = await admin().runCommand('roundup', { when: 'off' });
    await live('2026-06-09', NEXT_MONDAY);

    expect(off.message?.content).toContain('No more roundups in');
    expect(roundupsIn()).toEqual([]);
  });

  it('comes monthly on the first, by direct message too', async () => {
    await admin().runCommand('subscribe', { topic: 'agents', by: 'dm' });
    await admin().runCommand('roundup', { when: 'first', time: '8:30', by: 'dm' });
    await live('2026-06-29', '2026-07-02');

    const dm = world.discord.openDmWith(world.discord.adminId).id;
    expect(roundupsIn(dm).map(({ content }) => content.split('\n')[0])).toEqual(['## June 2026 in papers']);
  });

  it('comes in its week though the clock was weeks ahead for a minute', async () => {
    await follow();
    world.setWall('2026-06-30T10:00Z');
    await world.at('2026-06-30T10:01Z');
    const before = roundupsIn().length;
    world.setWall('2026-06-09T10:10Z');
    await live('2026-06-10', NEXT_MONDAY);

    expect(
      roundupsIn()
        .slice(before)
        .map(({ content }) => content.split('\n')[0]),
    ).toEqual(['## The week to Sun 14 June 2026']);
  });

  it('is a post in a forum', async () => {
    const forum = world.discord.addForum(world.guildId, 'reading');
    await admin().runCommand('subscribe', { topic: 'agents', channel: forum.id });
    await admin().runCommand('roundup', { when: '1', time: '9', channel: forum.id });
    await live('2026-06-09', NEXT_MONDAY);
    await world.at(`${NEXT_MONDAY}T10:00Z`);

    const posts = Object.values(world.discord.state.channels).filter(({ parent_id: id }) => id === forum.id);
    const roundups = posts.filter(({ name }) => name === 'The week to Sun 14 June 2026');
    expect(roundups).toHaveLength(1);
    expect(world.discord.messagesOf(roundups[0]?.id ?? '')[0]?.attachments).toHaveLength(1);
    expect(checkContract(world.discord.requests)).toEqual([]);
  });

  it('is previewed to whoever asks, and set by those who may change the channel', async () => {
    await follow();
    await live('2026-06-09', '2026-06-12');
    const member = world.discord.act(world.discord.memberId, { channelId: world.channelId });

    const preview = await member.runCommand('roundup');
    const refused = await member.runCommand('roundup', { when: 'off' });
    const unread = await admin().runCommand('roundup', { time: 'instantly' });

    expect(preview.message?.content).toContain('8 papers matched what is followed here');
    expect(preview.message?.attachments).toHaveLength(1);
    expect(preview.message?.flags).toBe(64);
    expect(refused.message?.content).toContain('Manage Channels');
    expect(unread.message?.content).toContain('"instantly" isn\'t a time of day');
    expect(roundupsIn()).toEqual([]);
  });
});
