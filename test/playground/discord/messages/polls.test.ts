import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-06-09T12:00Z');

it('polls and events end by the clock that ids count from', async () => {
  let shown = START;
  const discord = await startDiscord({ clock: { now: () => 0 }, idClock: { now: () => shown } });
  const guildId = discord.addGuild('Lab').id;
  const channelId = discord.addChannel(guildId, 'reading').id;
  const post = async (path: string, body: unknown) => {
    const headers = { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' };
    const url = `${discord.url}/api/v10${path}`;
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
  };
  const poll = { question: { text: 'Which?' }, answers: [{ poll_media: { text: 'One' } }], duration: 2 };
  const { id, poll: opened } = await post(`/channels/${channelId}/messages`, { poll });
  await post(`/guilds/${guildId}/scheduled-events`, {
    name: 'Reading group',
    privacy_level: 2,
    entity_type: 3,
    entity_metadata: { location: 'here' },
    scheduled_start_time: new Date(START + HOUR).toISOString(),
    scheduled_end_time: new Date(START + 2 * HOUR).toISOString(),
  });
  expect(opened.expiry).toBe(new Date(START + 2 * HOUR).toISOString());

  shown += 3 * HOUR;
  expect(() => discord.votePoll(id, { userId: discord.memberId, answerId: 1 })).toThrow('That poll is over');
  expect(discord.eventsOf(guildId)).toEqual([]);
  await discord.close();
});

describe('polls of the playground', () => {
  let discord: DiscordStandIn;
  let channelId: string;
  let now: number;
  beforeEach(async () => {
    now = START;
    discord = await startDiscord({ clock: { now: () => now } });
    channelId = discord.addChannel(discord.addGuild('Lab').id, 'reading').id;
  });
  afterEach(() => discord.close());

  async function ask(method: string, path: string, body?: unknown) {
    const answer = await fetch(`${discord.url}/api/v10/channels/${channelId}${path}`, {
      method,
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }
  const answersOf = (...texts: readonly string[]) => texts.map((text) => ({ poll_media: { text } }));
  const post = (poll: object, rest: object = {}) =>
    ask('POST', '/messages', {
      poll: {
        question: { text: 'Which?' },
        answers: answersOf('One', 'Two', 'Three'),
        duration: 24,
        ...poll,
      },
      ...rest,
    });

  it('number their answers, and tell of their votes while they are open and when they are over', async () => {
    const { body: message } = await post({});
    discord.votePoll(message.id, { userId: discord.memberId, answerId: 2 });
    discord.votePoll(message.id, { userId: discord.adminId, answerId: 1 });
    discord.votePoll(message.id, { userId: discord.adminId, answerId: 2 });

    const open = await ask('GET', `/messages/${message.id}`);
    now += 24 * HOUR;
    const over = await ask('GET', `/messages/${message.id}`);

    expect(message.poll.answers.map((one: { answer_id: number }) => one.answer_id)).toEqual([1, 2, 3]);
    expect(message.poll.expiry).toBe('2026-06-10T12:00:00.000Z');
    const counts = [{ id: 2, count: 2, me_voted: false }];
    expect(open.body.poll.results).toEqual({ is_finalized: false, answer_counts: counts });
    expect(over.body.poll.results).toEqual({ is_finalized: true, answer_counts: counts });
    expect(() => discord.votePoll(message.id, { userId: discord.memberId, answerId: 1 })).toThrow('over');
    const [, result] = discord.messagesOf(channelId);
    expect(result).toMatchObject({ type: 46, author: { bot: true } });
    expect(JSON.stringify(result?.embeds)).toContain('"victor_answer_id","value":"2"');
  });

  it('end when whoever began them ends them, once', async () => {
    const { body: message } = await post({});

    const ended = await ask('POST', `/polls/${message.id}/expire`);
    const again = await ask('POST', `/polls/${message.id}/expire`);

    expect(ended.body.poll.results.is_finalized).toBe(true);
    expect(again).toMatchObject({ status: 400, body: { code: 520_001 } });
  });

  it.each([
    ['without an answer', { answers: [] }, {}],
    ['with eleven answers', { answers: answersOf(...Array.from({ length: 11 }, String)) }, {}],
    ['with an answer that is too long', { answers: answersOf('a'.repeat(56)) }, {}],
    ['without a question', { question: { text: '' } }, {}],
    ['for longer than Discord keeps one', { duration: 769 }, {}],
    ['beside a text', {}, { content: 'Vote!' }],
    ['among components', {}, { flags: 1 << 15, components: [{ type: 10, content: 'Vote!' }] }],
  ])('are refused %s', async (_, poll, rest) => {
    expect(await post(poll, rest)).toMatchObject({ status: 400, body: { code: 50_035 } });
  });

  it('take the right to send them', async () => {
    discord.setBotPermissions(channelId, (1n << 10n) | (1n << 11n) | (1n << 16n));

    expect(await post({})).toMatchObject({ status: 403, body: { code: 50_013 } });
  });
});
