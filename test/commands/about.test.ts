import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VERSION } from '../../src/bot/bot.ts';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  startCommandWorld,
  textOf,
} from '../support/command-world.ts';
import { commands } from '../../commands/index.ts';

it(
  '/about tells what is stored, asks, and deletes it but not what channels follow',
  { timeout: 60_000 },
  async () => {
    const world = await startCommandWorld({ papers: 0 });
    await world.admin.run('subscribe');

    const reply = await world.admin.run('about');
    expect(reply.ephemeral).toBe(true);
    expect(textOf(reply)).toContain(VERSION);
    expect(textOf(reply)).toContain('your user id');
    const asked = await world.admin.press(reply, 'Delete my data');
    expect(textOf(asked)).toContain("can't be undone");
    const deleted = await world.admin.press(asked, 'Delete my data');

    expect(textOf(deleted)).toContain('Deleted.');
    expect(() => buttonOf(deleted, 'Delete my data')).toThrow('There is no button');
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
  expect(names.filter((name) => !textOf(reply).includes(`</${name}:`))).toEqual([]);
  expect(mentioningAnswers(world)).toEqual([]);
  await world.stop();
});

describe('the buttons of /help', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeAll(async () => {
    world = await startCommandWorld();
  });
  afterAll(async () => {
    await world.stop();
  });

  it('show the latest papers, and how a search is written', async () => {
    const reply = await world.member.run('help');

    expect(textOf(await world.member.press(reply, 'Latest papers'))).toContain('23 papers');
    expect(textOf(await world.member.press(reply, 'How to write a search'))).toContain('upvotes>=20');
  });

  it('follow by DM, for everybody', async () => {
    const reply = await world.admin.run('help');

    const byDm = await world.admin.press(reply, 'Pick a topic');
    const followed = await world.admin.choose(byDm, 'agents');

    expect(textOf(byDm)).toContain('by DM');
    expect(textOf(followed)).toContain('Now following **LLM agents** by DM');
  });

  it('set up the channel, for those who may change it', async () => {
    const asAdmin = await world.admin.run('help');
    const asMember = await world.member.run('help');

    expect(textOf(await world.admin.press(asAdmin, 'Every paper here'))).toContain(
      `Now following every paper in <#${world.channelId}>`,
    );
    expect(() => buttonOf(asMember, 'Every paper here')).toThrow('There is no button');
    expect(textOf(await world.member.press(asMember, 'Every paper by DM'))).toContain('every paper by DM');
  });
});
