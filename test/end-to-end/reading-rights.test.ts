import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ALL_PERMISSIONS } from '../../playground/discord/guilds/permissions.ts';
import { messageOf, textOf } from '../support/command-world.ts';
import {
  PAPERS,
  POLL_ENDS,
  POLL_OPENS,
  type ReadingWorld,
  startReadingWorld,
} from '../support/reading-world.ts';

const BIT = {
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  CONNECT: 1n << 20n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  CREATE_EVENTS: 1n << 44n,
  SEND_POLLS: 1n << 49n,
};
/** What everybody has but to run a server. */
const MOST = ALL_PERMISSIONS & ~((1n << 3n) | (1n << 4n) | (1n << 5n) | (1n << 33n));

describe('a reading group without a right', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
    await world.meet();
    await world.nominate(...PAPERS);
  });
  afterEach(async () => {
    await world.stop();
  });

  const lack = (right: keyof typeof BIT, channelId = world.channelId) =>
    world.discord.setBotPermissions(channelId, MOST & ~BIT[right]);
  const shelf = async () => textOf(await world.member.run('reading'));
  const chosen = () => world.saying('We read this paper next');
  const goOn = async () => {
    for (const time of [POLL_OPENS, POLL_ENDS]) {
      await world.at(time);
      await world.minutes(2);
    }
  };

  it.each([
    ['SEND_POLLS', 'Send Polls'],
    ['READ_MESSAGE_HISTORY', 'Read Message History'],
  ] as const)('%s names it, and votes by buttons', async (right, name) => {
    lack(right);
    expect(await shelf()).toContain(`**${name}**`);
    await world.at(POLL_OPENS);
    expect(world.polls()).toEqual([]);

    const [message] = world.saying('Vote with a button');
    if (message === undefined) throw new Error('There is no poll by buttons');
    const voted = await world.member.press({ message, ephemeral: false }, '2');
    await world.member.press({ message, ephemeral: false }, '3');
    await world.admin.press({ message, ephemeral: false }, '3');
    await world.restart();
    await world.at(POLL_ENDS);
    await world.minutes(1);

    expect(textOf(voted)).toContain('Your vote: **[Paper 2606.00002]');
    expect(JSON.stringify(chosen())).toContain('It got 2 of 2 votes.');
    expect(JSON.stringify(chosen())).toContain('Paper 2606.00003');
    expect(textOf(await world.member.press({ message, ephemeral: false }, '1'))).toContain('out of date');
  });

  it('to send polls that is lost at the last moment votes by buttons as well', async () => {
    world.discord.fail({ method: 'POST', route: /messages$/, delayMs: 1 });
    world.discord.fail({ method: 'POST', route: /messages$/, status: 403, code: 50_013 });
    await goOn();

    expect(world.saying('Vote with a button')).toHaveLength(1);
    expect(world.polls()).toEqual([]);
    expect(chosen()).toHaveLength(1);
  });

  it('to make threads names it, and meets by a message', async () => {
    lack('CREATE_PUBLIC_THREADS');
    expect(await shelf()).toContain('**Create Public Threads**');
    await goOn();

    const [message] = chosen();
    expect(world.discord.state.channels[message?.id ?? '']).toBeUndefined();
    const location = `https://discord.com/channels/${world.guildId}/${world.channelId}/${message?.id}`;
    expect(world.events()).toMatchObject([{ entity_metadata: { location } }]);
  });

  it('to make events names it, and makes one once it is there', async () => {
    const everyone = world.discord.state.guilds[world.guildId]?.roles[0];
    if (everyone === undefined) throw new Error('There is no role');
    everyone.permissions = String(BigInt(everyone.permissions) & ~BIT.CREATE_EVENTS);
    expect(await shelf()).toContain('**Create Events**');
    await goOn();
    expect(chosen()).toHaveLength(1);
    expect(world.events()).toEqual([]);

    everyone.permissions = String(BigInt(everyone.permissions) | BIT.CREATE_EVENTS);
    const open = await world.admin.run('reading');
    expect(textOf(open)).toContain('Discord refused it (50013)');
    const made = await world.admin.press(open, 'Make the event');

    expect(world.events()).toHaveLength(1);
    expect(JSON.stringify(messageOf(made))).not.toContain('Make the event');
  });

  it('in a voice channel names it', async () => {
    const voice = world.discord.addChannel(world.guildId, 'Lounge', 2);
    await world.admin.run('meeting', { voice: voice.id });
    lack('CONNECT', voice.id);
    expect(await shelf()).toContain('**Connect**');
    await goOn();
    expect(world.events()).toEqual([]);

    world.discord.setBotPermissions(voice.id, MOST);
    await world.admin.press(await world.admin.run('reading'), 'Make the event');
    expect(world.events()).toMatchObject([{ entity_type: 2, channel_id: voice.id }]);
  });

  it.each([
    ['SEND_MESSAGES', 'Send Messages'],
    ['VIEW_CHANNEL', 'View Channel'],
  ] as const)('%s names it, and goes on within an hour of its return', async (right, name) => {
    lack(right);
    await world.at(POLL_OPENS);
    expect(await shelf()).toContain(`**${name}**`);
    expect(world.messages()).toEqual([]);

    world.discord.setBotPermissions(world.channelId, MOST);
    await world.at('2026-06-13T17:00Z');
    await world.minutes(1);

    expect(world.polls()).toHaveLength(1);
  });

  it('to decide keeps out who has it not, and lets in a role that was given it', async () => {
    const { member, admin, discord } = world;
    expect(textOf(await member.run('reading', { pick: '2606.00001' }))).toContain('You need Manage Events');
    expect(textOf(await member.run('meeting', { time: '19:00' }))).toContain('You need Manage Events');
    const role = discord.addRole(world.guildId, 'Readers');
    await admin.run('meeting', { role: role.id });
    discord.giveRole(world.guildId, member.id, role.id);

    await member.run('reading', { pick: '2606.00001' });

    expect(chosen()).toHaveLength(1);
  });

  it('stops where its channel is gone', async () => {
    world.discord.deleteChannel(world.channelId);
    await world.at(POLL_OPENS);
    const other = world.discord.addChannel(world.guildId, 'other').id;
    const requests = world.discord.requests.length;
    await world.minutes(3);

    expect(world.discord.requests.slice(requests).filter(({ method }) => method === 'POST')).toEqual([]);
    expect(textOf(await world.memberIn(other).run('reading'))).toContain('**View Channel**');
  });

  it('forgets a person who wants it so: no table knows them any more', async () => {
    const { member } = world;
    await world.admin.run('meeting', { presenters: `<@${member.id}>` });
    lack('SEND_POLLS');
    await world.at(POLL_OPENS);
    const [message] = world.saying('Vote with a button');
    if (message === undefined) throw new Error('There is no poll by buttons');
    await member.press({ message, ephemeral: false }, '2');
    expect(tablesThatName(member.id)).toEqual(
      expect.arrayContaining(['nominations', 'meeting_votes', 'presenters']),
    );

    const asked = await member.press(await member.run('about'), 'Delete my data');
    await member.press(asked, 'Delete my data');

    expect(tablesThatName(member.id)).toEqual([]);
    expect(await shelf()).toContain('Nominated** · 3 papers');
  });

  function tablesThatName(id: string): readonly string[] {
    const database = new DatabaseSync(world.ledgerFile, { readOnly: true });
    try {
      const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
      return tables
        .map(({ name }) => String(name))
        .filter((name) => JSON.stringify(database.prepare(`SELECT * FROM "${name}"`).all()).includes(id));
    } finally {
      database.close();
    }
  }
});
