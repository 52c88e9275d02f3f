import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandWorld, startCommandWorld, textOf } from '../support/command-world.ts';

describe('somebody who goes too fast', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({ commandsPerMinute: 3 });
  });
  afterEach(async () => {
    await world.stop();
  });

  it('is told when to try again, while others go on', async () => {
    for (const _ of [1, 2, 3]) await world.member.run('help');

    const refused = await world.member.run('help');

    expect(refused.ephemeral).toBe(true);
    expect(textOf(refused)).toBe("You're going too fast. Try again in 60 seconds.");
    expect(textOf(await world.admin.run('help'))).not.toContain('too fast');
    await world.at('2026-06-09T12:01Z');
    expect(textOf(await world.member.run('help'))).not.toContain('too fast');
  });

  it('counts buttons as well, and leaves a message as it is', async () => {
    const list = await world.member.run('papers');
    const second = await world.member.press(list, 'Next');
    await world.member.run('help');

    const refused = await world.member.press(second, 'Next');

    expect(refused.ephemeral).toBe(true);
    expect(refused.message?.id).not.toBe(second.message?.id);
    expect(textOf(refused)).toContain('too fast');
  });

  it('gets no more suggestions, four times as late', async () => {
    const suggested = [];
    for (let at = 0; at < 13; at += 1) suggested.push(await world.member.suggestions('papers', 'day', ''));

    expect(suggested.map((choices) => choices.length > 0)).toEqual([...Array<boolean>(12).fill(true), false]);
  });
});
