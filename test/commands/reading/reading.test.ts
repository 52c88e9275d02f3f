import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonOf, menuOf, messageOf, pressForged, textOf } from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';
import { type ReadingWorld, startReadingWorld } from '../../support/reading-world.ts';

describe('nominations of a reading group', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  it('come from the card of any paper, once, and are taken back by whoever made them', async () => {
    const card = await world.member.run('paper', { paper: '2606.00007' });
    const nominated = await world.member.press(card, 'Nominate');
    const again = await world.admin.press(
      await world.admin.run('paper', { paper: '2606.00007' }),
      'Nominate',
    );

    expect(textOf(nominated)).toContain('Nominated **[Paper 2606.00007]');
    expect(textOf(again)).toContain('is already nominated');
    const withdrawn = await world.member.press(nominated, 'Withdraw');
    expect(textOf(withdrawn)).toContain('is no longer nominated');
    expect(textOf(await world.member.press(withdrawn, 'Reading group'))).toContain(
      'Nothing is nominated yet',
    );
  });

  it('come from the list of what was saved here, and from messages that link to papers', async () => {
    await world.member.run('save', { paper: '2606.00003' });
    const shelf = await world.member.press(await world.member.run('reading'), 'Count my saves here');
    expect(textOf(await world.member.choose(shelf, '2606.00003'))).toContain(
      'Nominated **[Paper 2606.00003]',
    );

    const member = world.discord.act(world.member.id, { channelId: world.channelId });
    const one = world.discord.say(world.channelId, 'https://arxiv.org/abs/2606.00004');
    expect(textOf(await member.messageCommand('Nominate paper', one.id))).toContain('Paper 2606.00004');
    const two = world.discord.say(world.channelId, 'arxiv.org/abs/2606.00005 arxiv.org/abs/2606.00006');
    const list = await member.messageCommand('Nominate paper', two.id);
    expect(textOf(await world.member.choose(list, '2606.00006'))).toContain('Nominated** · 3 papers');
    const none = world.discord.say(world.channelId, 'hello');
    expect(textOf(await member.messageCommand('Nominate paper', none.id))).toContain('no link');
  });

  it('are withdrawn by nobody else but those who decide', async () => {
    await world.admin.run('reading', { nominate: '2606.00001' });
    const own = await world.member.run('reading');
    expect(() => menuOf(own)).toThrow('There is no menu');
    const forged = await pressForged(world, world.member, 'withdraw:v1:2606.00001');
    expect(textOf(forged)).toContain('belongs to somebody else');

    await world.nominate('2606.00002');
    const shelf = await world.admin.run('reading');
    expect(menuOf(shelf).values).toEqual(['2606.00001', '2606.00002']);
    expect(textOf(await world.admin.choose(shelf, '2606.00002'))).toContain('Nominated** · 1 paper');
  });

  it('are not of the paper that is read next', async () => {
    await world.meet();
    await world.admin.run('reading', { pick: '2606.00003' });
    const chosen = 'is already chosen: you read it next';

    const byCommand = await world.member.run('reading', { nominate: '2606.00003' });
    const card = await world.member.run('paper', { paper: '2606.00003' });
    const byButton = await world.member.press(card, 'Nominate');

    expect(textOf(byCommand)).toContain(
      `**[Paper 2606.00003](https://huggingface.co/papers/2606.00003)** ${chosen}`,
    );
    expect(textOf(byButton)).toContain(chosen);
    expect(() => buttonOf(byCommand, 'Withdraw')).toThrow('There is no button');
    expect(textOf(await world.member.run('reading'))).toContain('Nothing is nominated yet');
  });

  it('are passed over by a pick, which says that it was posted where no meetings are set', async () => {
    const picked = await world.admin.run('reading', { pick: '2606.00003' });
    await world.meet();
    const forMeeting = await world.admin.run('reading', { pick: '2606.00004' });

    expect(textOf(picked)).toContain(
      `You read **[Paper 2606.00003](https://huggingface.co/papers/2606.00003)** next. I posted it in <#${world.channelId}>.`,
    );
    expect(textOf(forMeeting)).toContain('Next paper: **[Paper 2606.00004]');
    expect(textOf(forMeeting)).not.toContain('I posted it');
  });

  it('are for servers that have the bot', async () => {
    const dm = world.memberIn(world.discord.openDmWith(world.member.id).id);
    const card = await dm.run('paper', { paper: '2606.00007' });

    expect(() => buttonOf(card, 'Nominate')).toThrow('There is no button');
    await expect(dm.run('reading')).rejects.toThrow('cannot be used there');
  });

  it('are 25 at most', async () => {
    for (let at = 1; at <= 23; at += 1) await world.nominate(`2606.${String(at).padStart(5, '0')}`);
    await world.nominate('2606.09001', '2606.09002');
    world.huggingFace.setDay('2026-06-10', [buildItem('2606.00099', 1, '2026-06-10')]);

    const tooMany = await world.member.run('reading', { nominate: '2606.00099' });
    expect(textOf(tooMany)).toContain('There are 25 nominations already');
    expect(textOf(await world.member.run('reading'))).toContain('Nominated** · 25 papers');
  });
});

