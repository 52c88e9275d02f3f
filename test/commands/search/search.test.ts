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
import { controlsOf } from '../../../playground/discord/messages/controls.ts';
import { buildItem } from '../../support/world.ts';

const OTHER_DAY = '2026-06-05';

/** A paper about something, listed or only known to Hugging Face's search. */
function about(id: string, title: string, summary: string, upvotes = 1) {
  const item = buildItem(id, upvotes, OTHER_DAY);
  return { ...item, paper: { ...item.paper, title, summary } };
}

describe('/search', { timeout: 60_000 }, () => {
  let world: CommandWorld;

  beforeEach(async () => {
    const listed = [
      about('2606.05001', 'Mamba: Linear-Time Sequences', 'State-space models that select @everyone.', 9),
      about('2606.05002', 'A Survey of *Mamba* Models', 'What became of state spaces.', 30),
      ...Array.from({ length: 11 }, (_, at) =>
        about(`2606.051${String(at).padStart(2, '0')}`, `Diffusion number ${at}`, 'Images out of noise.', at),
      ),
    ];
    world = await startCommandWorld({ papers: 2, days: new Map([[OTHER_DAY, listed]]) });
  });

  afterEach(async () => {
    await world.stop();
  });

  it('shows what matches, for the reader alone, with the words in bold and nobody mentioned', async () => {
    const reply = await world.member.run('search', { query: 'mamba "state space"' });

    expect(reply.ephemeral).toBe(true);
    expect(menuOf(reply).values).toEqual(['2606.05001', '2606.05002']);
    expect(textOf(reply)).toContain('**Related**');
    expect(textOf(reply)).toContain('**Mamba**');
    expect(textOf(reply)).toContain('**State-space**');
    expect(textOf(reply)).toContain('1 match, 1 related · by relevance');
    expect(textOf(reply)).not.toContain('@everyone');
    expect(mentioningAnswers(world)).toEqual([]);
  });

  it('takes the order, the days and the upvotes asked for', async () => {
    const byVotes = await world.member.run('search', { query: 'mamba', sort: 'upvotes' });
    const popular = await world.member.run('search', { query: 'mamba', min_upvotes: 20 });
    const recent = await world.member.run('search', { query: 'mamba', since: '2026-06-06' });

    expect(menuOf(byVotes).values).toEqual(['2606.05002', '2606.05001']);
    expect(menuOf(popular).values).toEqual(['2606.05002']);
    expect(textOf(recent)).toContain('I found nothing');
  });

  it.each(['2026-02-30', '2026-13', 'last week', '-'])('does not know the day %s', async (since) => {
    const reply = await world.member.run('search', { query: 'mamba', since });

    expect(textOf(reply).replaceAll('\\', '')).toContain(`I don't know the day "${since}".`);
  });

  it.each(['newest', 'upvotes'])('finds the paper that an id means, in any order: %s', async (sort) => {
    const reply = await world.member.run('search', { query: '2606.05002v3', sort });

    expect(menuOf(reply).values[0]).toBe('2606.05002');
  });

  it.each([
    'ＭＡＭＢＡ　ｓｕｒｖｅｙ',
    '\u200bmam\u200bba sur\u00advey',
    '𝐌𝐚𝐦𝐛𝐚 survey',
    'title：mamba survey',
  ])('reads letters as papers write them: %s', async (query) => {
    const reply = await world.member.run('search', { query });
    const suggestions = await world.member.suggestions('search', 'query', query.replace('title：', ''));

    expect(textOf(reply)).toContain('1 match');
    expect(menuOf(reply).values[0]).toBe('2606.05002');
    expect(suggestions.join()).toContain('A Survey of *Mamba* Models');
  });

  it('brings the examples of `like:` from Hugging Face, and says which nobody knows', async () => {
    world.huggingFace.setSearchable([about('2501.00001', 'Mamba elsewhere', 'What became of it.')]);

    const known = await world.member.run('search', { query: 'like:2501.00001>=1' });
    const unknown = await world.member.run('search', { query: 'like:2501.09999' });

    expect(textOf(known)).toContain('Linear-Time Sequences');
    expect(textOf(unknown)).toContain('I found no paper for "2501\\.09999"');
  });

  it('turns its pages forth and back, opens a card, and goes on after a restart', async () => {
    const first = await world.member.run('search', { query: 'diffusion', sort: 'upvotes' });
    expect(menuOf(first).values[0]).toBe('2606.05110');

    const second = await world.member.press(first, 'Next');
    const last = await world.member.press(second, 'Next');
    expect(menuOf(last).values).toEqual(['2606.05100']);
    expect(buttonOf(last, 'Next').disabled).toBe(true);
    const card = await world.member.choose(last, '2606.05100');
    expect(textOf(card)).toContain('## [Diffusion number 0]');

    await world.restart();
    const back = await world.member.press(last, 'Previous');
    expect(menuOf(back).values).toHaveLength(5);
  });

  it('shows a page to the channel without its buttons', async () => {
    const reply = await world.member.run('search', { query: 'diffusion' });

    const shown = await world.member.press(reply, 'Show to channel');

    expect(shown.ephemeral).toBe(false);
    expect(menuOf(shown).values).toHaveLength(5);
    expect(() => buttonOf(shown, 'Next')).toThrow('no button');
  });

  it('can be followed from there, with how much that would bring', async () => {
    const reply = await world.admin.run('search', { query: 'mamba -survey' });

    const followed = await world.admin.press(reply, 'Follow · less than one a week');
    const shown = await world.admin.run('subscriptions');

    expect(JSON.stringify(messageOf(followed))).toContain('`mamba -survey`');
    expect(JSON.stringify(messageOf(shown))).toContain('mamba -survey');
  });

  it('offers to follow what was meant in place of a misspelt word', async () => {
    const reply = await world.admin.run('search', { query: 'difusion' });

    const followed = await world.admin.press(reply, 'Follow diffusion instead · about 3 a week');

    expect(textOf(reply)).toContain('so I searched for `diffusion`');
    expect(textOf(followed)).toContain('Now following `diffusion`');
  });

  it('finds papers by words of another language, says how it read them, and can be followed so', async () => {
    const reply = await world.admin.run('search', { query: '扩散模型' });
    const plain = await world.admin.run('search', { query: 'diffusion model' });

    const followed = await world.admin.press(reply, 'Follow diffusion model instead · less than one a week');

    expect(textOf(reply)).toContain('Searched for `diffusion model`, as papers are in English.');
    expect(menuOf(reply).values).toEqual(menuOf(plain).values);
    expect(textOf(followed)).toContain('Now following `diffusion model`');
  });

  it('takes a little word of another language for no English one', async () => {
    const reply = await world.admin.run('search', { query: 'mamba für survey' });

    expect(textOf(reply)).toContain('Search: mamba survey');
    expect(menuOf(reply).values[0]).toBe('2606.05002');
  });

  it('is followed without the day that the search began with', async () => {
    const reply = await world.admin.run('search', { query: 'diffusion', since: 'monday', min_upvotes: 0 });
    expect(textOf(reply)).toContain('I found nothing');
    const found = await world.admin.run('search', { query: 'diffusion', since: '2026-06' });

    const followed = await world.admin.press(found, 'Follow · about 3 a week');

    expect(JSON.stringify(messageOf(followed))).toContain('`diffusion`');
    expect(JSON.stringify(messageOf(await world.admin.run('subscriptions')))).not.toContain('since');
  });

  it('is followed by direct message by those who may not change the channel', async () => {
    const reply = await world.member.run('search', { query: 'diffusion' });

    const followed = await world.member.press(reply, 'Follow · about 3 a week');

    expect(JSON.stringify(messageOf(followed))).toMatch(/by DM/);
  });

  it('points at the place of a query that cannot be read', async () => {
    const reply = await world.member.run('search', { query: 'mamba OR' });

    expect(messageOf(reply).content).toMatch(/mamba OR\n {6}\^/);
    expect(messageOf(reply).content).toContain('a word, a phrase or a condition');
  });

  it('says that nothing was found', async () => {
    const reply = await world.member.run('search', { query: 'author:nobody' });

    expect(textOf(reply)).toContain('I found nothing for `author:nobody`');
  });

  it('refuses a button of a search that it does not know', async () => {
    const reply = await world.member.run('search', { query: 'diffusion' });
    const forged = 'search:v1:1-0123456789abcdef:1:on';
    for (const message of world.discord.state.messages[world.channelId] ?? []) {
      for (const one of controlsOf(message)) {
        if ('label' in one && one.label === 'Next' && 'custom_id' in one) one.custom_id = forged;
      }
    }

    const verbs = world.discord.act(world.member.id, { channelId: world.channelId });
    const refused = await verbs.press(messageOf(reply).id, forged);

    expect(messageOf(refused).content).toContain('out of date');
  });

  describe('beyond the archive', () => {
    const known = () => [about('2501.00001', 'Mamba elsewhere', 'A paper that was never listed.')];

    it('shows what Hugging Face finds in turn with its own, and asks once for equal words', async () => {
      world.huggingFace.setSearchable(known());

      const reply = await world.member.run('search', { query: 'mamba elsewhere' });
      const again = await world.member.run('search', { query: 'Mamba  Elsewhere' });

      expect(menuOf(reply).values[1]).toBe('2501.00001');
      expect(textOf(reply)).toContain('(1 found by Hugging Face)');
      expect(textOf(reply)).toContain('not in the daily list, on arXiv since');
      expect(textOf(reply)).toContain('found by Hugging Face\n');
      expect(menuOf(again).values).toEqual(menuOf(reply).values);
      const asked = world.huggingFace.requests.filter((one) => one.startsWith('/api/papers/search'));
      expect(asked).toHaveLength(1);
      const latest = await world.member.run('papers');
      expect(textOf(latest)).not.toContain('elsewhere');
    });

    it('keeps to the conditions, and does not ask for what only the archive knows', async () => {
      world.huggingFace.setSearchable(known());

      const popular = await world.member.run('search', { query: 'mamba elsewhere', min_upvotes: 50 });
      await world.member.run('search', { query: 'title:mamba' });
      await world.member.run('search', { query: 'mamba OR elsewhere' });

      expect(textOf(popular)).toContain('I found nothing');
      const asked = world.huggingFace.requests.filter((one) => one.startsWith('/api/papers/search'));
      expect(asked).toHaveLength(1);
    });

    it.each(['2501.00001v2', 'https://arxiv.org/pdf/2501.00001', 'arXiv:2501.00001'])(
      'finds the paper that %s means where Hugging Face alone knows it',
      async (query) => {
        world.huggingFace.setSearchable(known());

        const reply = await world.member.run('search', { query });

        expect(menuOf(reply).values[0]).toBe('2501.00001');
        expect(textOf(reply)).toContain('### Search: 2501\\.00001\n-# 1 match ·');
        expect(textOf(reply)).toContain('not in the daily list');
        expect(JSON.stringify(messageOf(reply))).not.toContain('Follow');
      },
    );

    it('finds the papers that a query names beside other parts', async () => {
      const either = await world.member.run('search', {
        query: '2606.05001 OR https://hf.co/papers/2606.05002',
      });
      const one = await world.member.run('search', { query: 'mamba arxiv.org/abs/2606.05002v3' });

      expect(menuOf(either).values.toSorted()).toEqual(['2606.05001', '2606.05002']);
      expect(menuOf(one).values).toEqual(['2606.05002']);
    });

    it('says that it found nothing for an id that nobody knows, and that Hugging Face does not answer', async () => {
      const unknown = await world.member.run('search', { query: '2501.09999' });
      world.huggingFace.fail({ status: 500 });
      const failed = await world.member.run('search', { query: '2501.00002' });

      expect(textOf(unknown)).toContain('I found no paper for');
      expect(textOf(failed)).toContain("isn't answering right now");
    });

    it.each([
      ['limited', { status: 429 }],
      ['failing', { status: 500 }],
      ['talking nonsense', { body: 'garbage' as const }],
      ['hanging', { delayMs: 10_000 }],
    ])('answers from the archive, and says so, while Hugging Face is %s', async (_name, failure) => {
      world.huggingFace.fail(failure);

      const reply = await world.member.run('search', { query: 'mamba' });

      expect(menuOf(reply).values.toSorted()).toEqual(['2606.05001', '2606.05002']);
      expect(textOf(reply)).toContain("isn't answering right now");
    });

    it('suggests while one types although Hugging Face hangs', async () => {
      world.huggingFace.fail({ delayMs: 10_000 });

      const suggestions = await world.member.suggestions('search', 'query', 'mamb');

      expect(suggestions.join('\n')).toContain('Mamba: Linear-Time Sequences');
    });
  });
});
