import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../src/calendar/zoned-time.ts';
import { textOf } from '../support/command-world.ts';
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
import { buildItem } from '../support/world.ts';

const stamp = (instant: string) => `<t:${Date.parse(instant) / 1000}:f>`;

describe('a reading group', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  const go = async (...times: readonly string[]) => {
    for (const time of times) {
      await world.at(time);
      await world.minutes(1);
    }
  };
  const shelf = async () => textOf(await world.member.run('reading'));

  it('shows a long history of long titles, and counts all of it', async () => {
    const ids = Array.from({ length: 25 }, (_, at) => `2606.0${2001 + at}`);
    const items = ids.map((id) => {
      const { paper, ...item } = buildItem(id, 1, '2026-06-10');
      return { ...item, paper: { ...paper, title: 'Word '.repeat(36) + id } };
    });
    world.huggingFace.setDay('2026-06-10', items);
    await world.at('2026-06-10T12:00Z');
    for (const pick of ids.slice(0, 22)) await world.admin.run('reading', { pick });

    const history = textOf(await world.member.run('reading', { history: 'list' }));

    expect(history).toContain('Read together · 22 papers');
    expect(history).toContain('-# +7');
  });

  it('reads no paper again because it was saved most', async () => {
    await world.meet();
    await world.member.run('save', { paper: '2606.00005' });
    await world.member.press(await world.member.run('reading'), 'Count my saves here');
    await go(POLL_OPENS, MEETING_ENDS, '2026-06-20T16:00Z');
    expect(world.saying('We read this paper next')).toHaveLength(1);
    expect(world.saying('there is no meeting on')).toHaveLength(1);
    await world.member.run('save', { paper: '2606.00006' });
    await go('2026-06-27T16:00Z');

    const chosen = world.saying('We read this paper next').map((message) => JSON.stringify(message));
    expect(chosen).toHaveLength(2);
    expect(chosen[1]).toContain('Paper 2606.00006');
  });

  it('that has met once is set up again by the same settings', async () => {
    await world.meet({ every: 'once' });
    await world.nominate('2606.00001');
    await go('2026-06-10T16:00Z', '2026-06-11T17:00Z', '2026-06-16T12:00Z');

    expect(textOf(await world.admin.run('meeting', { presenters: 'none' }))).not.toContain('Next meeting');
    expect(textOf(await world.meet({ every: 'once' }))).toContain(stamp(MEETING));
  });

  it.each(['once', 'two-weeks'])(
    'meets within a week where it is set up on the evening of its own day (%s)',
    async (every) => {
      await world.at('2026-06-11T18:00Z');

      expect(textOf(await world.meet({ every }))).toContain(stamp(MEETING));
    },
  );

  it('keeps its meeting where settings change nothing of its time', async () => {
    await world.meet();
    await world.nominate(...PAPERS);
    await world.at(POLL_OPENS);
    world.discord.deleteMessage(world.channelId, world.polls().at(-1)?.id ?? '');
    await world.at('2026-06-13T16:10Z');

    await world.admin.run('meeting', { presenters: `<@${world.member.id}>`, minutes: 90 });

    expect(await shelf()).toContain(stamp(MEETING));
    await world.admin.run('reading', { pick: PAPERS[1] });
    expect(world.events()).toMatchObject([{ scheduled_end_time: '2026-06-18T17:30:00.000Z' }]);
  });

  it('meets next week although the clock of the machine was a year ahead for a while', async () => {
    await world.meet();
    await world.nominate(...PAPERS);
    await world.at('2027-06-10T12:00Z');
    expect(await shelf()).not.toContain(stamp(MEETING));
    world.setWall('2026-06-10T12:00Z');
    await world.minutes(1);

    expect(await shelf()).toContain(stamp(MEETING));
    await go(POLL_OPENS);
    expect(world.polls()).toHaveLength(1);
  });

  describe('that meets once, and whose clock was past its meeting for a while', () => {
    const AFTER = '2026-06-19T20:00Z';
    const REMINDER = 'We read **[Paper';

    async function passBy(back: string): Promise<void> {
      await go(AFTER);
      expect(await shelf()).not.toContain(stamp(MEETING));
      world.setWall(back);
      await world.minutes(1);
      expect(await shelf()).toContain(stamp(MEETING));
    }

    beforeEach(async () => {
      await world.at('2026-06-12T12:00Z');
      await world.meet({ every: 'once' });
    });

    it('has its poll and its meeting as planned', async () => {
      await world.nominate(...PAPERS);
      await passBy('2026-06-12T13:00Z');

      expect(world.polls()).toEqual([]);
      await go(POLL_OPENS);
      expect(world.polls()).toHaveLength(1);
      world.vote(2);
      await go(POLL_ENDS);
      expect(world.events()).toMatchObject([{ name: expect.stringContaining(PAPERS[1]) }]);
    });

    it('reads what most voted for', async () => {
      await world.nominate(...PAPERS);
      await go(POLL_OPENS);
      world.vote(3);
      await passBy('2026-06-13T17:00Z');

      await go(POLL_ENDS);
      expect(world.events()).toMatchObject([{ name: expect.stringContaining(PAPERS[2]) }]);
    });

    it.each([
      ['reminds of what is read, and has read one paper', () => Promise.resolve()],
      ['does so too where the clock was set right while the bot was off', () => world.restart()],
    ])('%s', async (_, happen) => {
      // Discord goes by the same clock here, and would say that the event is over.
      world.discord.fail({ method: 'GET', route: /scheduled-events/, status: 503, forMs: 30 * DAY_MS });
      await world.admin.run('reading', { pick: PAPERS[0] });
      await go(AFTER);
      expect(world.saying(REMINDER)).toEqual([]);
      world.setWall('2026-06-16T12:00Z');
      await happen();
      await world.minutes(1);

      await go(DAY_BEFORE, HOUR_BEFORE, MEETING_ENDS, '2026-06-18T18:00Z');

      expect(world.saying(REMINDER)).toHaveLength(2);
      expect(textOf(await world.member.run('reading', { history: 'list' }))).toContain('1 paper');
      expect(await shelf()).toContain('No meetings are set');
    });

    it('stays closed where it was over by then', async () => {
      await world.nominate(...PAPERS);
      await go(AFTER);
      world.setWall('2026-06-18T17:30:00Z');
      await world.minutes(1);

      expect(await shelf()).toContain('No meetings are set');
    });
  });

  it('meets a week after a meeting whose end the bot missed', async () => {
    await world.meet();
    await world.nominate('2606.00001');
    await go(POLL_OPENS, MEETING, '2026-06-20T18:00Z');

    expect(await shelf()).toContain(stamp('2026-06-25T16:00Z'));
  });

  it.each([
    ['two-weeks', '2026-06-12T12:00Z', MEETING, '2026-07-03T16:00Z'],
    ['month', '2026-06-20T12:00Z', '2026-07-02T16:00Z', '2026-08-07T16:00Z'],
  ])('does not meet on two days, as its day is changed (%s)', async (every, at, first, next) => {
    const before = (hours: number) => new Date(Date.parse(first) - hours * 3_600_000).toISOString();
    await world.at(at);
    await world.meet({ every });
    await world.nominate(...PAPERS);
    await go(before(120));
    expect(world.polls()).toHaveLength(1);
    await world.admin.run('meeting', { day: 'friday' });
    await go(before(72), first, before(-1));
    expect(await shelf()).toContain(stamp(next));

    await world.admin.run('meeting', { day: 'saturday' });
    await world.admin.run('meeting', { day: 'friday' });

    expect(await shelf()).toContain(stamp(next));
  });

  it.each([
    ['week', stamp('2026-06-25T16:00Z')],
    ['once', 'No meetings are set'],
  ])('does not meet on two days, as people had its event earlier (%s)', async (every, next) => {
    await world.at('2026-06-12T12:00Z');
    await world.meet({ every, poll: 1, read: 0 });
    await world.admin.run('reading', { pick: '2606.00001' });
    world.discord.moveEvent(world.guildId, world.events()[0]?.id ?? '', Date.parse(DAY_BEFORE));
    await go(DAY_BEFORE, '2026-06-17T17:00Z');

    expect(await shelf()).toContain(next);
  });
});
