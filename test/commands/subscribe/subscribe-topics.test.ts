import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../config/load-config.ts';
import {
  buttonOf,
  type CommandWorld,
  mentioningAnswers,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';

const TITLES = ['Mamba for *graphs*', 'Mamba and other state spaces', 'A survey of mamba @everyone'];

describe('/subscribe with a topic', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({ titles: TITLES });
  });
  afterEach(async () => {
    await world.stop();
  });

  it('tells how much it would have brought, with the words that matched in bold', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'Mamba NOT survey' });

    const text = textOf(reply);
    expect(text).toContain(`Now following \`mamba -survey\` in <#${world.channelId}>`);
    expect(text).toContain('**2 papers** in the last 2 daily lists');
    expect(text).toContain(
      '- [**Mamba** for \\*graphs\\*](https://huggingface.co/papers/2606.01001) · ▲\u00a020',
    );
    expect(text).not.toContain('survey of');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('shows where the match is when it is not in the title', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'author:lovelace -survey 2606.01001' });

    expect(textOf(reply)).toContain('Ada **Lovelace**');
  });

  it('delivers what matches, and nothing else', async () => {
    await world.admin.run('subscribe', { topic: 'mamba -survey' });

    await world.at('2026-06-10T09:00Z');

    expect(world.delivered()).toEqual([['2606.01001', '2606.01002']]);
  });

  it('brings a paper of two topics once, with both named', async () => {
    await world.admin.run('subscribe', { topic: 'mamba' });
    await world.admin.run('subscribe', { topic: 'title:graph' });

    await world.at('2026-06-10T09:00Z');

    expect(
      world
        .delivered()
        .flat()
        .filter((id) => id === '2606.01001'),
    ).toHaveLength(1);
    const digest = JSON.stringify(world.discord.messagesOf(world.channelId));
    expect(digest).toContain('mamba · title\\\\:graph');
  });

  it('shows a query that cannot be read, a caret under the place, and what was expected there', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'mamba (graph OR' });

    expect(textOf(reply)).toMatch(/```\nmamba \(graph OR\n {13}\^\n```/);
    expect(textOf(reply)).toMatch(/I couldn't read that query. At \^ I expected a closing bracket|a word/);
    expect(textOf(await world.admin.run('subscriptions'))).toContain('Nothing is followed here');
  });

  it('refuses a query of more than 300 characters, and says so', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'mamba '.repeat(51) });

    expect(textOf(reply)).toContain('300 characters');
  });

  it('takes the same topic in other words for the same, and offers no undo', async () => {
    await world.admin.run('subscribe', { topic: 'mamba -survey' });

    const again = await world.admin.run('subscribe', { topic: ' MAMBA AND NOT Survey ' });

    expect(textOf(again)).toContain('is already followed in');
    expect(textOf(again)).toContain('Nothing was changed');
    expect(() => buttonOf(again, 'Undo')).toThrow('There is no button');
  });

  it('is not undone once it was changed', async () => {
    const reply = await world.admin.run('subscribe', { topic: 'mamba' });
    await world.admin.run('subscribe', { topic: 'mamba', min_upvotes: 5 });

    const refused = await world.admin.press(reply, 'Undo');

    expect(textOf(refused)).toContain("It's too late to undo that.");
    expect(textOf(await world.admin.run('subscriptions'))).toContain('`mamba` (at least 5 upvotes)');
  });

  it('points out a topic that matches over half of all papers, with a narrower one', async () => {
    const text = textOf(await world.admin.run('subscribe', { topic: 'paper OR mamba' }));

    expect(text).toContain("That's more than half of all papers (28 of 28).");
    expect(text).toMatch(/Narrower: `[^`]+` would bring \d+\./);
  });

  it('points out a topic that matches nothing, with a wider one', async () => {
    const text = textOf(await world.admin.run('subscribe', { topic: 'mamba upvotes>=9000' }));

    expect(text).toContain('⚠ **No papers** in the last 2 daily lists.');
    expect(text).toContain('No paper in the archive matches.');
    expect(text).toContain('Wider: `mamba` would bring 3 papers.');
  });

  it('points out a topic that another one there covers, as far as its upvotes go', async () => {
    const covered = 'is followed in';
    await world.admin.run('subscribe', { topic: 'mamba', min_upvotes: 1_000 });
    const unpopular = textOf(await world.admin.run('subscribe', { topic: 'mamba graphs' }));
    await world.admin.run('subscribe', { topic: 'mamba', min_upvotes: 20 });
    await world.member.run('subscribe', { by: 'dm' });

    const narrow = textOf(await world.admin.run('subscribe', { topic: 'mamba survey' }));
    const other = textOf(await world.admin.run('subscribe', { topic: 'mamba OR paper' }));
    const every = textOf(await world.admin.run('subscribe'));
    const again = textOf(await world.admin.run('subscribe', { topic: 'mamba', min_upvotes: 20 }));

    expect(unpopular).not.toContain(covered);
    expect(narrow).toContain(
      `⚠ \`mamba\` ${covered} <#${world.channelId}> too, and already brings this paper.`,
    );
    expect(other).not.toContain(covered);
    expect(every).not.toContain(covered);
    expect(again).toContain('and already brings all of these.');
  });

  it('states the limit of topics in a channel, and keeps it when fifty come at once', async () => {
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, at) => world.admin.run('subscribe', { topic: `word${at}` })),
    );

    const refused = replies.filter((reply) => textOf(reply).includes('You can follow at most 25 topics'));
    expect(refused).toHaveLength(25);
    const view = textOf(await world.admin.run('subscriptions'));
    expect(view.match(/^- /gm)).toHaveLength(25);
  });

  it('suggests how much a query would bring while it is typed', async () => {
    const suggestions = await world.admin.suggestions('subscribe', 'topic', 'mamba -survey');

    expect(suggestions).toContain(
      JSON.stringify({ name: 'mamba -survey · 2 papers in 2 days', value: 'mamba -survey' }),
    );
    expect(await world.admin.suggestions('subscribe', 'topic', 'mamba (')).toEqual([]);
  });

  it('suggests built-in topics by their names, follows one by its name, and shows its query', async () => {
    const [topic] = loadConfig({}, { discord: false }).topics;

    const all = await world.admin.suggestions('subscribe', 'topic', '');
    const named = await world.admin.suggestions('subscribe', 'topic', topic?.name ?? '');
    const reply = await world.admin.run('subscribe', { topic: topic?.id });

    expect(all.length).toBe(25);
    expect(named.some((choice) => choice.includes(`"value":"${topic?.id}"`))).toBe(true);
    const query = await world.admin.press(reply, 'Show query');
    expect(textOf(reply)).toContain(`Now following **${topic?.name}** in`);
    expect(textOf(query)).toBe(`**${topic?.name}** matches \`${topic?.query}\`.`);
  });
});
