import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkContract } from '../playground/discord/contract.ts';
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

const stamp = (instant: string) => `<t:${Date.parse(instant) / 1000}:f>`;

describe('a reading group', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  it('goes from nominations to a poll, an event, reminders and a history', async () => {
    await world.meet({ presenters: `<@${world.member.id}>` });
    await world.nominate(...PAPERS);
    await world.at('2026-06-13T15:59Z');
    expect(world.polls()).toEqual([]);

    await world.at(POLL_OPENS);
    expect(world.polls()[0]?.poll?.answers.map(({ poll_media: { text } }) => text)).toEqual([
      'Paper 2606.00001',
      'Paper 2606.00002',
      'Paper 2606.00003',
    ]);
    expect(world.saying('goes to the paper that was nominated first')).toHaveLength(1);
    world.vote(2);
    await world.at(POLL_ENDS);
    await world.minutes(2);

    const [chosen] = world.saying('We read this paper next');
    expect(JSON.stringify(chosen)).toContain('Paper 2606.00002');
    expect(JSON.stringify(chosen)).toContain(`<@${world.member.id}> presents.`);
    expect(world.discord.state.channels[chosen?.id ?? '']?.name).toBe('Paper 2606.00002');
    expect(world.events()).toMatchObject([
      {
        name: 'Reading group: Paper 2606.00002',
        scheduled_start_time: MEETING,
        scheduled_end_time: '2026-06-18T17:00:00.000Z',
        entity_metadata: { location: `https://discord.com/channels/${world.guildId}/${chosen?.id}` },
      },
    ]);
    await world.at(DAY_BEFORE);
    await world.at(HOUR_BEFORE);
    const reminders = world.saying('We read **[Paper 2606.00002]');
    expect(reminders.map(({ timestamp }) => timestamp)).toEqual([
      '2026-06-17T16:00:00.000Z',
      '2026-06-18T15:00:00.000Z',
    ]);
    await world.at(MEETING_ENDS);

    expect(textOf(await world.member.run('reading', { history: 'list' }))).toContain('Paper 2606.00002');
    const shelf = textOf(await world.member.run('reading'));
    expect(shelf).toContain(stamp('2026-06-25T16:00Z'));
    expect(shelf).toContain('Nominated** · 2 papers');
    expect(
      world.messages().every(({ mentions, mention_roles }) => mentions.length + mention_roles.length === 0),
    ).toBe(true);
    expect(checkContract(world.discord.requests)).toEqual([]);
  });

  it('meets at the same local time over a clock change, and each who presents has a turn', async () => {
    const { admin, member } = world;
    await world.at('2026-10-14T12:00Z');
    await world.meet({ presenters: `<@${member.id}> then <@${admin.id}>` });
    const meetings = ['2026-10-22T16:00Z', '2026-10-29T17:00Z', '2026-11-05T17:00Z'];
    for (const [at, meeting] of meetings.entries()) {
      await world.nominate(PAPERS[at] ?? '');
      await world.at(new Date(Date.parse(meeting) - 5 * 86_400_000 + 3_600_000).toISOString());
      await world.restart();
      await world.at(new Date(Date.parse(meeting) + 3_600_000).toISOString());
    }

    const events = world.discord.state.events[world.guildId] ?? [];
    expect(events.map(({ scheduled_start_time: start }) => start.slice(0, 16))).toEqual(
      meetings.map((one) => one.slice(0, 16)),
    );
    const presented = world.saying('We read this paper next').map((message) => JSON.stringify(message));
    expect(presented.map((text) => (text.includes(`<@${member.id}> presents`) ? 'member' : 'admin'))).toEqual(
      ['member', 'admin', 'member'],
    );
    const history = textOf(await member.run('reading', { history: 'list' }));
    expect(history.match(/Paper 2606\.0000\d/g)).toEqual([...PAPERS].toReversed().map((id) => `Paper ${id}`));
  });

  it('reads what was saved most here by people who agreed to that, where nobody nominated', async () => {
    await world.meet();
    await world.member.run('save', { paper: '2606.00005' });
    await world.admin.run('save', { paper: '2606.00006' });
    const shelf = await world.member.run('reading');
    expect(textOf(shelf)).toContain('Nothing was saved here');

    const counted = await world.member.press(shelf, 'Count my saves here');
    await world.at(POLL_OPENS);

    expect(textOf(counted)).toContain('Paper 2606.00005');
    expect(textOf(counted)).toContain('saved by 1');
    expect(textOf(counted)).not.toContain('2606.00006');
    expect(JSON.stringify(world.saying('We read this paper next'))).toContain('Paper 2606.00005');
    expect(world.events()).toHaveLength(1);
  });

  it('passes a meeting for which there is nothing to read, says so, and asks again for the next', async () => {
    await world.meet();
    await world.at(POLL_OPENS);
    await world.at(MEETING_ENDS);

    expect(world.saying('Nobody nominated a paper')).toHaveLength(1);
    expect(world.events()).toEqual([]);
    const [message] = world.saying('Nobody nominated a paper');
    if (message === undefined) throw new Error('It was not said');
    expect(message.content).toContain(`so there is no meeting on ${stamp(MEETING)}.`);
    const shelf = await world.member.press({ message, ephemeral: false }, 'Nominate');
    expect(textOf(shelf)).toContain(stamp('2026-06-25T16:00Z'));
  });

  it('is a server’s own', async () => {
    const { discord } = world;
    const guild = discord.addGuild('Elsewhere');
    const channel = discord.addChannel(guild.id, 'papers');
    const other = world.inChannel(channel.id);
    await world.meet();
    await world.nominate(...PAPERS);
    await other.run('reading', { nominate: '2606.00009' });
    await other.run('reading', { pick: '2606.00008' });

    expect(textOf(await other.run('reading'))).toContain('Nominated** · 1 paper');
    expect(textOf(await other.run('reading', { history: 'list' }))).toContain('2606.00008');
    expect(textOf(await world.member.run('reading'))).not.toContain('2606.00009');
    expect(textOf(await world.member.run('reading', { history: 'list' }))).toContain('Nothing has been read');
    expect(world.saying('We read this paper next')).toEqual([]);
    expect(discord.eventsOf(guild.id)).toEqual([]);
  });

  it('hands out what was read as Markdown and BibTeX', async () => {
    await world.admin.run('reading', { pick: '2606.00001' });

    const markdown = await world.member.run('reading', { history: 'markdown' });
    const bibtex = await world.member.run('reading', { history: 'bibtex' });

    const read = async (reply: typeof markdown) =>
      await (await fetch(messageOf(reply).attachments[0]?.url ?? '')).text();
    expect(await read(markdown)).toBe(
      '- 2026-06-09: [Paper 2606.00001](https://huggingface.co/papers/2606.00001) Ada Lovelace\n',
    );
    expect(await read(bibtex)).toContain('eprint = {2606.00001}');
  });
});