describe('/meeting', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  it('shows what is set, and changes what is asked', async () => {
    expect(textOf(await world.member.run('meeting'))).toContain('No meetings are set');
    const set = textOf(
      await world.meet({
        every: 'two-weeks',
        minutes: 90,
        presenters: `<@${world.member.id}>`,
        poll: 24,
        read: 2,
      }),
    );

    expect(set).toContain('The reading group is set up.');
    expect(set).toContain('Every second Thursday at 18:00 (Europe/Berlin)');
    expect(set).toContain('Length: 90 minutes');
    expect(set).toContain('Polls: open for 24 hours, ending 2 days before the meeting');
    expect(set).toContain(`Presenters, in turn: <@${world.member.id}>`);
    const shown = textOf(await world.member.run('meeting'));
    expect(shown).toContain('Every second Thursday at 18:00');
    expect(textOf(await world.admin.run('meeting', { presenters: 'Max' }))).toContain(
      `can't tell who "Max" is`,
    );
    const moved = textOf(await world.admin.run('meeting', { time: '7pm', presenters: 'none' }));
    expect(moved).toContain('Updated the reading group.');
    expect(moved).toContain('Every second Thursday at 19:00');
    expect(moved).toContain('nobody in particular');
    const ended = textOf(await world.admin.run('meeting', { every: 'never' }));
    expect(ended).toContain('No meetings');
    expect(ended).not.toContain('reminder');
  });

  it.each([
    ['a day without a time', { day: 'monday' }, 'Meetings need both a `day` and a `time`'],
    ['a time that is none', { day: 'monday', time: 'soonish' }, '"soonish" isn\'t a time of day'],
    ['a zone that is none', { timezone: 'Atlantis' }, "I don't know the time zone"],
    ['a zone that is not clear', { timezone: 'IST' }, 'can mean several time zones'],
    [
      'a poll that would begin before the last meeting',
      { day: 'monday', time: '9', poll: 96, read: 3 },
      '`read` must be',
    ],
  ])('refuses %s', async (_, options, words) => {
    expect(textOf(await world.admin.run('meeting', options))).toContain(words);
  });

  it('refuses channels in which no thread can be started', async () => {
    const thread = world.discord.addThread(world.channelId, 'Chat');
    const inThread = world.inChannel(thread.id);

    expect(textOf(await inThread.run('meeting', { day: 'monday', time: '9' }))).toContain(
      "A reading group can't meet in",
    );
  });

  it('meets once where that is asked', async () => {
    await world.meet({ every: 'once' });
    await world.nominate('2606.00001');
    await world.at('2026-06-10T16:00Z');
    expect(world.events()).toMatchObject([{ scheduled_start_time: '2026-06-11T16:00:00.000Z' }]);
    await world.at('2026-06-11T17:00Z');

    expect(textOf(await world.member.run('reading'))).toContain('No meetings are set');
    expect(messageOf(await world.member.run('reading', { history: 'list' }))).toBeDefined();
  });
});
