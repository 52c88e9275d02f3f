import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startWorld, type World } from '../support/world.ts';

const ID = '100000000000000001';
const USER = { id: ID, username: 'ada', discriminator: '0', avatar: null };
const INTERACTION = { id: ID, application_id: ID, token: 'token', version: 1, user: USER, channel_id: ID };

describe('packets of the gateway of shapes that nobody knows', { timeout: 60_000 }, () => {
  let world: World;
  let uncaught: unknown[];
  const note = (error: unknown) => void uncaught.push(error);

  beforeEach(async () => {
    world = await startWorld('2026-06-09T06:00Z');
    uncaught = [];
    process.on('uncaughtException', note);
    process.on('unhandledRejection', note);
  });

  afterEach(async () => {
    process.off('uncaughtException', note);
    process.off('unhandledRejection', note);
    await world.stop();
  });

  async function answersStill(): Promise<boolean> {
    const { discord, guildId, channelId } = world;
    const { message } = await discord.act(discord.memberId, { guildId, channelId }).runCommand('help');
    return (message?.components ?? []).length > 0;
  }

  it.each([
    ['a command without data', INTERACTION],
    ['a command whose data is a text', { ...INTERACTION, type: 2, data: 'papers' }],
    ['an autocompletion without data', { ...INTERACTION, type: 4 }],
    [
      'a control without a message',
      { ...INTERACTION, type: 3, data: { custom_id: 'card:1', component_type: 3 } },
    ],
    ['an interaction of a type to come', { ...INTERACTION, type: 99, data: {} }],
    [
      'an interaction of nobody',
      { ...INTERACTION, user: undefined, type: 2, data: { name: 'help', type: 1 } },
    ],
    ['an empty interaction', {}],
    ['nothing at all', null],
    ['a list', [1, 2]],
    ['a number', 7],
  ])('%s: the bot lives, and answers the next one', async (_, data) => {
    world.discord.gateway.dispatch('INTERACTION_CREATE', data);

    expect(await answersStill()).toBe(true);
    expect(uncaught).toEqual([]);
  });

  it.each([
    'GUILD_CREATE',
    'GUILD_DELETE',
    'CHANNEL_UPDATE',
    'THREAD_DELETE',
    'THREAD_LIST_SYNC',
    'MESSAGE_CREATE',
    'GUILD_ROLE_UPDATE',
    'USER_UPDATE',
    'READY_SUPPLEMENTAL',
    'NOT_AN_EVENT',
  ])('%s without what belongs in it', async (event) => {
    for (const d of [null, {}, { thread: null }, { guild_id: 5, roles: null }, 'text']) {
      world.discord.gateway.sendRaw(JSON.stringify({ op: 0, s: 2, t: event, d }));
    }

    expect(await answersStill()).toBe(true);
    expect(uncaught).toEqual([]);
  });

  it.each([
    '',
    'no JSON',
    '{"op":',
    'null',
    '7',
    '[]',
    '{}',
    '{"op":77,"d":1}',
    '{"op":0,"t":5,"d":5,"s":"x"}',
  ])('the text %j', async (text) => {
    world.discord.gateway.sendRaw(text);

    expect(await answersStill()).toBe(true);
    expect(uncaught).toEqual([]);
  });
});
