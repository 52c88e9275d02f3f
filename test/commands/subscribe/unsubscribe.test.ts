import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandWorld,
  mentioningAnswers,
  messageOf,
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

    const reply = await world.admin.run('unsubscribe', { topic });

    expect(reply.ephemeral).toBe(true);
    expect(messageOf(reply).content).toContain(`No longer following every paper in <#${world.channelId}>`);
    await world.at('2026-06-10T09:00Z');
    expect(world.delivered()).toEqual([]);
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('takes the name as well, as it is typed', async () => {
    const reply = await world.admin.run('unsubscribe', { topic: ' EVERY paper ' });

    expect(messageOf(reply).content).toContain('No longer following');
  });

  it('ends what another channel follows, by its name', async () => {
    const other = world.discord.addChannel(world.guildId, 'other');

    const reply = await world.inChannel(other.id).run('unsubscribe', {
      topic: 'every paper',
      channel: world.channelId,
    });

    expect(messageOf(reply).content).toContain(`No longer following every paper in <#${world.channelId}>`);
  });

  it('refuses a topic that is not followed, without mentioning anybody', async () => {
    const reply = await world.admin.run('unsubscribe', { topic: '@everyone' });

    expect(reply.ephemeral).toBe(true);
    expect(messageOf(reply).content).toContain('is not followed here.');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('says so where nothing is followed', async () => {
    await world.admin.run('unsubscribe', { topic: 'every paper' });

    const again = await world.admin.run('unsubscribe', { topic: 'every paper' });

    expect(messageOf(again).content).toContain('Nothing is followed in');
  });

  it('refuses people without Manage Channels', async () => {
    const reply = await world.member.run('unsubscribe', { topic: 'every paper' });

    expect(messageOf(reply).content).toContain('You need Manage Channels');
    await world.at('2026-06-10T09:00Z');
    expect(world.delivered()).not.toEqual([]);
  });
});
