import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandWorld,
  mentioningAnswers,
  textOf,
  startCommandWorld,
} from '../../support/command-world.ts';

describe('/unsubscribe', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
    await world.admin.run('subscribe');
  });
  afterEach(async () => {
    await world.stop();
  });

  it('suggests what the channel follows, and ends what was chosen', async () => {
    const [suggestion, ...others] = await world.admin.suggestions('unsubscribe', 'topic', '');
    expect(others).toEqual([]);
    const topic = /"value":"([^"]+)"/.exec(suggestion ?? '')?.[1];

    const asked = await world.admin.run('unsubscribe', { topic });
    const reply = await world.admin.press(asked, 'Stop following');

    expect(textOf(asked)).toContain('Every paper is the only topic in');
    expect(reply.ephemeral).toBe(true);
    expect(textOf(reply)).toContain(`No longer following every paper in <#${world.channelId}>`);
    await world.at('2026-06-10T09:00Z');
    expect(world.delivered()).toEqual([]);
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('suggests to a member what they may stop: what they follow by DM', async () => {
    await world.member.run('subscribe', { topic: 'mamba', by: 'dm' });

    const suggestions = await world.member.suggestions('unsubscribe', 'topic', '');

    expect(suggestions).toEqual([expect.stringContaining('"name":"mamba · by DM"')]);
  });

  it('takes the name as well, as it is typed', async () => {
    await world.admin.run('subscribe', { topic: 'mamba' });

    const reply = await world.admin.run('unsubscribe', { topic: ' EVERY paper ' });

    expect(textOf(reply)).toContain('No longer following');
  });

  it('asks before the last topic takes the settings with it', async () => {
    const asked = await world.admin.run('unsubscribe', { topic: 'every paper' });

    await world.admin.press(asked, 'Cancel');

    expect(textOf(asked)).toContain("delete the settings? This can't be undone.");
    expect(textOf(await world.admin.run('subscriptions'))).toContain('- every paper');
  });

  it('ends what another channel follows, by its name', async () => {
    const other = world.discord.addChannel(world.guildId, 'other');

    await world.admin.run('subscribe', { topic: 'mamba' });

    const reply = await world.inChannel(other.id).run('unsubscribe', {
      topic: 'every paper',
      channel: world.channelId,
    });

    expect(textOf(reply)).toContain(`No longer following every paper in <#${world.channelId}>`);
  });

  it('refuses a topic that is not followed, without mentioning anybody', async () => {
    const reply = await world.admin.run('unsubscribe', { topic: '@everyone' });

    expect(reply.ephemeral).toBe(true);
    expect(textOf(reply)).toContain('is not followed here.');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('says so where nothing is followed', async () => {
    await world.admin.press(await world.admin.run('unsubscribe', { topic: 'every paper' }), 'Stop following');

    const again = await world.admin.run('unsubscribe', { topic: 'every paper' });

    expect(textOf(again)).toContain('Nothing is followed in');
  });

  it('refuses people without Manage Channels', async () => {
    const reply = await world.member.run('unsubscribe', { topic: 'every paper' });

    expect(textOf(reply)).toContain('You need Manage Channels');
    await world.at('2026-06-10T09:00Z');
    expect(world.delivered()).not.toEqual([]);
  });
});

it('“Follow it again” takes no words for a built-in topic', { timeout: 60_000 }, async () => {
  const world = await startCommandWorld({ titles: ['Agents that plan', 'More agents'] });
  await world.admin.run('subscribe', { topic: 'graph' });
  const found = await world.admin.run('search', { query: 'agents' });
  await world.admin.press(found, 'Follow · less than one a week');
  const followed = textOf(await world.admin.run('subscriptions'));

  const stopped = await world.admin.run('unsubscribe', { topic: 'agents' });
  await world.admin.press(stopped, 'Follow it again');

  expect(followed).toContain('- `agents`');
  expect(textOf(await world.admin.run('subscriptions'))).toBe(followed);
  await world.stop();
});
