import { SnowflakeUtil } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';
import type { Delivery } from '../../../../src/digest/delivery.ts';
import type { SendRequest } from '../../../../src/digest/messenger.ts';
import { createPostingRest } from '../../../../src/discord/interactions/create-client.ts';
import { encodeCustomId } from '../../../../src/discord/interactions/custom-id.ts';
import { createDiscordMessenger } from '../../../../src/discord/transport/messenger.ts';
import type { Destination, Place } from '../../../../src/subscriptions/destination.ts';

const VIEW_AND_SEND = (1n << 10n) | (1n << 11n) | (1n << 14n);

let discord: DiscordStandIn;
let channelId: string;
let guildId: string;

beforeEach(async () => {
  discord = await startDiscord();
  guildId = discord.addGuild('Lab').id;
  channelId = discord.addChannel(guildId, 'papers').id;
});
afterEach(() => discord.close());

function createMessenger() {
  const rest = createPostingRest(discord.token, `${discord.url}/api`);
  const clock = { now: () => Date.now(), monotonic: () => Date.now(), sleep: () => Promise.resolve() };
  return createDiscordMessenger({ rest, botUserId: discord.state.bot.id, clock });
}

function buildRequest(
  place: Place = { kind: 'channel', channelId, guildId, channelKind: 'text' },
): SendRequest {
  const custom_id = encodeCustomId('card', 'abc1', 0, 0);
  const options = [{ label: 'A paper', value: '2606.00001' }];
  const menu = { type: 3, custom_id, options };
  const components = [{ type: 1, components: [menu] }];
  const delivery: Delivery = {
    id: 'abc1',
    destinationId: 'c1',
    kind: 'digest',
    slot: Date.now(),
    plannedAt: Date.now(),
    state: 'open',
    steps: [
      {
        kind: 'message',
        payload: { content: 'Cards', embeds: [{ description: 'A card' }], components },
        plainPayload: { content: 'Lines' },
        paperIds: ['2606.00001'],
      },
      { kind: 'message', payload: { content: 'More' }, paperIds: ['2606.00002'] },
    ],
  };
  const destination: Destination = {
    id: 'c1',
    place,
    schedule: { at: 540, zone: 'Etc/UTC', days: [1] },
    style: 'cards',
    max: 10,
    rest: 'list',
    scheduledSince: 0,
    createdAt: 0,
  };
  return { destination, delivery, index: 0, plain: false };
}

describe('sending', () => {
  it('posts once, however often it is asked', async () => {
    const messenger = createMessenger();
    const first = await messenger.send(buildRequest());
    expect(await messenger.send(buildRequest())).toEqual(first);
    expect(discord.messagesOf(channelId).map(({ content }) => content)).toEqual(['Cards']);
    expect(first).toEqual({ kind: 'sent', messageId: discord.messagesOf(channelId)[0]?.id });
  });

  it('posts the plain lines when asked to', async () => {
    await createMessenger().send({ ...buildRequest(), plain: true });
    const [message, ...others] = discord.messagesOf(channelId);
    expect(message).toMatchObject({ content: 'Lines', embeds: [], components: [{ type: 1 }] });
    expect(others).toEqual([]);
  });

  it.each([
    [403, 50_013, { kind: 'blocked', code: 50_013 }],
    [404, 10_003, { kind: 'gone', code: 10_003 }],
    [400, 50_035, { kind: 'bad-payload', code: 50_035 }],
    [500, 0, { kind: 'failed', unknownFate: true }],
    [401, 0, { kind: 'fatal' }],
  ])('gives status %i with code %i as an outcome, asking once', async (status, code, outcome) => {
    discord.fail({ route: /messages/, status, code });
    expect(await createMessenger().send(buildRequest())).toMatchObject(outcome);
    expect(discord.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('stays fatal after a refused token', async () => {
    discord.fail({ route: /messages/, status: 401 });
    const messenger = createMessenger();
    await messenger.send(buildRequest());
    expect(await messenger.send(buildRequest())).toMatchObject({ kind: 'fatal' });
  });
});

describe('a step of unknown fate', () => {
  it.each([
    ['drop-after', 'found'],
    ['drop-before', 'absent'],
  ] as const)('after %s of the connection is %s', async (drop, kind) => {
    discord.fail({ route: /messages/, method: 'POST', drop });
    const messenger = createMessenger();
    expect(await messenger.send(buildRequest())).toMatchObject({ kind: 'failed', unknownFate: true });
    expect(await messenger.find(buildRequest())).toMatchObject({ kind });
  });

  it('is dated by when its message came', async () => {
    const messenger = createMessenger();
    await messenger.send(buildRequest());
    const [message] = discord.messagesOf(channelId);

    const found = await messenger.find(buildRequest());

    expect(found).toMatchObject({
      messageId: message?.id,
      sentAt: SnowflakeUtil.timestampFrom(message?.id ?? ''),
    });
  });

  it('is not mistaken for another step', async () => {
    const messenger = createMessenger();
    await messenger.send(buildRequest());
    expect(await messenger.find({ ...buildRequest(), index: 1 })).toEqual({ kind: 'absent' });
  });

  it('stays unknown where the bot may not read the history', async () => {
    const messenger = createMessenger();
    await messenger.send(buildRequest());
    discord.setBotPermissions(channelId, VIEW_AND_SEND);
    expect(await messenger.find(buildRequest())).toEqual({ kind: 'unknown' });
  });

  it('is told apart while Discord does not answer', async () => {
    discord.fail({ route: /messages/, method: 'GET', status: 503 });
    expect(await createMessenger().find(buildRequest())).toEqual({ kind: 'unanswered' });
  });
});
