import { SnowflakeUtil } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Delivery, stepOf } from '../../../../src/delivery/delivery.ts';
import { createDiscordTransport } from '../../../../src/discord/transport/create-transport.ts';
import { layOutAlone } from '../../../../src/discord/digests/lay-out-digest.ts';
import { openRest, type ScriptedAnswer, startScriptedDiscord } from '../../../support/scripted-discord.ts';
import {
  changeStep,
  openTransportWorld,
  planDelivery,
  READ_HISTORY,
  type TransportWorld,
  VIEW_AND_SEND,
} from '../../../support/transport-world.ts';

let world: TransportWorld;
let channelId: string;
let delivery: Delivery;

beforeEach(async () => {
  world = await openTransportWorld();
  channelId = world.discord.addChannel(world.guildId, 'papers').id;
  delivery = planDelivery(world.placeIn(channelId), ['First', 'Second'], { style: 'threads' });
});
afterEach(() => world.discord.close());

describe('a look-up for a message', () => {
  it.each([
    ['drop-after', 'found'],
    ['cut-off', 'found'],
    ['drop-before', 'absent'],
  ] as const)('after %s says %s', async (drop, kind) => {
    world.discord.fail({
      route: /messages/,
      method: 'POST',
      drop,
      ...(drop === 'cut-off' && { effectAfterMs: 0 }),
    });
    expect(await world.send(delivery, 0)).toMatchObject({ kind: 'unclear' });

    expect(await world.lookUp(delivery, 0)).toMatchObject({ kind });
  });

  it('asks who the bot is once, however many begin at the same time', async () => {
    await world.send(delivery, 0);

    await Promise.all([world.lookUp(delivery, 0), world.lookUp(delivery, 0), world.lookUp(delivery, 0)]);

    expect(world.discord.requests.filter(({ path }) => path.endsWith('/users/@me'))).toHaveLength(1);
  });

  it('dates it by when it came', async () => {
    await world.send(delivery, 0);
    const [message] = world.discord.messagesOf(channelId);

    expect(await world.lookUp(delivery, 0)).toEqual({
      kind: 'found',
      messageId: message?.id,
      sentAt: SnowflakeUtil.timestampFrom(message?.id ?? ''),
    });
  });

  it('does not take another step, another delivery or another author for it', async () => {
    await world.send(delivery, 0);
    const copy = world.discord.say(channelId, 'Mine');
    copy.components = world.discord.messagesOf(channelId)[0]?.components ?? [];
    world.discord.deleteMessage(channelId, world.discord.messagesOf(channelId)[0]?.id ?? '');

    expect(await world.lookUp(delivery, 0)).toEqual({ kind: 'absent' });
    await world.send(changeStep(delivery, 0, { n: 20 }), 20);
    expect(await world.lookUp(delivery, 2)).toEqual({ kind: 'absent' });
    expect(await world.lookUp({ ...delivery, id: 'abcdefgh1234567' }, 0)).toEqual({ kind: 'absent' });
  });

  it.each([
    ['plain text', () => changeStep(delivery, 0, { form: 'plain' })],
    ['a paper alone', () => changeStep(delivery, 0, lone())],
  ])('finds it as %s', async (_, plan) => {
    await world.send(plan(), 0);

    expect(await world.lookUp(delivery, 0)).toMatchObject({ kind: 'found' });
  });

  it.each([0, 99, 100, 350, 1200])('finds it however many people wrote meanwhile: %i', async (count) => {
    world.discord.chatter(channelId, 150);
    await world.send(delivery, 0);
    world.discord.chatter(channelId, count);

    expect(await world.lookUp(delivery, 0)).toMatchObject({ kind: 'found' });
    expect(await world.lookUp(delivery, 2)).toEqual({ kind: 'absent' });
  });

  it('stops once it has passed the attempt', async () => {
    world.discord.setClockAhead(-3_600_000);
    world.discord.chatter(channelId, 500);
    world.discord.setClockAhead(0);
    world.discord.chatter(channelId, 10);

    expect(await world.lookUp(delivery, 0)).toEqual({ kind: 'absent' });
    expect(world.asked('GET', /messages$/)).toHaveLength(1);
  });

  it("goes by Discord's clock, however wrong the machine's is", async () => {
    world.discord.setClockAhead(-90_000);
    const time = await world.transport.time();
    const attempted = changeStep(delivery, 0, { firstAttemptAt: time?.earliest ?? 0 });
    await world.send(attempted, 0);
    world.discord.chatter(channelId, 150);

    expect(await world.lookUp(attempted, 0)).toMatchObject({ kind: 'found' });
  });
});

