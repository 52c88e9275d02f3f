import { expect, it } from 'vitest';
import { VERSION } from '../../src/bot.ts';
import { mentioningAnswers, messageOf, startCommandWorld, textOf } from '../support/command-world.ts';
import { commands } from '../../commands/index.ts';

it(
  '/about tells what is stored, asks, and deletes it but not what channels follow',
  { timeout: 60_000 },
  async () => {
    const world = await startCommandWorld({ papers: 0 });
    await world.admin.run('subscribe');

    const reply = await world.admin.run('about');
    expect(reply.ephemeral).toBe(true);
    expect(messageOf(reply).content).toContain(VERSION);
    expect(messageOf(reply).content).toContain('your user id');
    const asked = await world.admin.press(reply, 'Delete my data');
    expect(messageOf(asked).content).toContain("can't be undone");
    const deleted = await world.admin.press(asked, 'Confirm');

    expect(messageOf(deleted).content).toContain('Deleted.');
    expect(messageOf(deleted).components).toEqual([]);
    expect(textOf(await world.admin.run('subscriptions'))).toContain(`<#${world.channelId}>`);
    expect(mentioningAnswers(world)).toEqual([]);
    await world.stop();
  },
);

it('/help names every other command, to the reader alone', { timeout: 60_000 }, async () => {
  const world = await startCommandWorld({ papers: 0 });

  const reply = await world.member.run('help');

  expect(reply.ephemeral).toBe(true);
  const names = commands.map(({ data }) => data.name).filter((name) => name !== 'help');
  expect(names.filter((name) => !messageOf(reply).content.includes(`</${name}:`))).toEqual([]);
  expect(mentioningAnswers(world)).toEqual([]);
  await world.stop();
});
