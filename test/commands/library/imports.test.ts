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

  it('takes no more of the searches of Hugging Face than one person may', async () => {
    const titles = Array.from({ length: 50 }, (_, at) => `unknown${at} title${at}`);

    const said = await importing(...titles);

    expect(said).toContain("I didn't find 10 entries:\n- unknown0 title0");
    expect(said).toContain("I don't know 40 papers yet");
    expect(textOf(await world.admin.run('search', { query: 'qqqq' }))).not.toContain('asked too often');
  });
});
