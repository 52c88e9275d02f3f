import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandWorld, DAY, menuOf, messageOf, startCommandWorld } from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

const LAST_WEEK = '2026-06-04';
const LAST_MONTH = '2026-05-20';

describe('/trending', { timeout: 60_000 }, () => {
  let world: CommandWorld;

  beforeEach(async () => {
    const days = new Map([
      [LAST_WEEK, [buildItem('2606.04001', 500, LAST_WEEK)]],
      [LAST_MONTH, [buildItem('2605.20001', 900, LAST_MONTH)]],
    ]);
    world = await startCommandWorld({ papers: 12, days });
  });

  afterEach(async () => {
    await world.stop();
  });

  it.each([
    [undefined, '2606.00001'],
    ['day', '2606.00001'],
    ['week', '2606.04001'],
    ['month', '2605.20001'],
  ])('of %s begins with the most upvoted', async (period, first) => {
    const reply = await world.member.run('trending', period === undefined ? {} : { period });

    expect(reply.ephemeral).toBe(true);
    expect(menuOf(reply).values[0]).toBe(first);
  });

  it('has pages, and can be shown to the channel', async () => {
    const reply = await world.member.run('trending', { period: 'day' });

    const second = await world.member.press(reply, 'Next');
    const shown = await world.member.press(second, 'Show to channel');

    expect(menuOf(second).values).toEqual(['2606.00011', '2606.00012']);
    expect(shown.ephemeral).toBe(false);
    expect(menuOf(shown).values).toEqual(['2606.00011', '2606.00012']);
    expect(JSON.stringify(messageOf(shown).embeds)).toContain('Most upvoted');
  });

  it('goes by the latest day with papers where today has none', async () => {
    await world.at('2026-06-13T12:00Z');

    const reply = await world.member.run('trending', { period: 'day' });

    expect(messageOf(reply).embeds[0]?.title).toContain('9 June');
    expect(DAY).toBe('2026-06-09');
  });
});
