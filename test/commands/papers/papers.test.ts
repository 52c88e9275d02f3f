import { controlsOf } from '../../../playground/discord/messages/controls.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  menuOf,
  messageOf,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

describe('/papers', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  it('lists the latest day for the reader alone, best first', async () => {
    const reply = await world.member.run('papers');

    expect(reply.ephemeral).toBe(true);
    expect(textOf(reply)).toContain(
      '[Tue 9 June 2026 · 23 papers](https://huggingface.co/papers/date/2026-06-09)',
    );
    expect(textOf(reply)).toContain('**1.** [Paper 2606.00001]');
    expect(textOf(reply)).toContain('Page 1 of 3');
    expect(menuOf(reply).values[0]).toBe('2606.00001');
    expect(menuOf(reply).values).toHaveLength(10);
    expect(buttonOf(reply, 'Previous').disabled).toBe(true);
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('turns the pages forth and back, in place', async () => {
    const first = await world.member.run('papers');
    const second = await world.member.press(first, 'Next');
    const third = await world.member.press(second, 'Next');

    expect(messageOf(third).id).toBe(messageOf(first).id);
    expect(textOf(third)).toContain('Page 3 of 3');
    expect(textOf(third)).toContain('**21.** [Paper 2606.00021]');
    expect(menuOf(third).values).toEqual(['2606.00021', '2606.00022', '2606.00023']);
    expect(buttonOf(third, 'Next').disabled).toBe(true);
    expect(textOf(await world.member.press(third, 'Previous'))).toContain('Page 2 of 3');
  });

  it('turns them after a restart', async () => {
    const first = await world.member.run('papers');
    await world.restart();

    expect(textOf(await world.member.press(first, 'Next'))).toContain('Page 2 of 3');
  });

  it('opens a card from the menu, for the reader alone, and keeps the list', async () => {
    const list = await world.member.run('papers');

    const card = await world.member.choose(list, '2606.00003');

    expect(card.ephemeral).toBe(true);
    expect(messageOf(card).id).not.toBe(messageOf(list).id);
    expect(textOf(card)).toContain('## [Paper 2606.00003]');
  });

  it('shows the page to the channel, where others open cards', async () => {
    const shown = await world.member.press(await world.member.run('papers'), 'Show to channel');

    expect(shown.ephemeral).toBe(false);
    expect(world.discord.messagesOf(world.channelId)).toHaveLength(1);
    expect(() => buttonOf(shown, 'Next')).toThrow('There is no button');
    expect((await world.admin.choose(shown, '2606.00002')).ephemeral).toBe(true);
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('goes to the days before and after', async () => {
    const latest = await world.member.run('papers');
    const before = await world.member.press(latest, '◀ Mon 8 June');
    const back = await world.member.press(before, 'Tue 9 June ▶');

    expect(menuOf(before).values).toEqual(['2606.09001', '2606.09002']);
    expect(messageOf(back).id).toBe(messageOf(latest).id);
    expect(menuOf(back).values).toEqual(menuOf(latest).values);
  });

  it('suggests the days with papers', async () => {
    const all = await world.member.suggestions('papers', 'day', '');
    expect(all).toHaveLength(2);
    expect(all[0]).toContain('Tue 9 June 2026 · 23 papers');

    expect(await world.member.suggestions('papers', 'day', '06-08')).toEqual([
      JSON.stringify({ name: 'Mon 8 June 2026 · 2 papers', value: '2026-06-08' }),
    ]);
    expect(await world.member.suggestions('papers', 'day', '8 june')).toHaveLength(1);
    expect(await world.member.suggestions('papers', 'day', 'yesterday')).toHaveLength(1);
  });

  it('lists the day that is named', async () => {
    const reply = await world.member.run('papers', { day: '2026-06-08' });

    expect(menuOf(reply).values).toEqual(['2606.09001', '2606.09002']);
    expect(textOf(reply)).not.toContain('Page');
    expect(() => buttonOf(reply, 'Next')).toThrow('There is no button');
  });

  it.each([
    ['today', '2026-06-09'],
    ['Yesterday', '2026-06-08'],
    ['tuesday', '2026-06-09'],
    ['mon', '2026-06-08'],
  ])('takes “%s” for a day', async (day, listed) => {
    const reply = await world.member.run('papers', { day });

    expect(textOf(reply)).toContain(`(https://huggingface.co/papers/date/${listed})`);
  });

  it.each(['yesteryear', '2026-02-30'])('refuses the day %s', async (day) => {
    const reply = await world.member.run('papers', { day });

    expect(reply.ephemeral).toBe(true);
    expect(messageOf(reply).content.replaceAll('\\', '')).toBe(
      `I don't know the day "${day}". Try 2026-06-09, yesterday or monday.`,
    );
  });

  it.each([
    ['2026-06-07', ['Mon 8 June 2026 · 2 papers']],
    ['saturday', ['Mon 8 June 2026 · 2 papers']],
    ['2027-01-01', ['Tue 9 June 2026 · 23 papers']],
  ])('offers the nearest days with papers instead of %s', async (day, labels) => {
    const reply = await world.member.run('papers', { day });

    expect(textOf(reply)).toMatch(/^There are no papers for .*\d\. This is the nearest day with papers:$/);
    const offered = controlsOf(messageOf(reply)).map((one) => ('label' in one ? one.label : undefined));
    expect(offered).toEqual(labels);
    const listed = await world.member.press(reply, labels[0] ?? '');
    expect(messageOf(listed).id).toBe(messageOf(reply).id);
    expect(textOf(listed)).toContain(labels[0]);
  });

  it('offers the days on both sides of one without papers', async () => {
    world.huggingFace.setDay('2026-06-05', [buildItem('2606.05001', 7, '2026-06-05')]);
    await world.at('2026-06-09T16:00Z');

    const reply = await world.member.run('papers', { day: 'sunday' });

    expect(buttonOf(reply, 'Fri 5 June 2026 · 1 paper').disabled).toBe(false);
    expect(buttonOf(reply, 'Mon 8 June 2026 · 2 papers').disabled).toBe(false);
  });

  it('says that today has none when it lists an earlier day', async () => {
    await world.at('2026-06-10T12:00Z');

    const reply = await world.member.run('papers');

    expect(textOf(reply)).toContain('There are no papers for today yet. These are from Tue 9 June 2026.');
  });
});
