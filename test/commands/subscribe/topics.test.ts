import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandWorld,
  mentioningAnswers,
  menuOf,
  messageOf,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

const TITLES = ['Agentic search without a map', 'An agent that reads', 'Quantization of experts'];

describe('/topics', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({ papers: 3, titles: TITLES });
  });
  afterEach(async () => {
    await world.stop();
  });

  it('lists the ready topics with the papers that each had, within one message', async () => {
    const reply = await world.member.run('topics');

    expect(reply.ephemeral).toBe(true);
    expect(textOf(reply)).toContain('**LLM agents** · 2 papers · ');
    expect(textOf(reply)).toContain('**Efficient inference** · 1 paper · ');
    expect(textOf(reply)).toContain('**Robotics** · ');
    expect(textOf(reply)).not.toContain('0 papers');
    expect(textOf(reply).match(/^- /gm)?.length).toBeGreaterThanOrEqual(30);
    expect(messageOf(reply).embeds.at(-1)?.footer?.text).toBe('Counted over the last 2 daily lists');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('counts what came since', async () => {
    await world.member.run('topics');
    const item = buildItem('2606.02001', 3, '2026-06-10');
    world.huggingFace.setDay('2026-06-10', [
      { ...item, paper: { ...item.paper, title: 'A third kind of agent' } },
    ]);
    await world.at('2026-06-10T12:00Z');

    expect(textOf(await world.member.run('topics'))).toContain('**LLM agents** · 3 papers · ');
  });

  it('follows the one that is chosen, in the channel for those who may, else by direct message', async () => {
    const forAdmin = await world.admin.choose(await world.admin.run('topics'), 'agents');
    const forMember = await world.member.choose(await world.member.run('topics'), 'agents');

    expect(textOf(forAdmin)).toContain(`Now following **LLM agents**`);
    expect(textOf(forAdmin)).toContain(`<#${world.channelId}>`);
    expect(textOf(forMember)).toContain('by DM');
  });

  it('has a menu that outlives a restart', async () => {
    const reply = await world.admin.run('topics');
    await world.restart();

    expect(textOf(await world.admin.choose(reply, 'rl'))).toContain('Reinforcement learning');
    expect(menuOf(reply).values).toContain('rl');
  });
});
