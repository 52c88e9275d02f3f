import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { controlsOf } from '../../playground/discord/messages/controls.ts';
import { textsOf } from '../../playground/discord/messages/read-papers.ts';
import { checkContract } from '../playground/discord/contract.ts';
import { buildItem, startWorld, type World } from '../support/world.ts';

const MONDAY = '2026-06-08';
const TUESDAY = '2026-06-09';
const PAPER = '2606.00001';
const NOTHING = { content: '', embeds: [], components: [] };
const EDIT = /\/channels\/\d+\/messages\/\d+$/;

/** The first paper of Tuesday, as Hugging Face gives it from now on. */
interface First {
  readonly upvotes: number;
  readonly comments?: number;
  readonly code?: string;
}

describe('a digest that was sent on Tuesday at 07:00Z', { timeout: 60_000 }, () => {
  let world: World;

  function list({ upvotes, comments = 0, code }: First): void {
    const { paper } = buildItem(PAPER, upvotes, TUESDAY);
    const item = {
      paper: { ...paper, ...(code === undefined ? {} : { githubRepo: code, githubStars: 7 }) },
      numComments: comments,
    };
    world.huggingFace.setDay(TUESDAY, [item, buildItem('2606.00002', 2, TUESDAY)]);
  }

  beforeEach(async () => {
    world = await startWorld(`${MONDAY}T10:00Z`);
    list({ upvotes: 5 });
    await order('subscribe', {});
    await order('schedule', { time: '09:00', timezone: 'Europe/Berlin' });
    await world.at(`${TUESDAY}T07:00Z`);
  });

  afterEach(async () => {
    await world.stop();
  });

  const order = (name: string, options: Readonly<Record<string, string>>) =>
    world.discord.act(world.discord.adminId, { channelId: world.channelId }).runCommand(name, options);
  const messages = () => world.discord.messagesOf(world.channelId);
  const text = () => messages().flatMap(textsOf).join('\n');
  const edits = () => world.discord.requests.filter(({ method }) => method === 'PATCH');
  /** Every hour from the one that is named, on the day so many after Tuesday. */
  async function passHours(from: number, count: number): Promise<void> {
    for (let hour = from; hour < from + count; hour += 1) {
      const instant = new Date(Date.parse(`${TUESDAY}T00:00Z`) + hour * 3_600_000);
      await world.at(instant.toISOString());
    }
  }

  it('shows new votes, comments and a late link, and nobody is pinged for them', async () => {
    expect(text()).toContain('▲\u00a05');
    expect(text()).not.toContain('github.com');
    const sent = messages().map(({ id }) => id);

    list({ upvotes: 41, comments: 3, code: 'https://github.com/lab/late' });
    await world.at(`${TUESDAY}T08:10Z`);

    expect(text()).toContain('▲\u00a041');
    expect(text()).toMatch(/3 comments/);
    expect(text()).toContain('https://github.com/lab/late');
    expect(messages().map(({ id }) => id)).toEqual(sent);
    expect(edits().map(({ body }) => body)).toEqual([
      expect.objectContaining({ allowed_mentions: { parse: [] } }),
    ]);
    expect(checkContract(world.discord.requests)).toEqual([]);
  });

  it('is not touched in four days in which nothing changes', async () => {
    await passHours(8, 96);

    expect(edits()).toEqual([]);
  });

  it('is edited a few times at most, however often votes change, and is sealed after three days', async () => {
    for (let hour = 8; hour < 7 + 96; hour += 1) {
      list({ upvotes: hour });
      await passHours(hour, 1);
    }

    const hours = edits().map(({ time }) => (time - Date.parse(`${TUESDAY}T07:00Z`)) / 3_600_000);
    expect(hours).toEqual([1, 4, 12, 24, 48, 72]);
    // A list day of three days ago is collected every three hours.
    expect(text()).toMatch(/▲\u00a07[7-9]/);
  });

  it('lives on over a restart, and over an archive that was lost', async () => {
    await world.restart();
    list({ upvotes: 6 });
    await passHours(8, 1);
    expect(text()).toContain('▲\u00a06');

    world.huggingFace.fail({ status: 500 });
    await world.restart(() => rmSync(world.archiveFile));
    await passHours(11, 3);
    expect(text()).toContain('Paper 2606.00002');
    world.huggingFace.fail(undefined);
    list({ upvotes: 8 });
    await passHours(19, 1);

    expect(text()).toContain('▲\u00a08');
    expect(edits()).toHaveLength(2);
  });

  it('is edited once more, and no more, when the process ends in the middle of an edit', async () => {
    list({ upvotes: 41 });
    world.discord.fail({ route: EDIT, method: 'PATCH', drop: 'hang', effectAfterMs: 0 });
    const tick = world.at(`${TUESDAY}T08:10Z`);
    await expect.poll(() => edits().length).toBe(1);

    const started = Date.now();
    await world.restart();
    expect(Date.now() - started).toBeLessThan(2000);
    await tick;
    await passHours(9, 12);

    expect(text()).toContain('▲\u00a041');
    expect(edits()).toHaveLength(2);
    expect(messages()).toHaveLength(1);
  });

  it.each([
    { what: 'Discord asks to wait', failure: { limit: 'user' } },
    { what: 'the answer is lost', failure: { drop: 'drop-after' } },
    { what: 'the request is lost', failure: { drop: 'drop-before' } },
    { what: 'Discord fails', failure: { status: 503 } },
  ] as const)('is edited again ten minutes later when $what', async ({ failure }) => {
    list({ upvotes: 41 });
    world.discord.fail({ route: EDIT, method: 'PATCH', ...failure });
    await world.at(`${TUESDAY}T08:10Z`);
    await world.at(`${TUESDAY}T08:11Z`);
    expect(edits()).toHaveLength(1);

    await world.at(`${TUESDAY}T08:20Z`);
    await passHours(9, 12);

    expect(text()).toContain('▲\u00a041');
    expect(edits()).toHaveLength(2);
    expect(messages()).toHaveLength(1);
  });

  it.each([
    {
      what: 'a moderator deleted it',
      act: () => world.discord.deleteMessage(world.channelId, messages()[0]?.id ?? ''),
      undo: () => undefined,
    },
    {
      what: 'the bot may not see the channel',
      act: () => world.discord.setBotPermissions(world.channelId, 0n),
      undo: () => world.discord.setBotPermissions(world.channelId, (1n << 50n) - 1n),
    },
    {
      what: 'the bot was removed from the server',
      act: () => world.discord.removeBot(world.guildId),
      undo: () => undefined,
    },
  ])('is left alone for good when $what', async ({ act, undo }) => {
    act();
    list({ upvotes: 41 });
    await world.at(`${TUESDAY}T08:10Z`);
    expect(edits()).toHaveLength(1);

    undo();
    list({ upvotes: 42 });
    await passHours(9, 72);

    expect(edits()).toHaveLength(1);
  });

  it('is not edited any more once nothing is followed there', async () => {
    const { message } = await order('unsubscribe', { topic: 'Every paper' });
    const confirm = controlsOf(message ?? { components: [] }).find(
      (one) => 'custom_id' in one && one.custom_id.startsWith('unsubscribe-confirmed:'),
    );
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    await admin.press(message?.id ?? '', Object(confirm).custom_id);
    list({ upvotes: 41 });

    await passHours(8, 10);

    expect(text()).toContain('▲\u00a05');
    expect(edits()).toEqual([]);
  });

  it('does not hinder the next one', async () => {
    list({ upvotes: 41 });
    world.huggingFace.setDay('2026-06-10', [buildItem('2606.00005', 1, '2026-06-10')]);

    await world.at('2026-06-10T07:00Z');

    expect(world.delivered()).toEqual([[PAPER, '2606.00002'], ['2606.00005']]);
    expect(text()).toContain('▲\u00a041');
  });
});

