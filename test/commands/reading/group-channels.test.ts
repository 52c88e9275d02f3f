import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textOf } from '../../support/command-world.ts';
import { type ReadingWorld, startReadingWorld } from '../../support/reading-world.ts';

const VIEW_CHANNEL = 1n << 10n;
const MANAGE_CHANNELS = 1n << 4n;
const MANAGE_EVENTS = 1n << 33n;
const VOICE = 2;

describe('the channels of a reading group', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  let board: string;
  beforeEach(async () => {
    world = await startReadingWorld();
    board = world.discord.addChannel(world.guildId, 'announcements').id;
  });
  afterEach(async () => {
    await world.stop();
  });

  const give = (permissions: bigint): string => {
    const role = world.discord.addRole(world.guildId, 'Readers', { permissions });
    world.discord.giveRole(world.guildId, world.member.id, role.id);
    return role.id;
  };
  const allow = (channelId: string, bits: bigint) =>
    world.discord.setPermissions(channelId, { id: world.member.id, bits });
  const moveIn = async (channelId: string, options: Record<string, unknown>) =>
    textOf(await world.memberIn(channelId).run('meeting', options));
  const move = (options: Record<string, unknown>) => moveIn(world.channelId, options);
  const readIn = (channelId: string, options: Record<string, unknown>) =>
    world.memberIn(channelId).run('reading', options);

  it.each([
    ['may only view', VIEW_CHANNEL],
    ['cannot see', 0n],
  ])('are none to which an organiser moves it who %s them', async (_, bits) => {
    await world.meet({ role: give(0n) });
    allow(board, bits);

    expect(await move({ channel: board })).toContain(`You need Manage Channels in <#${board}>`);
    await world.nominate('2606.00001');
    await world.member.run('reading', { pick: '2606.00001' });
    await world.minutes(1);

    expect(world.discord.messagesOf(board)).toEqual([]);
    expect(world.saying('We read this paper next')).toHaveLength(1);
  });

  it.each([
    ['/meeting names', async () => move({ day: 'monday', time: '18:00', channel: board })],
    ['/meeting is typed in', async () => moveIn(board, { day: 'monday', time: '18:00' })],
    ['/reading picks in', async () => textOf(await readIn(board, { pick: '2606.00001' }))],
    ['/reading polls in', async () => textOf(await readIn(board, { poll: 24 }))],
  ])('are none that somebody with Manage Events cannot manage: what %s', async (_, found) => {
    give(MANAGE_EVENTS);
    allow(board, VIEW_CHANNEL | MANAGE_EVENTS);
    await world.nominate('2606.00001', '2606.00002');

    expect(await found()).toContain(`You need Manage Channels in <#${board}>`);
    await world.minutes(1);

    expect(world.discord.messagesOf(board)).toEqual([]);
    expect(textOf(await world.member.run('meeting'))).toContain('No meetings are set');
  });

  it('are those that whoever founds it may manage, wherever that is typed', async () => {
    give(MANAGE_EVENTS);
    allow(board, VIEW_CHANNEL | MANAGE_CHANNELS);

    expect(await move({ day: 'monday', time: '18:00', channel: board })).toContain(`<#${board}>`);
    expect(await move({ time: '19:00' })).toContain(`<#${board}>`);
  });

  it('are those that an organiser may manage, and the present one', async () => {
    await world.meet({ role: give(0n) });
    expect(await move({ channel: world.channelId, time: '19:00' })).toContain('at 19:00');
    allow(board, VIEW_CHANNEL | MANAGE_CHANNELS);

    expect(await move({ channel: board })).toContain(`<#${board}>`);
  });

  it('are for speaking only where an organiser sees them', async () => {
    const lounge = world.discord.addChannel(world.guildId, 'Lounge', VOICE).id;
    await world.meet({ role: give(0n) });
    allow(lounge, 0n);

    expect(await move({ voice: lounge })).toContain(`You can't see <#${lounge}>`);
    allow(lounge, VIEW_CHANNEL);
    expect(await move({ voice: lounge })).toContain(`<#${lounge}>`);
  });
});
