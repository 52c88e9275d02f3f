import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPapers } from '../../playground/discord/messages/read-papers.ts';
import { checkContract } from '../playground/discord/contract.ts';
import { buildItem, startWorld, type World } from '../support/world.ts';

const MONDAY = '2026-06-08';
const TUESDAY = '2026-06-09';
const WEDNESDAY = '2026-06-10';
/** Nine in Berlin. */
const NINE = 'T07:00Z';
const VIEW_ONLY = 1n << 10n;

let world: World;

beforeEach(async () => {
  world = await startWorld(`${MONDAY}T10:00Z`);
  world.huggingFace.setDay(MONDAY, [buildItem('2606.00001', 5, MONDAY), buildItem('2606.00002', 9, MONDAY)]);
});
afterEach(async () => {
  await world.stop();
});

const papersIn = (channelId: string) =>
  world.discord
    .messagesOf(channelId)
    .map((message) => readPapers(message).map(({ id }) => id))
    .filter((papers) => papers.length > 0);
const threadsIn = (channelId: string) =>
  Object.values(world.discord.state.channels).filter(({ parent_id: parent }) => parent === channelId);
const postsTo = (part: string) =>
  world.discord.requests.filter(({ method, path }) => method === 'POST' && path.includes(part));
const roleIn = () => world.discord.addRole(world.guildId, 'Readers', { mentionable: true }).id;
const admin = (channelId = world.channelId) => world.discord.act(world.discord.adminId, { channelId });
const list = (day: string, ...numbers: readonly number[]) =>
  world.huggingFace.setDay(
    day,
    numbers.map((number) => buildItem(`2606.0000${number}`, number, day)),
  );

/** The admin follows every paper, at nine in Berlin, with those settings. */
async function follow(settings: Record<string, unknown> = {}, channel = world.channelId): Promise<void> {
  await admin().runCommand('subscribe', { channel });
  await admin().runCommand('schedule', { channel, time: '09:00', timezone: 'Europe/Berlin', ...settings });
}

async function healthOf(channel: string): Promise<string> {
  return JSON.stringify((await admin().runCommand('subscriptions', { channel })).message);
}

