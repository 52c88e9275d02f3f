import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  menuOf,
  mentioningAnswers,
  messageOf,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

describe('“Find papers” in the menu of a message', { timeout: 60_000 }, () => {
  let world: CommandWorld;

  beforeEach(async () => {
    world = await startCommandWorld();
  });

  afterEach(async () => {
    await world.stop();
  });

  /** Somebody writes a message, and somebody else looks for its papers. */
  async function findIn(content: string) {
    const reply = await world.admin.run('papers');
    const message = await world.admin.press(reply, 'Show to channel');
    const held = world.discord.messagesOf(world.channelId).find(({ id }) => id === messageOf(message).id);
    if (held === undefined) throw new Error('There is no message');
    held.content = content;
    held.components = [];
    const verbs = world.discord.act(world.member.id, { channelId: world.channelId });
    return verbs.messageCommand('Find papers', held.id);
  }

  it('finds those of a digest, whose links stand in its components', async () => {
    await world.admin.press(await world.admin.run('subscribe'), 'Send one now');
    const [digest] = world.discord.messagesOf(world.channelId);
    const verbs = world.discord.act(world.member.id, { channelId: world.channelId });

    const found = await verbs.messageCommand('Find papers', digest?.id ?? '');

    expect(menuOf(found).values.slice(0, 3)).toEqual(['2606.00001', '2606.00002', '2606.00003']);
  });

  it('shows the cards of the papers that it links to, to the reader alone', async () => {
    const found = await findIn(
      'https://arxiv.org/abs/2606.00003 @everyone https://huggingface.co/papers/2606.00001 https://arxiv.org/abs/1706.03762',
    );

    expect(found.ephemeral).toBe(true);
    expect(textOf(found)).toContain('**1. [Paper 2606.00003]');
    expect(textOf(found)).toContain('**2. [Paper 2606.00001]');
    expect(textOf(found)).toContain("I couldn't find `1706.03762`");
    expect(menuOf(found).values).toEqual(['2606.00003', '2606.00001']);
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('asks Hugging Face for a paper that the archive has not', async () => {
    world.huggingFace.setSearchable([buildItem('2401.00001', 1, '2024-01-02')]);

    const found = await findIn('https://arxiv.org/abs/2401.00001');

    expect(textOf(found)).toContain('## [Paper 2401.00001]');
  });

  it('says that there is no link', async () => {
    const found = await findIn('nothing to see');

    expect(messageOf(found).content).toContain('I found no link to an arXiv or Hugging Face paper');
  });

  it.each([
    ['cards', ['2606.00003', '2606.00001'], '**2. [Paper 2606.00001]'],
    ['a list', ['2606.00005', '2606.00003', '2606.00002', '2606.00001'], '4 papers in this message'],
  ])('shows %s to the channel, also after a restart', async (_, ids, words) => {
    const found = await findIn(ids.map((id) => `https://arxiv.org/abs/${id}`).join(' '));
    await world.restart();

    const shown = await world.member.press(found, 'Show to channel');

    expect(shown.ephemeral).toBe(false);
    expect(textOf(shown)).toContain(words);
    expect(menuOf(shown).values).toEqual(ids);
    expect(() => buttonOf(shown, 'Show to channel')).toThrow('no button');
  });

  it('says what it does not show of a long list', async () => {
    const links = Array.from({ length: 13 }, (_, at) => `https://arxiv.org/abs/2606.000${at + 10}`);

    const found = await findIn(links.join('\n'));

    expect(menuOf(found).values).toHaveLength(10);
    expect(textOf(found)).toContain('links to 3 more');
  });
});
