import { ChannelFlags } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../playground/discord/server.ts';
import type { Delivery, DeliveryStep, Json } from '../../../src/digest/delivery.ts';
import type { Digest } from '../../../src/digest/digest.ts';
import type { Messenger, SendRequest } from '../../../src/digest/messenger.ts';
import { chooseTags } from '../../../src/discord/transport/choose-tags.ts';
import { createPostingRest } from '../../../src/discord/interactions/create-client.ts';
import { createDiscordMessenger } from '../../../src/discord/transport/messenger.ts';
import type { Destination } from '../../../src/subscriptions/destination.ts';
import { buildDestination } from '../../support/build-destination.ts';
import { buildPaper } from '../../support/build-paper.ts';

const VIEW_AND_SEND = (1n << 10n) | (1n << 11n) | (1n << 14n) | (1n << 16n);
const NEVER = new AbortController().signal;

let discord: DiscordStandIn;
let messenger: Messenger;
let slept: number[];
let guildId: string;

beforeEach(async () => {
  discord = await startDiscord();
  guildId = discord.addGuild('Lab').id;
  slept = [];
  const clock = {
    now: () => Date.now(),
    monotonic: () => Date.now(),
    sleep: async (ms: number) => {
      slept.push(ms);
    },
  };
  const rest = createPostingRest(discord.token, `${discord.url}/api`);
  messenger = createDiscordMessenger({ rest, botUserId: discord.state.bot.id, clock });
});
afterEach(() => discord.close());

function inChannel(channelId: string, channelKind: 'text' | 'forum'): Destination {
  const place = { kind: 'channel', channelId, guildId, channelKind } as const;
  return buildDestination({ id: `c${channelId}`, place, style: 'threads' });
}

function plan(destination: Destination, titles: readonly string[], topics: readonly string[] = []): Delivery {
  const entries: Digest['entries'] = titles.map((title, index) => ({
    paper: {
      ...buildPaper({ id: `2606.0000${index}`, title, keywords: ['computer vision'] }),
      listDay: '2026-06-09',
      firstSeenAt: 0,
    },
    topics,
  }));
  const steps = messenger.render({ id: 'abc1', destination, entries, mention: false });
  const now = Date.now();
  const ids = { id: 'abc1', destinationId: destination.id, kind: 'digest', state: 'open' } as const;
  return { ...ids, slot: now, plannedAt: now, steps };
}

/** Sends the steps in order, each with the outcomes of those before it. */
async function sendAll(destination: Destination, planned: Delivery): Promise<readonly DeliveryStep[]> {
  let delivery = planned;
  for (const index of planned.steps.keys()) {
    const outcome = await messenger.send({ destination, delivery, index, plain: false });
    const step = delivery.steps[index];
    if (step === undefined || outcome.kind === 'failed' || outcome.kind === 'fatal') continue;
    delivery = { ...delivery, steps: delivery.steps.with(index, { ...step, outcome }) };
  }
  return delivery.steps;
}

const kinds = (steps: readonly DeliveryStep[]) => steps.map(({ outcome }) => outcome?.kind);
const requestsTo = (route: RegExp) =>
  discord.requests.filter(({ method, path }) => method === 'POST' && route.test(path));
const threadsIn = (channelId: string) =>
  Object.values(discord.state.channels).filter(({ parent_id: parent }) => parent === channelId);

