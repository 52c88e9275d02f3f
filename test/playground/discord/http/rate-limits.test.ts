import { expect, it } from 'vitest';
import { createRateLimits } from '../../../../playground/discord/http/rate-limits.ts';
import { startDiscord } from '../../../../playground/discord/server.ts';

const CHANNEL = '100000000000000001';
const OTHER_CHANNEL = '100000000000000002';
const TOKEN = 'b3f1';

/** From which ids count. */
const EPOCH = 1_420_070_400_000;
const HOUR = 3_600_000;

function world() {
  let now = 1_000_000;
  const limits = createRateLimits({ now: () => now, idNow: () => now + EPOCH });
  const take = (method: string, path: string) => limits.take({ method, path, authorized: true });
  return { take, pass: (ms: number) => (now += ms) };
}

it('takes five messages in five seconds a channel, then tells how long to wait', () => {
  const { take, pass } = world();
  const post = (id = CHANNEL) => take('POST', `/channels/${id}/messages`);
  expect(post().headers).toMatchObject({ 'x-ratelimit-limit': '5', 'x-ratelimit-remaining': '4' });
  for (let at = 0; at < 4; at += 1) expect(post().refusal).toBeUndefined();
  pass(1500);
  const refused = post();
  expect(refused.refusal).toEqual({
    message: 'You are being rate limited.',
    retry_after: 3.5,
    global: false,
  });
  expect(refused.headers).toMatchObject({
    'retry-after': '4',
    'x-ratelimit-scope': 'user',
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset-after': '3.500',
    'x-ratelimit-reset': '1005.000',
  });
  expect(post(OTHER_CHANNEL).refusal).toBeUndefined();
  pass(3500);
  expect(post().refusal).toBeUndefined();
});

it('names one bucket for the same route of two channels, counted apart', () => {
  const { take } = world();
  const bucket = (id: string) => take('POST', `/channels/${id}/messages`).headers['x-ratelimit-bucket'];
  expect(bucket(CHANNEL)).toBe(bucket(OTHER_CHANNEL));
});

it('takes three edits of messages over an hour old in six seconds a channel, and says so only then', () => {
  const { take, pass } = world();
  pass(HOUR);
  const edit = (postedAt: number, channel = CHANNEL) =>
    take('PATCH', `/channels/${channel}/messages/${BigInt(postedAt) << 22n}`);
  for (let at = 0; at < 9; at += 1) expect(edit(HOUR + at).refusal).toBeUndefined();
  for (let at = 0; at < 3; at += 1) expect(edit(at).refusal).toBeUndefined();
  pass(500);
  const refused = edit(7);
  expect(refused.refusal).toMatchObject({ code: 30_046, retry_after: 5.5, global: false });
  expect(refused.headers).toMatchObject({ 'x-ratelimit-limit': '50' });
  expect(edit(7, OTHER_CHANNEL).refusal).toBeUndefined();
  pass(5500);
  expect(edit(7).refusal).toBeUndefined();
});

it('takes fifty requests a second over all routes', () => {
  const { take, pass } = world();
  const get = (at: number) => take('GET', `/channels/1000000000000000${String(at).padStart(2, '0')}`);
  for (let at = 0; at < 50; at += 1) expect(get(at).refusal).toBeUndefined();
  const refused = get(50);
  expect(refused.refusal).toMatchObject({ global: true, retry_after: 1 });
  expect(refused.headers).toMatchObject({ 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' });
  pass(1000);
  expect(get(50).refusal).toBeUndefined();
});

it('leaves interactions out of the global limit, and of that of old messages', () => {
  const { take, pass } = world();
  pass(2 * HOUR);
  for (let at = 0; at < 60; at += 1) {
    expect(take('POST', `/interactions/${CHANNEL}/t${at}/callback`).refusal).toBeUndefined();
    expect(take('PATCH', `/webhooks/${CHANNEL}/${TOKEN}${at}/messages/@original`).refusal).toBeUndefined();
  }
  expect(take('GET', `/channels/${CHANNEL}`).refusal).toBeUndefined();
});

it.each([
  [true, [200, 200, 200, 200, 200, 429]],
  [false, [200, 200, 200, 200, 200, 200]],
])('answers over HTTP with limits: %s', async (limits, statuses) => {
  const discord = await startDiscord({ limits, clock: { now: () => 1_780_000_000_000 } });
  const channel = discord.addChannel(discord.addGuild('Lab').id, 'papers');
  const seen: number[] = [];
  for (let at = 0; at < 6; at += 1) {
    const response = await fetch(`${discord.url}/api/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}` },
      body: JSON.stringify({ content: `${at}` }),
    });
    seen.push(response.status);
  }
  await discord.close();
  expect(seen).toEqual(statuses);
});
