import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkContract } from '../playground/discord/contract.ts';
import { textOf } from '../support/command-world.ts';
import { type ReadingWorld, startReadingWorld } from '../support/reading-world.ts';

/** Thursdays at 18:00 in Berlin; noon of Tuesday, 9 June is now. */
const MEETING = '2026-06-18T16:00:00.000Z';
const POLL_OPENS = '2026-06-13T16:00Z';
const POLL_ENDS = '2026-06-15T16:00Z';

describe('a reading group', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  const meet = () =>
    world.admin.run('meeting', { day: 'thursday', time: '18:00', timezone: 'Europe/Berlin' });
  const nominate = (...papers: readonly string[]) =>
    Promise.all(papers.map((paper) => world.member.run('reading', { nominate: paper })));
  const vote = (answerId: number, userId = world.member.id) =>
    world.discord.votePoll(world.polls()[0]?.id ?? '', { userId, answerId });

  it('goes from nominations to a poll, an event, reminders and a history', async () => {
    await meet();
    await world.at('2026-06-11T16:00Z');
    await nominate('2606.00001');
    await nominate('2606.00002', '2606.00003');
    await world.at('2026-06-13T15:59Z');
    expect(world.polls()).toEqual([]);

    await world.at(POLL_OPENS);
    expect(world.polls()).toHaveLength(1);
    expect(world.polls()[0]?.poll?.answers.map(({ poll_media: { text } }) => text)).toEqual([
      'Paper 2606.00001',
      'Paper 2606.00002',
      'Paper 2606.00003',
    ]);
    vote(2);
    await world.at(POLL_ENDS);
    await world.minutes(2);

    const [chosen] = world.saying('We read this paper next');
    expect(JSON.stringify(chosen)).toContain('Paper 2606.00002');
    expect(world.discord.state.channels[chosen?.id ?? '']?.name).toBe('Paper 2606.00002');
    expect(world.events()).toMatchObject([
      {
        name: 'Reading group: Paper 2606.00002',
        scheduled_start_time: MEETING,
        entity_metadata: { location: `https://discord.com/channels/${world.guildId}/${chosen?.id}` },
      },
    ]);
    await world.at('2026-06-17T16:00Z');
    await world.at('2026-06-18T15:00Z');
    const reminders = world.saying('We read **[Paper 2606.00002]');
    expect(reminders.map(({ timestamp }) => timestamp)).toEqual([
      '2026-06-17T16:00:00.000Z',
      '2026-06-18T15:00:00.000Z',
    ]);
    await world.at('2026-06-18T17:00Z');

    const history = await world.member.run('reading', { history: 'list' });
    expect(textOf(history)).toContain('Paper 2606.00002');
    const shelf = textOf(await world.member.run('reading'));
    expect(shelf).toContain(`<t:${Date.parse('2026-06-25T16:00Z') / 1000}:f>`);
    expect(shelf).toContain('Nominated** · 2 papers');
    expect(checkContract(world.discord.requests)).toEqual([]);
  });
});