describe('threads under messages', () => {
  let text: Destination;
  beforeEach(() => {
    text = inChannel(discord.addChannel(guildId, 'papers').id, 'text');
  });

  it('are made from the message of each paper, and named after it', async () => {
    const long = `${'x'.repeat(94)} words that are too many`;
    const steps = await sendAll(text, plan(text, ['First', long]));

    expect(kinds(steps)).toEqual(['sent', 'sent', 'sent', 'sent']);
    const names = threadsIn(text.place.channelId ?? '').map(({ name }) => name);
    expect(names).toEqual(['First', `${'x'.repeat(94)}…`]);
    expect(steps.flatMap(({ paperIds }) => paperIds)).toEqual(['2606.00000', '2606.00001']);
  });

  it('that are there already count as made', async () => {
    const delivery = plan(text, ['First']);
    const steps = await sendAll(text, delivery);
    const request = { destination: text, delivery: { ...delivery, steps }, index: 1, plain: false };

    expect(await messenger.send(request)).toEqual(steps[1]?.outcome);
    expect(await messenger.find(request)).toMatchObject({
      kind: 'found',
      messageId: threadsIn(text.place.channelId ?? '')[0]?.id,
    });
  });

  it('of unknown fate are absent when they were not made', async () => {
    discord.fail({ route: /threads/, drop: 'drop-before' });
    const delivery = plan(text, ['First']);
    const steps = await sendAll(text, delivery);
    const request = { destination: text, delivery: { ...delivery, steps }, index: 1, plain: false };

    expect(await messenger.find(request)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['the server has too many', 400, 160_006],
    ['the bot may not make them', 403, 50_013],
  ])('are done without when %s, asking once', async (_, status, code) => {
    discord.fail({ route: /threads/, status, code });

    const steps = await sendAll(text, plan(text, ['First', 'Second']));

    expect(kinds(steps)).toEqual(['sent', 'skipped', 'sent', 'skipped']);
    expect(requestsTo(/threads/)).toHaveLength(1);
  });
});

describe('a forum', () => {
  const forumOf = (tags: readonly string[], requireTag = false): Destination =>
    inChannel(discord.addForum(guildId, 'forum', { tags, requireTag }).id, 'forum');

  it.each([
    ['as it is planned', (parts: Json): Json => parts],
    ['as an older version planned it', (parts: Json): Json => ({ name: 'Old', labels: [], message: parts })],
  ])('takes a post as plain lines, %s', async (_, asStored) => {
    const forum = forumOf([]);
    const delivery = plan(forum, ['First']);
    const steps = delivery.steps.map((step) => ({
      ...step,
      plainPayload: asStored(Object(step.plainPayload)),
    }));

    await messenger.send({ destination: forum, delivery: { ...delivery, steps }, index: 0, plain: true });

    const [post] = threadsIn(forum.place.channelId ?? '');
    const [message] = discord.messagesOf(post?.id ?? '');
    expect(post?.name).toBe('First');
    expect(message).toMatchObject({ embeds: [], components: [{ type: 1 }] });
    expect(message?.content).toContain('[First](https://huggingface.co/papers/2606.00000)');
  });

  it('gets a post for each paper, with the tags that fit its topics and keywords', async () => {
    const forum = forumOf(['Other', 'VISION', 'Mamba']);

    const steps = await sendAll(forum, plan(forum, ['First', 'Second'], ['mamba']));

    expect(kinds(steps)).toEqual(['sent', 'sent']);
    const posts = threadsIn(forum.place.channelId ?? '');
    const tags = discord.state.channels[forum.place.channelId ?? '']?.available_tags ?? [];
    expect(posts.map(({ name }) => name)).toEqual(['First', 'Second']);
    const names = posts.map(({ applied_tags: ids }) =>
      ids?.map((id) => tags.find((tag) => tag.id === id)?.name),
    );
    expect(names).toEqual([
      ['Mamba', 'VISION'],
      ['Mamba', 'VISION'],
    ]);
  });

  it('that demands a tag gets its first one where none fits, and blocks where it has none', async () => {
    const other = forumOf(['Other'], true);
    const none = forumOf([], true);

    expect(kinds(await sendAll(other, plan(other, ['First'])))).toEqual(['sent']);
    const [step] = await sendAll(none, plan(none, ['First']));
    expect(step?.outcome).toMatchObject({ kind: 'blocked', code: 40_067 });
  });

  it('gets its post although its tags cannot be read', async () => {
    const forum = forumOf(['Vision']);
    discord.fail({ route: /^\/channels\/\d+$/, method: 'GET', status: 500 });

    expect(kinds(await sendAll(forum, plan(forum, ['First'])))).toEqual(['sent']);
  });

  it('gets no post once the token is refused, which its tags may be the first to meet', async () => {
    const forum = forumOf(['Vision']);
    discord.fail({ route: /^\/channels\/\d+$/, method: 'GET', status: 401 });

    const outcome = await messenger.send({
      destination: forum,
      delivery: plan(forum, ['First']),
      index: 0,
      plain: false,
    });

    expect(outcome).toMatchObject({ kind: 'fatal' });
  });

  it('that demands a tag is tried again while its tags cannot be read', async () => {
    const forum = forumOf(['Other'], true);
    discord.fail({ route: /^\/channels\/\d+$/, method: 'GET', status: 500 });
    const request = { destination: forum, delivery: plan(forum, ['First']), index: 0, plain: false };

    expect(await messenger.send(request)).toMatchObject({ kind: 'failed', unknownFate: false });
    expect(await messenger.send(request)).toMatchObject({ kind: 'sent' });
  });

  it.each([
    ['drop-after', 'found'],
    ['drop-before', 'absent'],
  ] as const)('after %s of the connection has a post that is %s', async (drop, kind) => {
    const forum = forumOf([]);
    discord.fail({ route: /threads/, method: 'POST', drop });
    const delivery = plan(forum, ['First']);
    const request = { destination: forum, delivery, index: 0, plain: false };

    expect(await messenger.send(request)).toMatchObject({ kind: 'failed', unknownFate: true });

    expect(await messenger.find(request)).toMatchObject({ kind });
    expect(requestsTo(/threads/)).toHaveLength(1);
  });

  it('has posts that are found when somebody has archived them, and not taken for those of another paper', async () => {
    const forum = forumOf([]);
    const delivery = plan(forum, ['Same', 'Same']);
    const request: SendRequest = { destination: forum, delivery, index: 1, plain: false };
    await messenger.send({ ...request, index: 0 });
    const [post] = threadsIn(forum.place.channelId ?? '');
    const first = { kind: 'sent', messageId: post?.id ?? '' } as const;
    discord.setThread(first.messageId, { archived: true });

    expect(await messenger.find({ ...request, index: 0 })).toMatchObject({ ...first, kind: 'found' });

    const [step, ...others] = delivery.steps;
    const steps = step === undefined ? [] : [{ ...step, outcome: first }, ...others];
    expect(await messenger.find({ ...request, delivery: { ...delivery, steps } })).toEqual({
      kind: 'absent',
    });
  });
});

describe('tags', () => {
  const tag = (name: string, moderated = false) => ({ id: name, name, moderated });
  const letters = Array.from('abcdefg', (name) => tag(name));
  const demanding = ChannelFlags.RequireTag;

  it.each<[string, Parameters<typeof chooseTags>, readonly string[]]>([
    [
      'at most five, as the labels have them',
      [{ available_tags: letters, flags: 0 }, ['g', 'f', 'e', 'd', 'c', 'b']],
      ['g', 'f', 'e', 'd', 'c'],
    ],
    [
      'whole words only',
      [{ available_tags: [tag('RL'), tag('AI')], flags: 0 }, ['world', 'AI agents']],
      ['AI'],
    ],
    ['none where none fits', [{ available_tags: [tag('x')], flags: 0 }, ['y']], []],
    [
      'the first where one is demanded',
      [{ available_tags: [tag('m', true), tag('x')], flags: demanding }, ['y']],
      ['x'],
    ],
    ['none that moderators alone may give', [{ available_tags: [tag('y', true)], flags: 0 }, ['y']], []],
    ['none that is no word', [{ available_tags: [tag('!')], flags: 0 }, ['!']], []],
  ])('are %s', (_, asked, expected) => {
    expect(chooseTags(...asked)).toEqual(expected);
  });
});

describe('direct messages', () => {
  it('are opened one by one, seconds apart', async () => {
    const people = [1, 2, 3].map((n) => discord.addUser(`Person ${n}`).id);

    await Promise.all(people.map((id) => messenger.open(id, NEVER)));

    expect(requestsTo(/users\/@me\/channels/)).toHaveLength(3);
    expect(slept.toSorted((a, b) => a - b).map((ms) => Math.round(ms / 5000))).toEqual([0, 1, 2]);
  });

  it('are not opened by anybody while Discord wants a rest', async () => {
    discord.fail({ route: /users/, status: 400, code: 40_003 });

    expect(await messenger.open(discord.memberId, NEVER)).toMatchObject({
      kind: 'failed',
      unknownFate: false,
    });
    const next = await messenger.open(discord.adminId, NEVER);

    expect(next).toMatchObject({ kind: 'failed', unknownFate: false });
    expect(requestsTo(/users\/@me\/channels/)).toHaveLength(1);
  });

  it('are not opened any more once it is stopped', async () => {
    expect(await messenger.open(discord.memberId, AbortSignal.abort())).toMatchObject({ kind: 'failed' });
    expect(requestsTo(/users/)).toEqual([]);
  });

  it('of somebody who does not exist are gone', async () => {
    expect(await messenger.open('100000000000000099', NEVER)).toMatchObject({ kind: 'gone', code: 10_013 });
  });
});

describe('looking for a place', () => {
  let place: Destination['place'];
  beforeEach(() => {
    place = inChannel(discord.addChannel(guildId, 'papers').id, 'text').place;
  });

  it('finds a channel that is there, and posts nothing', async () => {
    expect(await messenger.probe(place)).toEqual({ kind: 'there' });
    expect(requestsTo(/./)).toEqual([]);
  });

  it('tells a deleted channel, a server it was thrown out of, and a channel it may not see apart', async () => {
    discord.setBotPermissions(place.channelId ?? '', 0n);
    expect(await messenger.probe(place)).toMatchObject({ kind: 'blocked', code: 50_001 });
    discord.setBotPermissions(place.channelId ?? '', VIEW_AND_SEND);
    discord.removeBot(guildId);
    expect(await messenger.probe(place)).toMatchObject({ kind: 'gone', code: 10_004 });
    discord.addBot(guildId);
    discord.deleteChannel(place.channelId ?? '');

    expect(await messenger.probe(place)).toMatchObject({ kind: 'gone', code: 10_003 });
  });

  it('notices a refused token while it asks for the server', async () => {
    discord.setBotPermissions(place.channelId ?? '', 0n);
    discord.fail({ route: /^\/guilds\/\d+$/, status: 401 });

    expect(await messenger.probe(place)).toMatchObject({ kind: 'fatal' });
  });

  it('knows a server it was thrown out of by a send as well', async () => {
    const text = inChannel(place.channelId ?? '', 'text');
    discord.removeBot(guildId);

    const [step] = await sendAll(text, plan(text, ['First']));

    expect(step?.outcome).toMatchObject({ kind: 'gone', code: 10_004 });
  });
});
