import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DiscordStandIn } from '../../playground/discord/server.ts';
import { buildItem, startWorld, type World } from '../support/world.ts';

const MONDAY = '2026-06-08';
const TUESDAY = '2026-06-09';
const HOUR_MS = 3_600_000;

describe('a start in the minute of a slot', { timeout: 60_000 }, () => {
  let world: World;

  beforeEach(async () => {
    world = await startWorld(`${MONDAY}T10:00Z`);
    world.huggingFace.setDay(MONDAY, [buildItem('2606.00001', 5, MONDAY)]);
    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    await admin.runCommand('subscribe', {});
    await admin.runCommand('schedule', { time: '07:00', timezone: 'UTC' });
  });

  afterEach(async () => {
    await world.stop();
  });

  const fail = (route: RegExp) => (discord: DiscordStandIn) =>
    discord.fail({ route, status: 502, body: 'html', times: Infinity });

  it.each<{ what: string; break: (discord: DiscordStandIn) => () => void }>([
    { what: 'the commands cannot be listed', break: fail(/applications\/\d+\/commands$/) },
    {
      what: 'Discord takes no commands for an hour',
      break: (discord) =>
        discord.fail({ route: /applications\/\d+\/commands$/, limit: 'user', forMs: HOUR_MS }),
    },
    { what: 'the gateway cannot be found', break: fail(/gateway\/bot$/) },
    {
      what: 'a proxy wants to know who asks for the gateway',
      break: (discord) =>
        discord.fail({ route: /gateway\/bot$/, status: 401, body: 'html', times: Infinity }),
    },
    {
      what: 'Discord allows no more sessions',
      break: ({ gateway }) => {
        gateway.setLimits({ remaining: 0, resetsAt: Date.parse(`${TUESDAY}T20:00Z`) });
        return () => gateway.setLimits({ remaining: 1000 });
      },
    },
  ])('sends what is due while $what, and takes commands afterwards', async (trouble) => {
    let mend: () => void = () => undefined;

    const restarting = world.restart(() => {
      world.setWall(`${TUESDAY}T07:00Z`);
      mend = trouble.break(world.discord);
    });
    await vi.waitFor(() => expect(world.delivered()).toEqual([['2606.00001']]), { timeout: 10_000 });
    mend();
    await restarting;

    const admin = world.discord.act(world.discord.adminId, { channelId: world.channelId });
    const { message } = await admin.runCommand('about', {});
    expect(JSON.stringify(message)).toContain('What I store');
  });
});
