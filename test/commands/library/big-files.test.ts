import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandWorld, startCommandWorld, textOf } from '../../support/command-world.ts';

const KB_100 = 100_000;

/** The longest time in which nobody would have got an answer, in milliseconds. */
async function longestStall(work: Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = performance.now();
  const turn = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(turn, 5);
  await work;
  clearInterval(timer);
  turn();
  return longest;
}

describe('a big file that somebody imports', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  beforeAll(async () => {
    world = await startCommandWorld();
  });
  afterAll(() => world.stop());

  const importing = async (name: string, text: string) =>
    world.member.run('library', { import: new File([text], name) });

  it.each([
    ['one long word', 'a.txt', 'x'.repeat(KB_100)],
    ['empty lines', 'a.txt', '\n'.repeat(KB_100)],
    ['returns', 'a.txt', '\r'.repeat(KB_100)],
    ['beginnings of entries', 'a.txt', '@a '.repeat(KB_100 / 3)],
    ['a long address', 'a.bib', `@misc{a, title={b}, url={${'x'.repeat(KB_100)}}}`],
  ])('does not keep others waiting: %s', async (_, name, text) => {
    expect(await longestStall(importing(name, text))).toBeLessThan(2_000);
  });

  it.each([
    ['a list', 'a.txt', (id: string) => `${id}\n`],
    ['one line', 'a.txt', (id: string) => `${id}, `],
    ['BibTeX', 'a.bib', (id: string) => `@misc{x${id}, eprint={${id}}}\n`],
  ])('is read as far as a library holds papers: %s', async (_, name, print) => {
    const ids = Array.from({ length: 5_000 }, (_none, at) => `2401.${String(at).padStart(5, '0')}`);

    const whole = textOf(await importing(name, ids.map(print).join('')));
    const longer = textOf(await importing(name, [...ids, '2606.00001'].map(print).join('')));

    expect(whole).not.toContain('I read the first');
    expect(longer).toContain('I read the first 5000 entries. Import the rest separately.');
    expect(longer).toContain("I don't know 4980 papers yet");
  });
});