describe('what was sent elsewhere on Tuesday at 07:00Z', { timeout: 60_000 }, () => {
  let world: World;
  const list = (upvotes: number) =>
    world.huggingFace.setDay(TUESDAY, [
      buildItem(PAPER, upvotes, TUESDAY),
      buildItem('2606.00002', upvotes, TUESDAY),
    ]);

  beforeEach(async () => {
    world = await startWorld(`${MONDAY}T10:00Z`);
    list(5);
  });

  afterEach(async () => {
    await world.stop();
  });

  async function follow(channel: string, settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    await admin.runCommand('subscribe', { channel });
    await admin.runCommand('schedule', { channel, time: '09:00', timezone: 'Europe/Berlin', ...settings });
    await world.at(`${TUESDAY}T07:00Z`);
  }
  const threadsIn = (parent: string) =>
    Object.values(world.discord.state.channels).filter(({ parent_id: id }) => id === parent);
  const messageOf = (post: { readonly id: string } | undefined) =>
    world.discord.messagesOf(post?.id ?? '')[0];
  const edits = () => world.discord.requests.filter(({ method }) => method === 'PATCH');

  it('is the post of each paper in a forum, and the role that it mentioned stays in it', async () => {
    const role = world.discord.addRole(world.guildId, 'Readers', { mentionable: true }).id;
    const forum = world.discord.addForum(world.guildId, 'forum');
    await follow(forum.id, { mention: role });
    const before = threadsIn(forum.id).map(({ id, name }) => ({ id, name }));
    list(41);

    await world.at(`${TUESDAY}T08:10Z`);

    const texts = threadsIn(forum.id).map((post) => textsOf(messageOf(post) ?? NOTHING).join('\n'));
    expect(texts.filter((text) => text.includes('▲\u00a041'))).toHaveLength(2);
    expect(texts.filter((text) => text.includes(`<@&${role}>`))).toHaveLength(1);
    expect(threadsIn(forum.id).map(({ id, name }) => ({ id, name }))).toEqual(before);
    expect(checkContract(world.discord.requests)).toEqual([]);
    expect(edits()).toHaveLength(2);
  });

  it('is left alone for good in a post that somebody archived', async () => {
    const forum = world.discord.addForum(world.guildId, 'forum');
    await follow(forum.id);
    for (const { id } of threadsIn(forum.id)) world.discord.setThread(id, { archived: true });
    list(41);
    await world.at(`${TUESDAY}T08:10Z`);

    for (const { id } of threadsIn(forum.id)) world.discord.setThread(id, { archived: false });
    list(42);
    await world.at(`${TUESDAY}T12:00Z`);

    expect(edits()).toHaveLength(2);
  });

  it('is left alone once somebody published it to other servers', async () => {
    const news = world.discord.addChannel(world.guildId, 'news', 5).id;
    await follow(news);
    world.discord.crosspost(news, world.discord.messagesOf(news)[0]?.id ?? '');
    list(41);

    await world.at(`${TUESDAY}T08:10Z`);

    expect(edits()).toEqual([]);
  });

  it('lives too where it was looked for, as its answer was lost', async () => {
    world.discord.fail({ route: /messages$/, method: 'POST', drop: 'drop-after', times: 3 });
    await follow(world.channelId);
    expect(world.delivered()).toHaveLength(1);
    list(41);

    await world.at(`${TUESDAY}T08:10Z`);

    expect(textsOf(world.discord.messagesOf(world.channelId)[0] ?? NOTHING).join()).toContain('▲\u00a041');
  });
});
