import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OpenPlace } from '../../../../src/subscriptions/destination.ts';
import { openTransportWorld, type TransportWorld, VIEW_AND_SEND } from '../../../support/transport-world.ts';

const NEVER = new AbortController().signal;

let world: TransportWorld;

beforeEach(async () => {
  world = await openTransportWorld();
});
afterEach(() => world.discord.close());

describe('direct messages', () => {
  const open = (userId: string = world.discord.memberId) => world.transport.openDm(userId, NEVER);
  const openings = () => world.asked('POST', /users/);

  it('are opened as a channel that takes messages', async () => {
    const opened = await open();

    expect(opened).toMatchObject({ kind: 'opened' });
    expect(world.discord.state.channels[String(Reflect.get(opened, 'channelId'))]).toMatchObject({ type: 1 });
  });

  it('are not opened by anybody while Discord wants a rest', async () => {
    world.discord.fail({ route: /users/, status: 400, code: 40_003 });

    expect(await open()).toMatchObject({ kind: 'failed', retryAfterMs: 1_800_000 });
    world.limiter.stop();

    expect(await open(world.discord.adminId)).toMatchObject({ kind: 'failed' });
    expect(openings()).toHaveLength(1);
    expect(world.limiter.status().dmsRestForMs).toBeGreaterThan(1_700_000);
  });

  it('are not opened any more once it is stopped', async () => {
    expect(await world.transport.openDm(world.discord.memberId, AbortSignal.abort())).toMatchObject({
      kind: 'failed',
    });
    expect(openings()).toEqual([]);
  });

  it('of somebody who does not exist are gone', async () => {
    expect(await open('100000000000000099')).toMatchObject({ kind: 'gone', code: 10_013 });
  });

  it.each([
    ['a person who takes none', { status: 403, code: 50_007 }, { kind: 'dms-closed', code: 50_007 }],
    ['a refusal nobody knows', { status: 403, code: 12_345 }, { kind: 'dms-closed', code: 12_345 }],
    ['a proxy', { status: 403, body: 'html' }, { kind: 'failed' }],
    ['no connection', { drop: 'drop-before' }, { kind: 'failed' }],
    ['no token', { status: 401 }, { kind: 'fatal' }],
  ] as const)('meet %s', async (_, failure, answer) => {
    world.discord.fail({ route: /users/, ...failure });

    expect(await open()).toMatchObject(answer);
  });
});

describe('looking for a place', () => {
  let place: OpenPlace;
  beforeEach(() => {
    place = world.placeIn(world.discord.addChannel(world.guildId, 'papers').id);
  });

  it('finds a channel that is there, and posts nothing', async () => {
    expect(await world.transport.probe(place)).toEqual({ kind: 'there' });
    expect(world.asked('POST', /./)).toEqual([]);
  });

  it('tells a deleted channel, a server it was thrown out of, and a channel it may not see apart', async () => {
    const { discord, transport } = world;
    discord.setBotPermissions(place.channelId, 0n);
    expect(await transport.probe(place)).toMatchObject({ kind: 'blocked', code: 50_001 });
    discord.setBotPermissions(place.channelId, VIEW_AND_SEND);
    discord.removeBot(world.guildId);
    expect(await transport.probe(place)).toMatchObject({ kind: 'gone', code: 10_004 });
    discord.addBot(world.guildId);
    discord.deleteChannel(place.channelId);

    expect(await transport.probe(place)).toMatchObject({ kind: 'gone', code: 10_003 });
  });

  it('does not take the word of a proxy', async () => {
    world.discord.fail({ route: /channels/, status: 404, body: 'html' });

    expect(await world.transport.probe(place)).toMatchObject({ kind: 'failed' });
  });

  it('notices a refused token while it asks for the server', async () => {
    world.discord.setBotPermissions(place.channelId, 0n);
    world.discord.fail({ route: /^\/guilds\/\d+$/, status: 401 });

    expect(await world.transport.probe(place)).toMatchObject({ kind: 'fatal' });
  });
});

describe("Discord's time", () => {
  it('is asked for once, and known from any answer', async () => {
    expect(world.transport.timeNow()).toBeUndefined();
    world.discord.setClockAhead(-90_000);

    const time = await world.transport.time();
    const later = await world.transport.time();

    expect(time?.earliest).toBeGreaterThan(Date.now() - 95_000);
    expect(later?.latest).toBeLessThan(Date.now() - 85_000);
    expect(world.discord.requests).toHaveLength(1);
  });

  it('is not known while nobody answers', async () => {
    await world.discord.close();

    expect(await world.transport.time()).toBeUndefined();
  });
});
