import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  DAY,
  menuOf,
  mentioningAnswers,
  messageOf,
  pressForged,
  startCommandWorld,
  textOf,
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
    expect(textOf(reply)).toContain('## [Paper 2606.00007](https://huggingface.co/papers/2606.00007)');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it.each(['2401.99999', 'no such title anywhere', '@everyone'])('finds nothing for “%s”', async (text) => {
    const reply = await world.member.run('paper', { paper: text });

    expect(reply.ephemeral).toBe(true);
    expect(messageOf(reply).content).toContain('I found no paper for');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('shows the papers like it to the channel, by the button of their list', async () => {
    await world.stop();
    world = await startCommandWorld({ titles: NEAR_TITLES });
    const card = await world.member.run('paper', { paper: 'DeepSeek-R1 Thoughtology' });

    const similar = await world.member.press(card, 'Similar');
    const shown = await world.member.press(similar, 'Show to channel');

    expect(similar.ephemeral).toBe(true);
    expect(shown.ephemeral).toBe(false);
    expect(textOf(shown)).toBe(textOf(similar));
    expect(menuOf(shown).values).toContain('2606.01001');
    expect(() => buttonOf(shown, 'Show to channel')).toThrow('no button');
  });

  it.each([
    ['deepseek r1', 'DeepSeek-R1: Incentivizing Reasoning'],
    ['Incentivizing reasoning', 'DeepSeek-R1: Incentivizing Reasoning'],
    ['deepseek-r1 thoughtology', 'DeepSeek-R1 Thoughtology'],
  ])('opens what is called “%s”, although others come near', async (text, title) => {
    await world.stop();
    world = await startCommandWorld({ titles: NEAR_TITLES });

    const reply = await world.member.run('paper', { paper: text });

    expect(textOf(reply)).toContain(`## [${title}](`);
  });

  it('shows what comes near a title that no paper has, and opens none of it unasked', async () => {
    await world.stop();
    world = await startCommandWorld({ titles: NEAR_TITLES });

    const reply = await world.member.run('paper', { paper: 'Attention Is All You Need' });
    const why = await world.member.run('why', { paper: 'attention is all you need' });

    expect(textOf(reply)).toContain('I found no paper called exactly "Attention Is All You Need"');
    expect(menuOf(reply).values.slice(0, 2)).toEqual(['2606.01003', '2606.01004']);
    const card = await world.member.choose(reply, '2606.01004');
    expect(textOf(card)).toContain('## [Tensor Product Attention Is All You Need]');
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

    expect(textOf(reply)).toContain(
      '## [Attention Is All You Need](https://huggingface.co/papers/1706.03762)',
    );
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
    expect(textOf(shown)).toContain('## [Paper 2606.00007]');
    expect(() => buttonOf(shown, 'Similar')).toThrow('no button');
    const own = await world.admin.press(shown, 'Details');
    expect(own.ephemeral).toBe(true);
    expect(textOf(own)).toContain('## [Paper 2606.00007]');
  });

  it('opens and hides the abstract and the outline', async () => {
    const card = await world.member.run('paper', { paper: '2606.00007' });
    expect(textOf(card)).not.toContain('Introduction');

    const outline = await world.member.press(card, 'Outline');
    expect(messageOf(outline).id).toBe(messageOf(card).id);
    expect(textOf(outline)).toContain('- 2 Method\n  - 2\\.1 Data');
    const abstract = await world.member.press(outline, 'Abstract');
    expect(textOf(abstract)).not.toContain('Introduction');
    expect(textOf(abstract).match(/What 2606.00007 is about/g)).toHaveLength(2);
    const hidden = await world.member.press(abstract, 'Hide abstract');
    expect(textOf(hidden)).toBe(textOf(card));
  });

  it('says where to read a paper that has no full text on Hugging Face', async () => {
    const card = await world.member.run('paper', { paper: '2606.00007' });
    world.huggingFace.setDay(DAY, []);

    const outline = await world.member.press(card, 'Outline');

    expect(textOf(outline)).toContain('https://arxiv.org/abs/2606.00007');
  });

  it('shows the models, datasets and Spaces that name it, and how many more there are', async () => {
    const item = buildItem('2401.00001', 1, '2024-01-02');
    const linkedModels = ['lerobot/pi0_old', 'a/b'].map((id) => ({ id }));
    const linked = { linkedModels, numTotalModels: 111, linkedSpaces: [{ id: 'x/demo' }] };
    world.huggingFace.setSearchable([{ ...item, paper: { ...item.paper, ...linked } }]);

    const text = textOf(await world.member.run('paper', { paper: '2401.00001' }));

    expect(text).toContain('**Models** [lerobot/pi0\\_old](https://huggingface.co/lerobot/pi0_old), [a/b]');
    expect(text).toContain('and 109 more');
    expect(text).toContain('**Spaces** [x/demo](https://huggingface.co/spaces/x/demo)');
    expect(text).not.toContain('Datasets');
  });

  it('has present votes of an old paper, and those it knows while Hugging Face fails', async () => {
    const item = buildItem('2401.00001', 1, '2024-01-02');
    world.huggingFace.setSearchable([item]);
    await world.member.run('paper', { paper: '2401.00001' });
    world.huggingFace.setSearchable([{ ...item, paper: { ...item.paper, upvotes: 77 } }]);

    await world.at(`${DAY}T18:00Z`);
    const fresh = await world.member.run('paper', { paper: '2401.00001' });
    await world.at(`${DAY}T23:00Z`);
    world.huggingFace.fail({ status: 500 });
    const kept = await world.member.run('paper', { paper: '2401.00001' });

    expect(textOf(fresh)).toContain('▲\u00a077');
    expect(textOf(kept)).toContain('▲\u00a077');
  });

  it('offers no abstract of a paper without one', async () => {
    const item = buildItem('2606.77777', 1, DAY);
    const paper = { ...item.paper, summary: ' ' };
    world.huggingFace.setSearchable([{ ...item, paper }]);

    const card = await world.member.run('paper', { paper: '2606.77777' });

    expect(textOf(card)).toContain('2606.77777');
    expect(() => buttonOf(card, 'Abstract')).toThrow('no button');
    const forged = await pressForged(world, world.member, 'paper:v1:2606.77777:abstract');
    expect(textOf(forged)).toContain('2606.77777');
  });
});
