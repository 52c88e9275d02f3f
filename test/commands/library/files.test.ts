import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  buttonOf,
  type CommandWorld,
  messageOf,
  startCommandWorld,
  textOf,
} from '../../support/command-world.ts';

type Reply = Awaited<ReturnType<CommandWorld['member']['run']>>;

const HOSTILE = 'A } title, {with} $100 & 50% _of_ \\everything [it] has';

describe('files of a library', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({ titles: [HOSTILE, '多模态推理'] });
  });
  afterEach(() => world.stop());

  async function save(id: string, words: Record<string, string> = {}): Promise<void> {
    const card = await world.member.press(await world.member.run('paper', { paper: id }), 'Save');
    await world.member.submit(await world.member.press(card, 'Note and tags'), words);
  }
  const contentOf = async (reply: Reply): Promise<string> => {
    const [file] = messageOf(reply).attachments;
    return file === undefined ? '' : await (await fetch(file.url)).text();
  };
  const exportAs = async (format: string, more = {}) =>
    world.member.run('library', { export: format, ...more });
  const importing = async (name: string, text: string) =>
    textOf(await world.member.run('library', { import: new File([text], name) }));

  it.each([
    ['bibtex', 'library.bib'],
    ['ris', 'library.ris'],
  ])('come back as %s with notes and tags, after everything was deleted', async (format, name) => {
    await save('2606.01001', { note: 'mine', tags: 'to read, video' });
    await save('2606.01002');
    const exported = await exportAs(format);
    const text = await contentOf(exported);
    expect(exported.ephemeral).toBe(true);
    expect(textOf(exported)).toContain('2 papers as');
    expect(messageOf(exported).attachments[0]?.filename).toBe(name);
    const about = await world.member.press(await world.member.run('about'), 'Delete my data');
    await world.member.press(about, 'Delete my data');

    expect(await importing(name, text)).toContain('Saved 2 papers.');

    expect(await contentOf(await exportAs(format))).toBe(text);
    expect(await importing(name, text)).toContain('Nothing new was saved. 2 papers were already there.');
  });

  it('hold what is asked for alone', async () => {
    await save('2606.01001', { tags: 'one' });
    await save('2606.01002');

    expect(JSON.parse(await contentOf(await exportAs('csl-json', { tag: 'one' })))).toMatchObject([
      { title: HOSTILE, DOI: '10.48550/arXiv.2606.01001' },
    ]);
    const offered = await world.member.press(
      await world.member.run('library', { query: '多模态推理' }),
      'Export',
    );
    expect(textOf(offered)).toContain('Export 1 paper as:');
    const markdown = await world.member.press(offered, 'Markdown');
    expect(await contentOf(markdown)).toContain('- [多模态推理](https://huggingface.co/papers/2606.01002)');
  });

  it('as JSON hold all that is stored about a person, and nothing of anybody else', async () => {
    await save('2606.01001', { note: 'my note' });
    await world.member.run('search', { query: 'paper' });
    await world.member.press(await world.member.run('paper', { paper: '2606.00008' }), 'Follow');
    await world.member.run('subscribe', { topic: 'robots', by: 'dm' });
    await world.admin.run('search', { query: 'paper 2606' });

    const text = await contentOf(await exportAs('json'));

    expect(JSON.parse(text)).toMatchObject({
      userId: world.member.id,
      library: [{ paperId: '2606.01001', note: 'my note', title: HOSTILE }],
      directMessages: { subscriptions: [{ topic: { query: 'robots' } }] },
      searches: [{ query: 'paper' }],
    });
    expect(text).not.toContain('paper 2606');
  });

  it('may be lists of ids, links and titles, of which what is unknown is named', async () => {
    const list = [
      '2606.00001',
      '- https://arxiv.org/abs/2606.00002v3 and more',
      '多模态推理',
      'Nobody wrote this',
      '2401.99999',
    ];

    const said = await importing('mine.txt', list.join('\r\n'));

    expect(said).toContain('Saved 3 papers.');
    expect(said).toContain("I didn't find 2 entries:\n- Nobody wrote this\n- 2401\\.99999");
  });

  it.each([
    ['1 note was', 1],
    ['2 notes were', 2],
  ])('have notes of up to 1,000 characters, and it is said that %s cut', async (words, long) => {
    const works = [1, 2, 3].map((at) => {
      const note = 'n'.repeat(at <= long ? 1_001 : 1_000);
      return `@misc{p${at}, title={Whatever}, eprint={2606.0000${at}}, note={${note}}}`;
    });

    const said = await importing('mine.bib', works.join('\n'));

    expect(said).toContain(`${words} longer than 1,000 characters and ${words.split(' ')[2]} cut.`);
    const { library } = JSON.parse(await contentOf(await exportAs('json')));
    expect(library.map(({ note }: { note: string }) => note.length)).toEqual([1_000, 1_000, 1_000]);
    expect(await importing('mine.bib', works.join('\n'))).not.toContain('longer than');
  });

  it('may be pasted into a form', async () => {
    const form = await world.member.press(await world.member.run('library'), 'Import a list');

    expect(textOf(await world.member.submit(form, { list: '2606.00001\n2606.00002' }))).toContain(
      'Saved 2 papers.',
    );
  });

  it.each([
    ['all of them are missing', 'Nobody wrote this', 'Nothing new was saved.', 'Saved 2 papers.'],
    ['some of them are missing', '2606.00001\n2606.99999', 'Saved 1 paper.', 'Saved 1 paper. 1 paper was'],
  ])('that were pasted are opened again to be corrected where %s', async (_, list, words, then) => {
    const form = await world.member.press(await world.member.run('library'), 'Import a list');
    const answered = await world.member.submit(form, { list });
    expect(textOf(answered)).toContain(words);

    const again = await world.member.press(answered, 'Edit again');
    const corrected = await world.member.submit(again, { list: '2606.00001\n2606.00002' });

    expect(JSON.stringify(again.form)).toContain(JSON.stringify(list));
    expect(textOf(corrected)).toContain(then);
    expect(() => buttonOf(corrected, 'Edit again')).toThrow('There is no button');
  });

  it('of others are read: Google Scholar names the paper in the journal, arXiv in eprint', async () => {
    const scholar = '@article{a, title={Whatever}, journal={arXiv preprint arXiv:2606.00003}, year={2026}}';
    const arxiv =
      '@misc{b, title={Whatever}, eprint={2606.00004}, archivePrefix={arXiv}, primaryClass={cs.CL}}';

    expect(await importing('mixed.bib', `${scholar}\n${arxiv}`)).toContain('Saved 2 papers.');
  });

  it.each([
    ['a comma is missing', '@misc{b title={Foo}}'],
    ['a brace is open', '@misc{b, title={Foo {bar}, year=2026}'],
    ['a key is missing', '@misc{, title={Foo}}'],
    ['a value is missing', '@misc{b, title=, year=2026}'],
  ])('are read but for an entry in which %s, which is named', async (_, broken) => {
    const entry = (id: string) => `@misc{k${id}, title=t, eprint={${id}}}`;
    const macro = '@string{t = "Whatever"}';

    const said = await importing(
      'a.bib',
      [macro, entry('2606.00001'), broken, entry('2606.00002')].join('\n'),
    );

    expect(said).toContain('Saved 2 papers.');
    expect(said).toContain("I didn't find 1 entry:\n- @\u200bmisc{");
  });

  it.each([
    ['broken.bib', '@article{x, title={', /couldn't read that file|no arXiv ids/],
    ['empty.txt', '', /no arXiv ids, links or titles/],
    ['huge.txt', 'x'.repeat(6 * 1024 * 1024), /too large/],
  ])('that cannot be read are refused: %s', async (name, text, words) => {
    expect(await importing(name, text)).toMatch(words);
    expect(textOf(await world.member.run('library'))).toContain('Your library is empty.');
  });
});