describe('where nothing is listed', () => {
  it('a channel without messages has none', async () => {
    expect(await world.lookUp(delivery, 0)).toEqual({ kind: 'absent' });
  });

  it('a channel whose history the bot may not read tells nothing', async () => {
    await world.send(delivery, 0);
    world.discord.setBotPermissions(channelId, VIEW_AND_SEND);

    expect(await world.lookUp(delivery, 0)).toEqual({ kind: 'unreadable' });

    world.discord.setBotPermissions(channelId, VIEW_AND_SEND | READ_HISTORY);
    expect(await world.lookUp(delivery, 0)).toMatchObject({ kind: 'found' });
  });
});

describe.each(['text', 'forum'] as const)('a look-up in a %s channel', (channelKind) => {
  const planHere = () =>
    channelKind === 'text'
      ? delivery
      : planDelivery(world.placeIn(world.discord.addForum(world.guildId, 'forum').id, 'forum'), ['First']);

  it.each([
    ['an error of its own', { status: 503 }],
    ['an error of its own that has a code', { status: 500, code: 50_001 }],
    ['a feature that is off for now', { status: 400, code: 40_006 }],
    ['one request too many', { limit: 'shared' }],
    ['a broken connection', { drop: 'drop-before' }],
    ['a page of a proxy', { status: 403, body: 'html' }],
    ['a page of a proxy that calls it a success', { status: 200, body: 'html' }],
  ] as const)('is unanswered when Discord answers with %s', async (_, failure) => {
    const planned = planHere();
    await world.send(planned, 0);
    world.discord.fail({ route: /messages|threads/, method: 'GET', ...failure });

    expect(await world.lookUp(planned, 0)).toEqual({ kind: 'unanswered' });
    world.passTime(60_000);
    expect(await world.lookUp(planned, 0)).toMatchObject({ kind: 'found' });
  });

  it.each([
    ['no right to see the channel', { status: 403, code: 50_001 }, { kind: 'blocked', code: 50_001 }],
    ['a channel that is gone', { status: 404, code: 10_003 }, { kind: 'gone', code: 10_003 }],
    ['no right to do so', { status: 403, code: 50_013 }, { kind: 'unreadable' }],
    ['a refusal nobody knows', { status: 404, code: 0 }, { kind: 'unreadable' }],
    ['no token', { status: 401 }, { kind: 'fatal' }],
  ] as const)('meets %s', async (_, failure, answer) => {
    const planned = planHere();
    await world.send(planned, 0);
    world.discord.fail({ route: /messages|threads/, method: 'GET', ...failure });

    expect(await world.lookUp(planned, 0)).toMatchObject(answer);
  });
});

it('knows a server that the bot was thrown out of', async () => {
  await world.send(delivery, 0);
  world.discord.removeBot(world.guildId);

  expect(await world.lookUp(delivery, 0)).toMatchObject({ kind: 'gone', code: 10_004 });
});

describe('an answer of', () => {
  it.each<[string, ScriptedAnswer, string]>([
    ['another shape may pass, or last', { body: { messages: [] } }, 'unrecognised'],
    [
      'broken JSON passes',
      { body: '[{"id":"1"', headers: { 'content-type': 'application/json' } },
      'unanswered',
    ],
  ])('%s', async (_, answer, kind) => {
    const scripted = await startScriptedDiscord(({ path }) =>
      path.endsWith('/messages') ? answer : { body: { id: '1' } },
    );
    try {
      const transport = createDiscordTransport(openRest(scripted));
      const [step] = delivery.steps;
      if (step === undefined) throw new Error('There is no step.');

      expect(await transport.lookUp({ delivery, step })).toEqual({ kind });
    } finally {
      await scripted.close();
    }
  });

  it('twenty thousand newer messages is given up for now, and never taken for absent', async () => {
    let id = SnowflakeUtil.generate({ timestamp: Date.now() + 60_000 });
    const scripted = await startScriptedDiscord(({ path }) => {
      if (!path.endsWith('/messages')) return { body: { id: '1' } };
      return { body: Array.from({ length: 100 }, () => ({ id: String((id -= 1n)), author: { id: '2' } })) };
    });
    try {
      const { rest, ...parts } = openRest(scripted, { requestsPerSecond: 10_000 });
      const transport = createDiscordTransport({ rest, ...parts });
      const [step] = delivery.steps;
      if (step === undefined) throw new Error('There is no step.');

      expect(await transport.lookUp({ delivery, step })).toEqual({ kind: 'unanswered' });
    } finally {
      await scripted.close();
    }
  });
});

function lone() {
  return layOutAlone(stepOf(delivery, 0), [0])[0] ?? {};
}
