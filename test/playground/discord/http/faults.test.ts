import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

let discord: DiscordStandIn;
let channelId: string;
let now = 0;
let chance = 0;

beforeEach(async () => {
  now = Date.parse('2026-07-01T08:00:00Z');
  chance = 0;
  discord = await startDiscord({ limits: false, clock: { now: () => now }, random: () => chance });
  channelId = discord.addChannel(discord.addGuild('Lab').id, 'papers').id;
});
afterEach(() => discord.close());

const send = (token = discord.token) =>
  fetch(`${discord.url}/api/v10/channels/${channelId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${token}` },
    body: JSON.stringify({ content: 'x' }),
  });

it('tells of a limit that others used up until the time is over', async () => {
  discord.fail({ route: /messages$/, limit: 'shared', forMs: 3000 });
  now += 1000;

  const refused = await send();
  now += 2000;

  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-ratelimit-scope')).toBe('shared');
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(await refused.json()).toMatchObject({ retry_after: 2, global: false, code: 20_028 });
  expect((await send()).status).toBe(200);
});

it('tells of a limit of the whole bot', async () => {
  discord.fail({ route: /./, limit: 'global' });

  const refused = await send();

  expect(refused.headers.get('x-ratelimit-global')).toBe('true');
  expect(await refused.json()).toMatchObject({ global: true });
});

it('answers like the guard before Discord, without JSON', async () => {
  discord.fail({ route: /./, limit: 'cloudflare' });

  const refused = await send();

  expect([refused.status, refused.headers.get('content-type')]).toEqual([429, 'text/html']);
  expect(await refused.text()).toContain('1015');
});

it('fails as likely as told, as often as told', async () => {
  discord.fail({ route: /messages$/, status: 500, probability: 0.5, times: 2 });
  const statuses: number[] = [];
  for (chance of [0.4, 0.6, 0.4, 0.4]) statuses.push((await send()).status);

  expect(statuses).toEqual([500, 200, 500, 200]);
});

it('ends a failure when told', async () => {
  const end = discord.fail({ route: /messages$/, status: 502, times: Infinity });
  expect((await send()).status).toBe(502);

  end();

  expect((await send()).status).toBe(200);
});

it('counts what could get the bot banned in ten minutes, without the limits of others', async () => {
  await send('wrong');
  discord.setBotPermissions(channelId, 1n << 10n);
  await send();
  discord.fail({ route: /./, limit: 'shared' });
  await send();
  discord.fail({ route: /./, limit: 'global' });
  await send();

  expect(discord.invalidRequests()).toBe(3);
  now += 10 * 60_000;
  expect(discord.invalidRequests()).toBe(0);
});