describe('places', { timeout: 60_000 }, () => {
  it('a channel in style threads gets a message and a thread for each paper, and one mention', async () => {
    const mention = roleIn();
    await follow({ style: 'threads', mention });

    await world.at(`${TUESDAY}${NINE}`);
    await world.restart();

    expect(checkContract(world.discord.requests)).toEqual([]);
    expect(papersIn(world.channelId)).toEqual([['2606.00002'], ['2606.00001']]);
    expect(threadsIn(world.channelId).map(({ name }) => name)).toEqual([
      'Paper 2606.00002',
      'Paper 2606.00001',
    ]);
    const pinged = world.discord.messagesOf(world.channelId).map(({ mention_roles: roles }) => roles);
    expect(pinged).toEqual([[mention], [], []]);
  });

  it('a forum gets one post with the rest, then a post for each paper up to the limit', async () => {
    const forum = world.discord.addForum(world.guildId, 'forum', { tags: ['Paper'], requireTag: true });
    await follow({ max: 1 }, forum.id);

    await world.at(`${TUESDAY}${NINE}`);
    await world.at(`${TUESDAY}T07:01Z`);

    expect(checkContract(world.discord.requests)).toEqual([]);
    const posts = threadsIn(forum.id);
    expect(posts.map(({ name }) => name)).toEqual(['Mon 8 June · 1 more paper', 'Paper 2606.00002']);
    expect(posts.map(({ id }) => papersIn(id))).toEqual([[['2606.00001']], [['2606.00002']]]);
    expect(posts.map(({ applied_tags: tags }) => tags?.length)).toEqual([1, 1]);
  });

  it('a forum gets a post once, though its answer was lost and look-ups for it are not answered for a while', async () => {
    const forum = world.discord.addForum(world.guildId, 'forum');
    await follow({}, forum.id);
    world.discord.fail({ route: /threads/, method: 'POST', drop: 'drop-after' });
    world.discord.fail({ route: /threads/, method: 'GET', status: 503, times: 3 });

    await world.at(`${TUESDAY}${NINE}`);

    expect(threadsIn(forum.id).map(({ name }) => name)).toEqual(['Paper 2606.00001', 'Paper 2606.00002']);
    expect(postsTo('/threads')).toHaveLength(2);
  });

  it('a thread is opened again by a digest when it was archived, and blocked when it is locked', async () => {
    const thread = world.discord.addThread(world.channelId, 'reading');
    await follow({}, thread.id);
    world.discord.setThread(thread.id, { archived: true });
    await world.at(`${TUESDAY}${NINE}`);
    expect(papersIn(thread.id)).toEqual([['2606.00002', '2606.00001']]);

    world.discord.setThread(thread.id, { locked: true, archived: true });
    list(TUESDAY, 3);
    await world.at(`${WEDNESDAY}${NINE}`);

    expect(papersIn(thread.id)).toHaveLength(1);
    expect(await healthOf(thread.id)).toMatch(/locked|archived/);
  });

  it('a person gets direct messages, opened once; what a person missed while they were closed comes once they are open', async () => {
    const member = world.discord.act(world.discord.memberId, { channelId: world.channelId });
    await member.runCommand('subscribe', { by: 'dm' });
    const dm = world.discord.openDmWith(world.discord.memberId);
    const home = world.discord.act(world.discord.memberId, { channelId: dm.id });
    await home.runCommand('schedule', { time: '09:00', timezone: 'Europe/Berlin' });
    await world.at(`${TUESDAY}${NINE}`);
    await world.restart();
    expect(papersIn(dm.id)).toEqual([['2606.00002', '2606.00001']]);

    world.discord.closeDms(world.discord.memberId);
    list(TUESDAY, 3);
    await world.at(`${WEDNESDAY}${NINE}`);
    world.discord.openDms(world.discord.memberId);
    list(WEDNESDAY, 4);
    await world.at(`2026-06-11${NINE}`);

    expect(papersIn(dm.id)).toEqual([
      ['2606.00002', '2606.00001'],
      ['2606.00004', '2606.00003'],
    ]);
    expect(postsTo('/users/@me/channels')).toHaveLength(1);
  });

  it('instantly sends what each collection brings, and mentions the role once a day', async () => {
    const mention = roleIn();
    await world.at(`${MONDAY}T10:30Z`);
    await follow({ time: 'instantly', mention });
    await world.at(`${MONDAY}T11:00Z`);
    list(MONDAY, 1, 2, 3);
    await world.at(`${MONDAY}T12:00Z`);
    await world.restart();
    list(MONDAY, 1, 2, 3, 4);
    await world.at(`${MONDAY}T13:00Z`);
    await world.at(`${MONDAY}T13:01Z`);

    expect(papersIn(world.channelId)).toEqual([['2606.00002', '2606.00001'], ['2606.00003'], ['2606.00004']]);
    const pinged = world.discord.messagesOf(world.channelId).map(({ mention_roles: roles }) => roles);
    expect(pinged).toEqual([[mention], [], [], []]);
  });

  it.each<[string, (channelId: string) => void]>([
    ['a deleted channel', (channelId) => world.discord.deleteChannel(channelId)],
    ['a server it was thrown out of', () => world.discord.removeBot(world.guildId)],
  ])('%s is looked for once a day, and forgotten after 30', async (_, lose) => {
    await follow();
    lose(world.channelId);
    await world.at(`${TUESDAY}${NINE}`);
    const attempts = postsTo('/messages').length;
    for (let day = 10; day <= 30; day += 1) await world.at(`2026-06-${day}${NINE}`);
    expect(postsTo('/messages')).toHaveLength(attempts);
    for (let day = 1; day <= 9; day += 1) await world.at(`2026-07-0${day}T07:30Z`);
    await world.restart();
    const before = world.discord.requests.length;

    await world.at('2026-07-12T07:30Z');

    expect(world.discord.requests.slice(before)).toEqual([]);
  });

  it('a server that takes it back within 30 days gets what it missed', async () => {
    await follow();
    world.discord.removeBot(world.guildId);
    await world.at(`${TUESDAY}${NINE}`);
    await world.at(`${WEDNESDAY}${NINE}`);
    world.discord.addBot(world.guildId);

    await world.at(`2026-06-11${NINE}`);
    await world.at('2026-06-11T07:01Z');

    expect(papersIn(world.channelId)).toEqual([['2606.00002', '2606.00001']]);
  });

  it('a channel without the right to make threads gets its messages all the same', async () => {
    await follow({ style: 'threads' });
    world.discord.setBotPermissions(world.channelId, VIEW_ONLY | (1n << 11n) | (1n << 14n) | (1n << 16n));

    await world.at(`${TUESDAY}${NINE}`);

    expect(papersIn(world.channelId)).toEqual([['2606.00002'], ['2606.00001']]);
    expect(threadsIn(world.channelId)).toEqual([]);
  });
});
