import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../playground/discord/server.ts';
import { createPage } from '../../playground/web/page.ts';

let discord: DiscordStandIn;
let channelId: string;
let page: ReturnType<typeof createPage> | undefined;

beforeEach(async () => {
  discord = await startDiscord({ handleHttp: (request, response) => page?.(request, response) ?? false });
  page = createPage(discord);
  channelId = discord.addChannel(discord.addGuild('Lab').id, 'reading').id;
});
afterEach(() => discord.close());

const post = (path: string, body: unknown, type = 'application/json') =>
  fetch(`${discord.url}/playground/${path}`, {
    method: 'POST',
    headers: { 'content-type': type },
    body: JSON.stringify(body),
  });

it('serves the page and its parts, and nothing else of the folder', async () => {
  const statuses = await Promise.all(
    ['/', '/app.js', '/message-log.js', '/page.css', '/page.ts', '/%2e%2e%2fdemo.ts', '/missing.js'].map(
      async (path) => (await fetch(discord.url + path)).status,
    ),
  );

  expect(statuses).toEqual([200, 200, 200, 200, 404, 404, 404]);
});

it("draws the sample's pictures, which exist nowhere else", async () => {
  const [drawn, unknown] = await Promise.all(
    ['curves', 'nothing'].map((kind) => fetch(`${discord.url}/pictures/${kind}-2605.29801.svg`)),
  );

  expect(drawn?.headers.get('content-type')).toBe('image/svg+xml');
  expect(await drawn?.text()).toContain('<polyline');
  expect(unknown?.status).toBe(404);
});

it.each([
  { path: 'command', body: { name: 'nothing' }, error: 'There is no command /nothing' },
  { path: 'command', body: {}, error: 'name is needed' },
  { path: 'press', body: { messageId: '1', customId: 'x' }, error: 'There is no message 1 for that person' },
  { path: 'fly', body: {}, error: 'There is nothing at /playground/fly' },
])('tells what is wrong with $path $body', async ({ path, body, error }) => {
  const response = await post(path, { channelId, ...body });

  expect(response.status).toBe(400);
  expect(await response.json()).toEqual({ error });
});

it('opens the one talk of each person with the bot', async () => {
  const open = async (as: string) => (await post('direct', { as })).json();
  const ids = [await open('admin'), await open('visitor'), await open('visitor')];

  const people = [discord.adminId, discord.visitorId, discord.visitorId];
  expect(ids).toEqual(people.map((id) => ({ channelId: discord.openDmWith(id).id })));
});

it('takes nothing that a form of another site could send', async () => {
  const response = await post('command', { channelId, name: 'nothing' }, 'text/plain');

  expect(await response.json()).toEqual({ error: 'JSON is needed' });
});
