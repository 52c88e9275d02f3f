import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DAY, OLDER_DAY, textOf } from '../support/command-world.ts';
import { HOUR_MS } from '../../src/calendar/zoned-time.ts';
import {
  DAY_BEFORE,
  HOUR_BEFORE,
  MEETING_ENDS,
  PAPERS,
  POLL_ENDS,
  POLL_OPENS,
  type ReadingWorld,
  startReadingWorld,
} from '../support/reading-world.ts';

const ALL = (1n << 50n) - 1n;
const ADMINISTRATOR = 1n << 3n;
const SEND_POLLS = 1n << 49n;
const MORNING_AFTER = '2026-06-19T09:00Z';
const UNTIL = /until <t:\d+:f>/u;
const MUTE = ALL & ~(ADMINISTRATOR | (1n << 11n));
const WITHOUT_POLLS = ALL & ~(ADMINISTRATOR | SEND_POLLS);

describe('a reading group', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
    await world.meet();
  });
  afterEach(async () => {
    await world.stop();
  });

  const polls = () => world.saying('Vote with a button');
  const chosen = () => world.saying('We read this paper next');

  it('tells of one end of a poll by buttons that is posted late', async () => {
    world.discord.setBotPermissions(world.channelId, WITHOUT_POLLS);
    world.letWaitsPass();
    await world.nominate(...PAPERS);
    await world.at('2026-06-13T15:59Z');
    world.discord.fail({ method: 'POST', route: /messages$/, status: 503, forMs: 3 * HOUR_MS });
    await world.at(POLL_OPENS);
    for (let waited = 0; waited < 400 && polls().length === 0; waited += 1) await world.minutes(1);
    await world.minutes(1);

    const [told] = polls().map((message) => UNTIL.exec(JSON.stringify(message))?.[0]);

    expect(world.now()).toBeGreaterThan(Date.parse(POLL_OPENS) + HOUR_MS);
    expect(told).toMatch(UNTIL);
    expect(UNTIL.exec(textOf(await world.member.run('reading')))?.[0]).toBe(told);
  });

  describe('that could not say that there is nothing to read', () => {
    beforeEach(async () => {
      world.discord.setBotPermissions(world.channelId, MUTE);
      await world.at(POLL_OPENS);
      await world.nominate(...PAPERS);
    });

    it('reads what was nominated since', async () => {
      world.discord.setBotPermissions(world.channelId, ALL);
      await world.at('2026-06-13T17:05Z');
      await world.minutes(2);

      expect(world.saying('Nobody nominated a paper')).toEqual([]);
      expect(world.polls()).toHaveLength(1);
    });

    it('reads what is picked', async () => {
      world.discord.setBotPermissions(world.channelId, ALL);
      const picked = await world.admin.run('reading', { pick: '2606.00001' });

      expect(textOf(picked)).not.toContain('is chosen already');
      expect(chosen()).toHaveLength(1);
    });
  });

  it('keeps a nomination whose channel was gone when it was chosen', async () => {
    await world.nominate('2606.00001');
    const other = world.discord.addChannel(world.guildId, 'club').id;
    world.discord.deleteChannel(world.channelId);
    await world.at(POLL_OPENS);
    await world.minutes(1);

    await world.inChannel(other).run('meeting', { channel: other });

    const shelf = textOf(await world.memberIn(other).run('reading'));
    expect(shelf).toContain('Nominated** · 1 paper');
    expect(shelf).toContain('Paper 2606.00001');
  });

  describe('that could not say what it reads until the meeting was over', () => {
    const miss = {
      'while the bot was off': () => world.restart(() => world.setWall(MORNING_AFTER)),
      'in a channel that let nobody in': async () => {
        world.discord.setBotPermissions(world.channelId, MUTE);
        for (const time of [POLL_ENDS, DAY_BEFORE, HOUR_BEFORE, MEETING_ENDS]) await world.at(time);
        world.discord.setBotPermissions(world.channelId, ALL);
        await world.at(MORNING_AFTER);
      },
      'while Discord was away': async () => {
        world.letWaitsPass();
        const forMs = Date.parse(MEETING_ENDS) - Date.parse(POLL_OPENS) + HOUR_MS;
        world.discord.fail({ method: 'POST', route: /messages$/, status: 503, forMs });
        for (const time of [POLL_ENDS, DAY_BEFORE, HOUR_BEFORE, MEETING_ENDS]) await world.at(time);
        await world.at(MORNING_AFTER);
      },
    };

    it.each(Object.entries(miss))('has not read it: %s', async (_, befall) => {
      await world.meet({ presenters: `<@${world.member.id}> then <@${world.admin.id}>` });
      await world.nominate(...PAPERS);
      await world.at(POLL_OPENS);
      world.vote(2);

      await befall();
      await world.minutes(2);

      const shelf = textOf(await world.member.run('reading'));
      expect(chosen()).toEqual([]);
      expect(textOf(await world.member.run('reading', { history: 'list' }))).not.toContain('2606.00002');
      expect(shelf).toContain('Nominated** · 3 papers');
      expect(shelf).toContain(`<t:${Date.parse('2026-06-25T16:00Z') / 1000}:f>`);
      await world.admin.run('reading', { pick: '2606.00002' });
      expect(JSON.stringify(chosen())).toContain(`<@${world.member.id}> presents.`);
    });
  });

  it('reads the paper that a shelf offered, and no other one that came since', async () => {
    await world.nominate('2606.00001');
    const old = await world.admin.run('reading');
    await world.member.choose(await world.member.run('reading'), '2606.00001');
    await world.nominate('2606.00009', '2606.00010');

    expect(textOf(await world.admin.press(old, 'Read this one'))).toContain('out of date');
    expect(chosen()).toEqual([]);
  });

  it('reads the only paper at the press of a button', async () => {
    await world.nominate('2606.00001');

    const read = await world.admin.press(await world.admin.run('reading'), 'Read this one');

    expect(textOf(read)).toContain('Reading group');
    expect(JSON.stringify(chosen())).toContain('Paper 2606.00001');
  });

  describe('of which nobody knows the papers any more', () => {
    const loseArchive = () =>
      world.restart(() => {
        for (const suffix of ['', '-wal', '-shm']) rmSync(world.archiveFile + suffix, { force: true });
        for (const day of [DAY, OLDER_DAY]) world.huggingFace.setDay(day, []);
      });

    it('takes a nomination back, and says so', async () => {
      await world.nominate('2606.00001', '2606.00002');
      await loseArchive();

      const withdrawn = await world.member.choose(await world.member.run('reading'), '2606.00002');

      expect(textOf(withdrawn)).toContain('papers/2606.00002)** is no longer nominated');
    });

    it('takes a vote, and says so', async () => {
      world.discord.setBotPermissions(world.channelId, WITHOUT_POLLS);
      await world.nominate(...PAPERS);
      await world.at(POLL_OPENS);
      const [message] = polls();
      if (message === undefined) throw new Error('There is no poll by buttons');
      await loseArchive();

      const voted = await world.member.press({ message, ephemeral: false }, '2');

      expect(textOf(voted)).toMatch(/^Your vote: .*papers\/2606\.00002\)/u);
    });
  });
});
