import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CommandWorld, startCommandWorld, textOf } from '../../support/command-world.ts';

describe('a list that somebody imports', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld({ titles: ['Diffusion for video'] });
  });
  afterEach(() => world.stop());

  const importing = async (...lines: readonly string[]) =>
    textOf(await world.member.run('library', { import: new File([lines.join('\n')], 'list.txt') }));

  it.each([
    [['2606.00001', '2606.00001', '2606.00002'], /^Saved 2 papers\.$/m],
    [['2606.01001', 'Diffusion for video', 'https://arxiv.org/abs/2606.01001'], /^Saved 1 paper\.$/m],
    [['2401.99999', 'hf.co/papers/2401.99999', '2401.99998'], /^I didn't find 2 entries:$/m],
    [['See arXiv:2606.00001.', '- 2606.00002.pdf'], /^Saved 2 papers\.$/m],
    [['doi:10.48550/arXiv.2606.00001', 'https://doi.org/10.48550/arXiv.2606.00002'], /^Saved 2 papers\.$/m],
    [['10.1109/TEST.2606.00001', '1.2606.00001', '2606.00001.7'], /^I didn't find 3 entries:$/m],
  ])('counts each paper once: %j', async (lines, words) => {
    expect(await importing(...lines)).toMatch(words);
  });

  it('tells which tags of a file it did not keep whole', async () => {
    const tags = 'a, b, c, d, e, f, g, h, i, j, the eleventh';
    const file = [
      `@article{a, title={Diffusion for video}, eprint={2606.01001}, keywords={${tags}}}`,
      `@article{b, title={Another}, eprint={2606.00001}, keywords={Computer Science - Machine Learning}}`,
    ];
    const opened = new File([file.join('\n')], 'list.bib');

    const said = textOf(await world.member.run('library', { import: opened }));

    expect(said).toContain('Saved 2 papers.');
    expect(said).toContain(
      'Some tags are shortened or left out: "the eleventh", "Computer Science - Machine Learning".',
    );
  });

  it('tells how many titles it did not look for', async () => {
    const titles = Array.from({ length: 60 }, (_, at) => `unknown${at} title${at}`);

    const said = await importing(...titles, 'Diffusion for video');

    expect(said).toContain('I look up at most 50 titles at a time. Import the other 11 separately.');
    expect(said).toContain("I didn't find 10 entries:");
  });

  it('takes no more of the searches of Hugging Face than one person may', async () => {
    const titles = Array.from({ length: 50 }, (_, at) => `unknown${at} title${at}`);

    const said = await importing(...titles);

    expect(said).toContain("I didn't find 10 entries:\n- unknown0 title0");
    expect(said).toContain("I don't know 40 papers yet");
    expect(textOf(await world.admin.run('search', { query: 'qqqq' }))).not.toContain('asked too often');
  });
});
