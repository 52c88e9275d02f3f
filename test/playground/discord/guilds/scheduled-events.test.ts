import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-06-09T12:00Z');
const at = (hours: number) => new Date(START + hours * HOUR).toISOString();

describe('scheduled events of the playground', () => {
  let discord: DiscordStandIn;
  let guildId: string;
  let now: number;
  beforeEach(async () => {
    now = START;
    discord = await startDiscord({ clock: { now: () => now } });
    guildId = discord.addGuild('Lab').id;
  });
  afterEach(() => discord.close());

  async function ask(method: string, path = '', body?: unknown) {
    const answer = await fetch(`${discord.url}/api/v10/guilds/${guildId}/scheduled-events${path}`, {
      method,
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await answer.json() };
  }
  const EXTERNAL = {
    name: 'Reading group',
    privacy_level: 2,
    entity_type: 3,
    entity_metadata: { location: 'the thread' },
    scheduled_start_time: at(1),
    scheduled_end_time: at(2),
  };

  it('outside of Discord start and end by themselves, and leave the list when they are over', async () => {
    const { body: event } = await ask('POST', '', EXTERNAL);
    const statuses = [];
    for (const hours of [0, 1, 2]) {
      now = START + hours * HOUR;
      statuses.push((await ask('GET', `/${event.id}`)).body.status);
    }

    expect(event).toMatchObject({ name: 'Reading group', creator_id: discord.state.bot.id, status: 1 });
    expect(statuses).toEqual([1, 2, 3]);
    expect((await ask('GET')).body).toEqual([]);
  });

  it('are moved and deleted by people', async () => {
    const { body: event } = await ask('POST', '', EXTERNAL);
    discord.moveEvent(guildId, event.id, START + 5 * HOUR);
    expect((await ask('GET')).body).toMatchObject([
      { scheduled_start_time: at(5), scheduled_end_time: at(6) },
    ]);

    discord.deleteEvent(guildId, event.id);
    expect(await ask('GET', `/${event.id}`)).toMatchObject({ status: 404, body: { code: 10_070 } });
  });

  it.each([
    ['in the past', { scheduled_start_time: at(-1) }],
    ['without an end', { scheduled_end_time: undefined }],
    ['without a place', { entity_metadata: undefined }],
    ['in a text channel', { entity_type: 1 }],
    ['with a name that is too long', { name: 'a'.repeat(101) }],
    ['with a description that is too long', { description: 'a'.repeat(1001) }],
  ])('are refused %s', async (_, wrong) => {
    expect(await ask('POST', '', { ...EXTERNAL, ...wrong })).toMatchObject({
      status: 400,
      body: { code: 50_035 },
    });
  });

  it('in a voice channel take the right to connect', async () => {
    const voice = discord.addChannel(guildId, 'Lounge', 2);
    const { entity_metadata: _place, ...rest } = EXTERNAL;
    const body = { ...rest, entity_type: 2, channel_id: voice.id };
    expect((await ask('POST', '', body)).body).toMatchObject({ channel_id: voice.id, entity_metadata: null });

    discord.setBotPermissions(voice.id, 1n << 10n);
    expect(await ask('POST', '', body)).toMatchObject({ status: 403, body: { code: 50_013 } });
  });
});
