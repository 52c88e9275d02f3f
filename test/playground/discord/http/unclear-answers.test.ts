import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Failure } from '../../../../playground/discord/http/faults.ts';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

let discord: DiscordStandIn;
let channelId: string;
let now = 0;

beforeEach(async () => {
  now = Date.parse('2026-07-01T08:00:00Z');
  discord = await startDiscord({ limits: false, clock: { now: () => now } });
  channelId = discord.addChannel(discord.addGuild('Lab').id, 'papers').id;
});
afterEach(() => discord.close());

const send = (signal?: AbortSignal) =>
  fetch(`${discord.url}/api/v10/channels/${channelId}/messages`, {
    method: 'POST',
    headers: { authorization: `Bot ${discord.token}` },
    body: JSON.stringify({ content: 'x' }),
    ...(signal === undefined ? {} : { signal }),
  });
const fail = (failure: Omit<Failure, 'route'>) => discord.fail({ route: /messages$/, ...failure });
const landed = () => discord.messagesOf(channelId).length;

it.each([
  { status: 403, effectAfterMs: undefined, left: 0 },
  { status: 400, effectAfterMs: undefined, left: 0 },
  { status: 413, effectAfterMs: undefined, left: 0 },
  { status: 502, effectAfterMs: 0, left: 1 },
])('answers $status in the HTML of a proxy, with $left messages left', async (failure) => {
  const { status, effectAfterMs, left } = failure;
  fail({ status, body: 'html', ...(effectAfterMs === undefined ? {} : { effectAfterMs }) });

  const answer = await send();

  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html']);
  expect(await answer.text()).toContain('<html>');
  expect(landed()).toBe(left);
});

it("answers 500 in Discord's JSON although the message is there", async () => {
  fail({ status: 500, effectAfterMs: 0 });

  const answer = await send();

  expect([answer.status, await answer.json()]).toMatchObject([500, { code: 0 }]);
  expect(landed()).toBe(1);
});

it('cuts off an answer in the middle', async () => {
  fail({ drop: 'cut-off' });

  const answer = await send();

  expect(answer.status).toBe(200);
  await expect(answer.json()).rejects.toThrow(/terminated|closed/);
  expect(landed()).toBe(1);
});

it('never answers, and carries out the request all the same', async () => {
  fail({ drop: 'hang', effectAfterMs: 0 });
  const giveUp = new AbortController();
  const answer = send(giveUp.signal);

  await expect.poll(landed).toBe(1);
  giveUp.abort();

  await expect(answer).rejects.toThrow(/aborted/);
});

it('lets a request without an answer land later, with the id and the time of that moment', async () => {
  fail({ drop: 'drop-before', effectAfterMs: 5000 });
  await expect(send()).rejects.toThrow(/fetch failed/);
  now += 4999;
  expect(landed()).toBe(0);

  now += 60_000;
  const later = discord.say(channelId, 'Hello');

  const [late, said] = discord.messagesOf(channelId);
  expect(late?.timestamp).toBe('2026-07-01T08:00:05.000Z');
  expect(said?.id).toBe(later.id);
  expect(BigInt(late?.id ?? 0)).toBeLessThan(BigInt(later.id));
});

it('tells the time by a clock of its own in each answer and id', async () => {
  discord.setClockAhead(-90_000);

  const answer = await send();

  expect(answer.headers.get('date')).toBe('Wed, 01 Jul 2026 07:58:30 GMT');
  expect(discord.messagesOf(channelId)[0]?.timestamp).toBe('2026-07-01T07:58:30.000Z');
  fail({ status: 502, body: 'html' });
  expect((await send()).headers.get('date')).toBe('Wed, 01 Jul 2026 07:58:30 GMT');
});
