import { DefaultRestOptions } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';
import type { Messenger, SendRequest } from '../../../../src/digest/messenger.ts';
import { createPostingRest, type MakeRequest } from '../../../../src/discord/interactions/create-client.ts';
import { createDiscordMessenger } from '../../../../src/discord/transport/messenger.ts';
import { buildDestination } from '../../../support/build-destination.ts';
import { buildPaper } from '../../../support/build-paper.ts';

const VIEW_AND_SEND = (1n << 10n) | (1n << 11n) | (1n << 14n);
const JSON_TYPE = { 'content-type': 'application/json' };

let discord: DiscordStandIn;
let messenger: Messenger;
/** What every GET is answered with, once it is there, in place of Discord's answer. */
let answer: (() => Response) | undefined;

beforeEach(async () => {
  discord = await startDiscord();
  answer = undefined;
  const rest = createPostingRest(discord.token, `${discord.url}/api`, makeRequest);
  const clock = { now: () => Date.now(), monotonic: () => Date.now(), sleep: () => Promise.resolve() };
  messenger = createDiscordMessenger({ rest, botUserId: discord.state.bot.id, clock });
});
afterEach(() => discord.close());

const makeRequest: MakeRequest = async (url, init) => {
  if (init.method !== 'GET' || answer === undefined) return DefaultRestOptions.makeRequest(url, init);
  const response = answer();
  const { status, statusText, ok, headers } = response;
  const read = {
    json: () => response.json(),
    text: () => response.text(),
    arrayBuffer: () => response.arrayBuffer(),
  };
  return { status, statusText, ok, headers, body: null, bodyUsed: false, ...read };
};

/** The first step of a digest of one paper. */
function buildRequest(channelKind: 'text' | 'forum'): SendRequest {
  const guildId = discord.addGuild('Lab').id;
  const channelId =
    channelKind === 'forum'
      ? discord.addForum(guildId, 'forum').id
      : discord.addChannel(guildId, 'papers').id;
  const place = { kind: 'channel', channelId, guildId, channelKind } as const;
  const destination = buildDestination({ id: `c${channelId}`, place, style: 'threads' });
  const paper = { ...buildPaper({ id: '2606.00001' }), listDay: '2026-06-09', firstSeenAt: 0 };
  const digest = { id: 'abc1', destination, entries: [{ paper, topics: [] }], mention: false };
  const now = Date.now();
  const ids = { id: 'abc1', destinationId: destination.id, kind: 'digest', state: 'open' } as const;
  const delivery = { ...ids, slot: now, plannedAt: now, steps: messenger.render(digest) };
  return { destination, delivery, index: 0, plain: false };
}

describe.each(['text', 'forum'] as const)('a look-up in a %s channel', (channelKind) => {
  it.each([
    { what: 'an error of its own', failure: { status: 503 } },
    { what: 'an error of its own that has a code', failure: { status: 500, code: 50_001 } },
    { what: 'a feature that is off for now', failure: { status: 400, code: 40_006 } },
    { what: 'a broken connection', failure: { drop: 'drop-before' } },
  ] as const)('is unanswered when Discord answers with $what', async ({ failure }) => {
    const request = buildRequest(channelKind);
    await messenger.send(request);
    discord.fail({ route: /messages|threads/, method: 'GET', ...failure });

    expect(await messenger.find(request)).toEqual({ kind: 'unanswered' });
    expect(await messenger.find(request)).toMatchObject({ kind: 'found' });
  });

  it.each([
    { what: 'no right to see the channel', failure: { status: 403, code: 50_001 } },
    { what: 'no right to do so', failure: { status: 403, code: 50_013 } },
    { what: 'a channel that is gone', failure: { status: 404, code: 10_003 } },
    { what: 'a refusal nobody knows', failure: { status: 404, code: 0 } },
  ] as const)('tells nothing for good when Discord answers with $what', async ({ failure }) => {
    const request = buildRequest(channelKind);
    await messenger.send(request);
    discord.fail({ route: /messages|threads/, method: 'GET', ...failure });

    expect(await messenger.find(request)).toEqual({ kind: 'unknown' });
  });

  it.each([
    { what: 'another shape', body: '{"messages":[]}', headers: JSON_TYPE },
    { what: 'broken JSON', body: '[{"id":"1"', headers: JSON_TYPE },
    { what: 'a page for people', body: '<html>', headers: { 'content-type': 'text/html' } },
  ])('tells nothing for good when the answer is $what', async ({ body, headers }) => {
    const request = buildRequest(channelKind);
    await messenger.send(request);
    answer = () => new Response(body, { headers });

    expect(await messenger.find(request)).toEqual({ kind: 'unknown' });
  });

  it('says that the token was refused, and so does the next send', async () => {
    const request = buildRequest(channelKind);
    discord.fail({ route: /messages|threads/, method: 'GET', status: 401 });

    expect(await messenger.find(request)).toMatchObject({ kind: 'fatal' });
    expect(await messenger.send(request)).toMatchObject({ kind: 'fatal' });
  });
});

it('tells nothing for good about a forum whose history the bot may not read', async () => {
  const request = buildRequest('forum');
  discord.setBotPermissions(request.destination.place.channelId ?? '', VIEW_AND_SEND);

  expect(await messenger.find(request)).toEqual({ kind: 'unknown' });
});
