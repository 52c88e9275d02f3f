import { expect, it } from 'vitest';
import { startCommandWorld, textOf } from '../../support/command-world.ts';

/** Discord takes 4,000 characters and about 10,170 bytes in one message; letters of these have three bytes each. */
const topicOf = (at: number) => `"${'論文'.repeat(120)}" ${at}`;

it('as many long topics as there can be fit in /subscriptions and /why', { timeout: 120_000 }, async () => {
  const world = await startCommandWorld();
  const channels = Array.from({ length: 6 }, (_, at) => world.discord.addChannel(world.guildId, `c${at}`).id);
  for (let at = 0; at < 25; at += 1)
    await world.admin.run('subscribe', { topic: topicOf(at), min_upvotes: 10_000 });
  const last = await world.admin.run('subscribe', { topic: topicOf(24), min_upvotes: 9_999 });
  for (const channel of channels)
    for (let at = 0; at < 6; at += 1) await world.admin.run('subscribe', { topic: topicOf(at), channel });

  const list = await world.admin.run('subscriptions');
  const view = await world.admin.press(list, 'Open');
  const why = await world.admin.run('why', { paper: '2606.00001' });

  expect(textOf(last)).toContain('now brings only papers with at least 9999 upvotes');
  expect(textOf(list)).toContain('Papers go to 7 places');
  expect(textOf(view).match(/^- /gm)).toHaveLength(25);
  expect(textOf(why)).toContain('no topic there matches it.');
  await world.stop();
});

it(
  'places that let nobody in, with papers that are followed, fit there too',
  { timeout: 120_000 },
  async () => {
    const titles = Array.from({ length: 3 }, (_, at) => `${'論文'.repeat(60)} ${at}`);
    const world = await startCommandWorld({ titles });
    const channels = Array.from(
      { length: 4 },
      (_, at) => world.discord.addChannel(world.guildId, `c${at}`).id,
    );
    const wish = { min_upvotes: 10_000 };
    await world.admin.run('subscribe', { by: 'dm' });
    for (let at = 1; at < 25; at += 1) await world.admin.run('subscribe', { ...wish, topic: topicOf(at) });
    await world.admin.run('subscribe');
    for (const channel of channels) {
      for (let at = 1; at < 6; at += 1)
        await world.admin.run('subscribe', { ...wish, topic: topicOf(at), channel });
      await world.admin.run('subscribe', { channel });
    }
    for (const id of ['2606.01001', '2606.01002', '2606.01003']) {
      const card = await world.admin.run('paper', { paper: id });
      for (const where of ['In this channel', 'By DM'])
        await world.admin.press(await world.admin.press(card, 'Follow'), where);
      await world.member.press(await world.member.run('paper', { paper: id }), 'Follow');
    }
    world.discord.fail({ route: /messages/, method: 'POST', status: 403, code: 50_013, times: 99 });
    await world.at('2026-06-10T10:00Z');

    const list = await world.admin.run('subscriptions');
    const one = await world.member.run('subscriptions');

    expect(textOf(list).match(/Blocked since/g)).toHaveLength(5);
    expect(textOf(list)).toContain('3 papers followed by DM');
    expect(textOf(one)).toContain('Blocked since');
    expect(textOf(one)).toContain('3 papers followed by DM');
    await world.stop();
  },
);

it(
  'places with all settings, and papers that are followed, fit there as well',
  { timeout: 120_000 },
  async () => {
    const long = (at: number) => `"${'abcdefgh'.repeat(10)}" ${at}`;
    const titles = Array.from({ length: 3 }, (_, at) => `${'abcdefghij '.repeat(12)} ${at}`);
    const world = await startCommandWorld({ titles });
    for (let place = 0; place < 5; place += 1) {
      const channel = world.discord.addChannel(world.guildId, `c${place}`).id;
      for (let at = 0; at < 5; at += 1)
        await world.admin.run('subscribe', { topic: long(at), min_upvotes: 10_000, channel });
      await world.admin.run('subscribe', { channel });
      await world.admin.run('schedule', {
        channel,
        timezone: 'America/Argentina/Buenos_Aires',
        days: 'mon,tue,wed,thu,fri,sun',
        style: 'threads',
        max: 25,
        overflow: 'hide',
      });
      await world.admin.run('roundup', { channel, when: 'first', time: '9:00' });
    }
    world.discord.fail({ route: /messages/, method: 'POST', status: 403, code: 50_013, times: 99 });
    await world.at('2026-06-10T16:00Z');
    for (const paper of ['2606.01001', '2606.01002', '2606.01003'])
      for (const where of ['In this channel', 'By DM'])
        await world.admin.press(
          await world.admin.press(await world.admin.run('paper', { paper }), 'Follow'),
          where,
        );

    const list = await world.admin.run('subscriptions');
    expect(textOf(list)).toContain('Papers go to 5 places');
    const rest = await world.admin.press(list, 'Next');

    const blocked = `${textOf(list)}${textOf(rest)}`.match(/Blocked since/g);
    expect(blocked).toHaveLength(5);
    await world.stop();
  },
);
