import { expect, it } from 'vitest';
import { VERSION } from '../../../src/bot.ts';
import { mentioningAnswers, messageOf, startCommandWorld, textOf } from '../../support/command-world.ts';

it(
  '/about tells what is stored, and deletes it but not what channels follow',
  { timeout: 60_000 },
  async () => {
    const world = await startCommandWorld({ papers: 0 });
    await world.admin.run('subscribe');

    const reply = await world.admin.run('about');
    expect(reply.ephemeral).toBe(true);
    expect(messageOf(reply).content).toContain(VERSION);
    expect(messageOf(reply).content).toContain('your user id');
    const deleted = await world.admin.press(reply, 'Delete my data');

    expect(messageOf(deleted).content).toContain('Deleted.');
    expect(messageOf(deleted).components).toEqual([]);
    expect(textOf(await world.admin.run('subscriptions'))).toContain(`<#${world.channelId}>`);
    expect(mentioningAnswers(world)).toEqual([]);
    await world.stop();
  },
);
