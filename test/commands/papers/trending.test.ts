import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandWorld, DAY, menuOf, startCommandWorld, textOf } from '../../support/command-world.ts';
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
    ['trending', '2605.20001'],
    [undefined, '2605.20001'],
    ['day', '2606.00001'],
    ['week', '2606.04001'],
    ['month', '2605.20001'],
  ])('of %s begins with the most upvoted', async (period, first) => {
    const reply = await world.member.run('trending', period === undefined ? {} : { period });

    expect(reply.ephemeral).toBe(true);
    expect(menuOf(reply).values[0]).toBe(first);
  });

  it('says what it shows, and that Hugging Face does not tell what is trending while it does not', async () => {
    expect(textOf(await world.member.run('trending'))).toContain('Trending on Hugging Face · 16 papers');
    expect(textOf(await world.member.run('trending', { period: 'month' }))).toContain(
      'Most upvoted of the month · 16 papers since Mon 11 May',
    );

    await world.at('2026-06-11T12:00Z');
    world.huggingFace.fail({ status: 500 });
    const failed = await world.member.run('trending');

    expect(textOf(failed)).toContain("Hugging Face isn't answering right now");
    expect(menuOf(failed).values[0]).toBe('2606.00001');
  });

  it('has pages, and can be shown to the channel', async () => {
    const reply = await world.member.run('trending', { period: 'day' });

    const second = await world.member.press(reply, 'Next');
    const shown = await world.member.press(second, 'Show to channel');

    expect(menuOf(second).values).toEqual(['2606.00011', '2606.00012']);
    expect(shown.ephemeral).toBe(false);
    expect(menuOf(shown).values).toEqual(['2606.00011', '2606.00012']);
    expect(textOf(shown)).toContain('Most upvoted on Tue 9 June · 12 papers');
  });

  it('goes by the latest day with papers where today has none', async () => {
    await world.at('2026-06-13T12:00Z');

    const reply = await world.member.run('trending', { period: 'day' });

    expect(textOf(reply)).toContain('9 June');
    expect(DAY).toBe('2026-06-09');
  });

  it.each(['week', 'month'])('of a %s without papers offers the latest day that has some', async (period) => {
    await world.at('2026-07-20T12:00Z');

    const reply = await world.member.run('trending', { period });
    const latest = await world.member.press(reply, 'Tue 9 June 2026 · 12 papers');

    expect(textOf(reply)).toContain(`There are no papers of the last ${period} yet.`);
    expect(menuOf(latest).values[0]).toBe('2606.00001');
  });
});
