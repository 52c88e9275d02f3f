import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  messageOf,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';

const TITLES = ['Mamba for graphs', 'Mamba and other state spaces', 'A survey of mamba', 'Agents that plan'];
const MANAGE_CHANNELS = 1n << 4n;

describe('a button that makes a topic better', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({ titles: TITLES });
  });
  afterEach(async () => {
    await world.stop();
  });

  const followed = async () => textOf(await world.admin.run('subscriptions'));

  it('follows a wider query in place of one that brings nothing, and can be undone', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'mamba upvotes>=9000' });

    const better = await world.admin.press(reply, 'Follow mamba instead');

    expect(messageOf(better).id).toBe(messageOf(reply).id);
    expect(textOf(better)).toContain('Now following `mamba`');
    expect(textOf(better)).toContain('**3 papers**');
    expect(await followed()).toContain('- `mamba`');
    expect(await followed()).not.toContain('9000');
    expect(textOf(await world.admin.press(better, 'Undo'))).toContain('Undone.');
  });

  it('follows in English what was asked for in another language', async () => {
    const reply = await world.admin.run('subscribe', { topic: '综述' });
    expect(textOf(reply)).toContain('Now following `综述`');

    await world.admin.press(reply, 'Follow survey instead');

    expect(await followed()).toContain('- `survey`');
    expect(await followed()).not.toContain('综述');
  });

  it('follows the words that were offered, not a built-in topic whose id they are', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'agents upvotes>=9000' });

    await world.admin.press(reply, 'Follow agents instead');

    expect(await followed()).toContain('- `agents`\n');
  });

  it('keeps the threshold, and follows nothing twice', async () => {
    await world.admin.run('subscribe', { topic: 'mamba' });
    const reply = await world.admin.run('subscribe', { topic: 'mamba upvotes>=9000', min_upvotes: 2 });

    await world.admin.press(reply, 'Follow mamba instead');

    expect((await followed()).match(/^- /gm)).toEqual(['- ']);
  });

  it('uses the narrower one of a topic that brings nearly all papers', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'paper OR mamba' });
    const narrower = /Narrower: (`[^`]+`)/.exec(textOf(reply))?.[1] ?? '';

    const better = await world.admin.press(reply, 'Use the narrower one');

    expect(textOf(better)).toContain(`Now following ${narrower}`);
    expect(await followed()).not.toContain('`paper OR mamba`');
  });

  it('drops a limit of upvotes that keeps all papers away', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'mamba', min_upvotes: 900 });

    const better = await world.admin.press(reply, 'Drop the upvote limit');

    expect(textOf(better)).toContain('**3 papers**');
    expect(await followed()).toContain('- `mamba`\n');
  });

  it('leaves out the rest of a long day', async () => {
    const reply = await world.admin.run('subscribe');

    const better = await world.admin.press(reply, 'Only the best 8');

    expect(textOf(better)).toContain('Up to 8 cards; the rest is left out');
    expect(() => buttonOf(better, 'Only the best 8')).toThrow('There is no button');
  });

  it('refuses those who lost Manage Channels', async () => {
    const role = world.discord.addRole(world.guildId, 'Keeper', { permissions: MANAGE_CHANNELS });
    world.discord.giveRole(world.guildId, world.member.id, role.id);
    const reply = await world.member.run('subscribe', { topic: 'mamba upvotes>=9000' });
    role.permissions = '0';

    const refused = await world.member.press(reply, 'Follow mamba instead');

    expect(textOf(refused)).toContain('You need Manage Channels');
    expect(await followed()).toContain('9000');
  });
});
