import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messageOf, textOf } from '../support/command-world.ts';
import {
  DAY_BEFORE,
  HOUR_BEFORE,
  MEETING,
  MEETING_ENDS,
  PAPERS,
  POLL_ENDS,
  POLL_OPENS,
  type ReadingWorld,
  startReadingWorld,
} from '../support/reading-world.ts';

describe('a poll of a reading group', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
    await world.meet();
    await world.nominate(...PAPERS);
    await world.at(POLL_OPENS);
  });
  afterEach(async () => {
    await world.stop();
  });

  const chosen = () => world.saying('We read this paper next').map((message) => JSON.stringify(message));
  const poll = () => world.polls().at(-1)?.id ?? '';
  const end = async () => {
    await world.at(POLL_ENDS);
    await world.minutes(2);
  };

  it('that is a tie goes to the paper that was nominated first', async () => {
    world.vote(3);
    world.vote(2, world.admin.id);
    await end();

    expect(chosen()).toHaveLength(1);
    expect(chosen()[0]).toContain('Paper 2606.00002');
    expect(chosen()[0]).toContain('It got 1 of 2 votes. A tie goes to the paper that was nominated first.');
  });

  it('without votes goes to the paper that was nominated first, and says so', async () => {
    await end();

    expect(chosen()[0]).toContain('Paper 2606.00001');
    expect(chosen()[0]).toContain('Nobody voted');
  });

  it('that somebody deletes chooses nothing; whoever may decide begins anew', async () => {
    world.vote(2);
    world.discord.deleteMessage(world.channelId, poll());
    await world.at('2026-06-13T16:10Z');
    await end();
    expect(chosen()).toEqual([]);

    const again = await world.admin.run('reading', { poll: 24 });
    expect(textOf(again)).toContain('[A poll is open]');
    world.vote(3);
    await world.at('2026-06-16T16:02Z');
    await world.minutes(2);

    expect(chosen()).toHaveLength(1);
    expect(chosen()[0]).toContain('Paper 2606.00003');
  });

  it('that is deleted, and about which nobody does anything, ends in no meeting', async () => {
    world.discord.deleteMessage(world.channelId, poll());
    await world.at('2026-06-13T16:10Z');
    await world.at(MEETING_ENDS);

    expect(chosen()).toEqual([]);
    expect(textOf(await world.member.run('reading'))).toContain('Nominated** · 3 papers');
  });

  it('that ends early counts as it stands', async () => {
    world.vote(3);
    world.discord.endPoll(world.channelId, poll());
    await world.at('2026-06-13T16:10Z');

    expect(chosen()[0]).toContain('Paper 2606.00003');
  });

  it('is ended by whoever may decide, and by nobody else', async () => {
    world.vote(2);
    const shelf = await world.member.run('reading');
    expect(JSON.stringify(messageOf(shelf))).not.toContain('End the poll now');

    await world.admin.press(await world.admin.run('reading'), 'End the poll now');

    expect(chosen()[0]).toContain('Paper 2606.00002');
    expect(textOf(await world.member.run('reading', { poll: 24 }))).toContain('You need Manage Events');
  });

  it.each([
    ['was deleted', (channelId: string, id: string) => world.discord.deleteMessage(channelId, id)],
    ['has ended', (channelId: string, id: string) => world.discord.endPoll(channelId, id)],
  ])('that %s is over for whoever ends it', async (_, befall) => {
    const shelf = await world.admin.run('reading');
    befall(world.channelId, poll());

    const ended = await world.admin.press(shelf, 'End the poll now');

    expect(textOf(ended)).toContain('Reading group');
    expect(textOf(ended)).not.toContain('A poll is open');
  });

  it('comes below ids where Discord refuses what a paper says, and so does the paper', async () => {
    world.discord.deleteMessage(world.channelId, poll());
    await world.at('2026-06-13T16:10Z');
    world.discord.refuseContent({ text: 'Paper 2606.00002', code: 200_000 });

    await world.admin.run('reading', { poll: 24 });
    const list = JSON.stringify(world.messages().at(-2));
    world.vote(2);
    await world.at('2026-06-14T16:12Z');
    await world.minutes(2);

    for (const id of PAPERS) expect(list).toContain(`](https://huggingface.co/papers/${id})`);
    expect(chosen()[0]).toContain('papers/2606.00002');
    expect(list + chosen()[0]).not.toContain('Paper 2606');
  });

  it('is looked at again until Discord has counted, and after an hour taken as it is', async () => {
    world.vote(2);
    world.discord.rules.pollsCountedAfterMs = Infinity;
    await world.at(POLL_ENDS);
    await world.minutes(5);
    expect(chosen()).toEqual([]);

    await world.at('2026-06-15T17:00Z');

    expect(chosen()[0]).toContain('Paper 2606.00002');
  });

  it('is read where it stands, though the group has moved to another channel', async () => {
    const other = world.discord.addChannel(world.guildId, 'club').id;
    await world.admin.run('meeting', { channel: other });
    world.vote(2);
    await end();

    expect(chosen()).toEqual([]);
    expect(JSON.stringify(world.discord.messagesOf(other))).toContain('Paper 2606.00002');
  });

  it('is not begun twice, and not when the next paper is chosen', async () => {
    expect(textOf(await world.admin.run('reading', { poll: 24 }))).toContain('A poll is open already');
    await end();

    expect(textOf(await world.admin.run('reading', { pick: '2606.00009' }))).toContain('is chosen already');
    expect(world.polls()).toHaveLength(1);
  });

  describe('and the event of its winner', () => {
    beforeEach(end);

    const event = () => world.events()[0]?.id ?? '';
    const reminders = () => world.saying('We read **[').length;

    it('that somebody deletes calls the meeting off', async () => {
      world.discord.deleteEvent(world.guildId, event());
      for (const time of [DAY_BEFORE, HOUR_BEFORE, MEETING_ENDS]) await world.at(time);

      expect(reminders()).toBe(0);
      expect(textOf(await world.member.run('reading', { history: 'list' }))).toContain('called off');
      expect(textOf(await world.member.run('reading'))).toContain(
        `<t:${Date.parse('2026-06-25T16:00Z') / 1000}:f>`,
      );
    });

    it('that somebody moves moves the meeting and what is left of its reminders', async () => {
      world.discord.moveEvent(world.guildId, event(), Date.parse(MEETING) + 86_400_000);
      await world.at(DAY_BEFORE);
      await world.at(HOUR_BEFORE);
      expect(reminders()).toBe(0);

      await world.at('2026-06-18T16:00Z');
      await world.at('2026-06-19T15:00Z');
      expect(reminders()).toBe(2);
    });

    it('that is ended early ends the meeting', async () => {
      world.discord.endEvent(world.guildId, event());
      for (const time of [DAY_BEFORE, HOUR_BEFORE, MEETING_ENDS]) await world.at(time);

      expect(reminders()).toBe(0);
      expect(textOf(await world.member.run('reading', { history: 'list' }))).toContain('Paper 2606.00001');
    });
  });
});
