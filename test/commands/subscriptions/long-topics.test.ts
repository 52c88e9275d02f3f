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
