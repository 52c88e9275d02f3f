import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandWorld,
  menuOf,
  mentioningAnswers,
  messageOf,
  startCommandWorld,
} from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

const NEAR_TITLES = [
  'DeepSeek-R1: Incentivizing Reasoning',
  'DeepSeek-R1 Thoughtology',
  'Attention Is All You Need for KV Caches',
  'Tensor Product Attention Is All You Need',
];

describe('/paper', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  it.each([
    '2606.00007',
    'arXiv:2606.00007v2',
    'https://arxiv.org/abs/2606.00007',
    'https://huggingface.co/papers/2606.00007',
    'Paper 2606.00007',
    'paper 2606.00007',
  ])('shows the card for “%s”, to the reader alone', async (text) => {
    const reply = await world.member.run('paper', { paper: text });

    expect(reply.ephemeral).toBe(true);
    expect(messageOf(reply).embeds[0]?.title).toBe('Paper 2606.00007');
    expect(messageOf(reply).embeds[0]?.url).toContain('2606.00007');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it.each(['2401.99999', 'no such title anywhere', '@everyone'])('finds nothing for “%s”', async (text) => {
    const reply = await world.member.run('paper', { paper: text });

    expect(reply.ephemeral).toBe(true);
    expect(messageOf(reply).content).toContain('I found no paper for');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it.each([
    ['deepseek r1', 'DeepSeek-R1: Incentivizing Reasoning'],
    ['Incentivizing reasoning', 'DeepSeek-R1: Incentivizing Reasoning'],
    ['deepseek-r1 thoughtology', 'DeepSeek-R1 Thoughtology'],
  ])('opens what is called “%s”, although others come near', async (text, title) => {
    await world.stop();
    world = await startCommandWorld({ titles: NEAR_TITLES });

    const reply = await world.member.run('paper', { paper: text });

    expect(messageOf(reply).embeds[0]?.title).toBe(title);
  });

  it('shows what comes near a title that no paper has, and opens none of it unasked', async () => {
    await world.stop();
    world = await startCommandWorld({ titles: NEAR_TITLES });

    const reply = await world.member.run('paper', { paper: 'Attention Is All You Need' });
    const why = await world.member.run('why', { paper: 'attention is all you need' });

    expect(messageOf(reply).content).toContain('I found no paper called exactly "Attention Is All You Need"');
    expect(menuOf(reply).values.slice(0, 2)).toEqual(['2606.01003', '2606.01004']);
    const card = await world.member.choose(reply, '2606.01004');
    expect(messageOf(card).embeds[0]?.title).toBe('Tensor Product Attention Is All You Need');
    expect(messageOf(why).content).not.toContain('Tensor');
  });

  it('opens a paper of that title that only Hugging Face knows', async () => {
    await world.stop();
    world = await startCommandWorld({ titles: NEAR_TITLES });
    const item = buildItem('1706.03762', 1, '2017-06-12');
    world.huggingFace.setSearchable([
      { ...item, paper: { ...item.paper, title: 'Attention Is All You Need' } },
    ]);

    const reply = await world.member.run('paper', { paper: 'attention is all you need' });

    expect(messageOf(reply).embeds[0]?.url).toContain('1706.03762');
  });

  it('says that the source does not answer when it has to ask it', async () => {
    world.huggingFace.fail({ status: 500 });

    const reply = await world.member.run('paper', { paper: '2401.99999' });

    expect(messageOf(reply).content).toContain("Hugging Face isn't answering right now.");
  });

  it('suggests titles', async () => {
    const suggestions = await world.member.suggestions('paper', 'paper', 'paper 2606.0001');

    expect(suggestions).toContain(JSON.stringify({ name: 'Paper 2606.00010', value: '2606.00010' }));
    expect(await world.member.suggestions('paper', 'paper', '')).toEqual([]);
  });

  it('shows the card to the channel', async () => {
    const card = await world.member.run('paper', { paper: '2606.00007' });

    const shown = await world.member.press(card, 'Show to channel');

    expect(shown.ephemeral).toBe(false);
    expect(world.discord.messagesOf(world.channelId)).toHaveLength(1);
    expect(messageOf(shown).embeds[0]?.title).toBe('Paper 2606.00007');
    expect(messageOf(shown).components).toEqual([]);
  });
});
