import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandWorld,
  mentioningAnswers,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

describe('/why', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({ titles: ['Mamba for *graphs*', 'A survey of mamba'] });
    await world.admin.run('subscribe', { topic: 'mamba -survey' });
  });
  afterEach(async () => {
    await world.stop();
  });

  it('says when a paper came, and by which words', async () => {
    await world.at('2026-06-10T09:00Z');

    const text = textOf(await world.member.run('why', { paper: '2606.01001' }));

    expect(text).toContain('[Mamba for \\*graphs\\*](https://huggingface.co/papers/2606.01001)');
    expect(text).toContain(
      `**<#${world.channelId}>**: it came <t:${Date.parse('2026-06-10T09:00Z') / 1000}:f>.`,
    );
    expect(text).toContain('- `mamba -survey`: matches `mamba`');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('says when it comes', async () => {
    const text = textOf(await world.member.run('why', { paper: '2606.01001' }));

    expect(text).toContain(`it comes with the digest of <t:${Date.parse('2026-06-10T09:00Z') / 1000}:f>.`);
  });

  it('names the days and the zone of a place that gets papers instantly, on some days', async () => {
    await world.admin.run('schedule', { time: 'instantly', days: 'weekends', timezone: 'Europe/Berlin' });
    const item = buildItem('2606.02001', 3, '2026-06-10');
    const late = { ...item, paper: { ...item.paper, title: 'Mamba again' } };
    world.huggingFace.setDay('2026-06-10', [late]);
    await world.at('2026-06-10T12:00Z');

    const text = textOf(await world.member.run('why', { paper: '2606.02001' }));

    expect(text).toContain(
      'it comes the next time I send papers there (Instantly, weekends, Europe/Berlin).',
    );
  });

  it('names the word that excludes it, and those that it misses', async () => {
    const excluded = textOf(await world.admin.run('why', { paper: 'A survey of mamba' }));
    const missing = textOf(await world.admin.run('why', { paper: '2606.00001' }));

    expect(excluded).toContain('no topic there matches it.');
    expect(excluded).toContain('- `mamba -survey`: has `survey`, which is excluded');
    expect(missing).toContain("- `mamba -survey`: doesn't have `mamba`");
  });

  it('names a threshold and a condition that are not met', async () => {
    await world.admin.run('subscribe', { topic: 'graph', min_upvotes: 50 });
    await world.admin.run('subscribe', { topic: 'mamba upvotes>=99' });
    await world.admin.run('unsubscribe', { topic: 'mamba -survey' });

    const text = textOf(await world.admin.run('why', { paper: '2606.01001' }));

    expect(text).toContain('it needs 50 upvotes and has 20.');
    expect(text).toContain('- `graph`: matches `graph`; needs 50 upvotes, has 20');
    expect(text).toContain("- `mamba upvotes>=99`: doesn't have `upvotes>=99`");
  });

  it('tells of the channel that is named, and of direct messages where none is', async () => {
    const other = world.discord.addChannel(world.guildId, 'other');
    await world.admin.run('subscribe', { topic: 'paper', by: 'dm' });

    const both = textOf(await world.admin.run('why', { paper: '2606.01001' }));
    const one = textOf(
      await world.inChannel(other.id).run('why', { paper: '2606.01001', channel: world.channelId }),
    );

    expect(both).toContain('**Your DMs**: ');
    expect(both).toContain(`**<#${world.channelId}>**: `);
    expect(one).not.toContain('DMs');
  });

  it('says so where nothing is followed, and where no such paper is found', async () => {
    const other = world.discord.addChannel(world.guildId, 'other');

    const nothing = textOf(await world.inChannel(other.id).run('why', { paper: '2606.01001' }));
    const unknown = textOf(await world.admin.run('why', { paper: 'no such title' }));

    expect(nothing).toContain('Nothing is followed in');
    expect(unknown).toContain('I found no paper');
  });
});
