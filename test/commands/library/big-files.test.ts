import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandWorld, DAY, messageOf, startCommandWorld, textOf } from '../../support/command-world.ts';
import { buildItem } from '../../support/world.ts';

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

describe('a library that is too big for a file of Discord', { timeout: 60_000 }, () => {
  const ids = Array.from({ length: 600 }, (_, at) => `2606.${String(at + 1).padStart(5, '0')}`);
  let world: CommandWorld;
  beforeAll(async () => {
    const summary = 'abstract '.repeat(4_000);
    const items = ids
      .map((id) => buildItem(id, 1, DAY))
      .map((item) => ({ ...item, paper: { ...item.paper, summary } }));
    world = await startCommandWorld({ papers: 0, days: new Map([[DAY, items]]) });
    await world.member.run('library', { import: new File([ids.join('\n')], 'a.txt') });
  }, 60_000);
  afterAll(() => world.stop());

  it.each(['bibtex', 'ris', 'csl-json'])(
    'leaves as %s without the abstracts, and says so',
    async (format) => {
      const exported = await world.member.run('library', { export: format });

      expect(textOf(exported)).toMatch(/^600 papers as .*\. With the abstracts .* too big for Discord/);
      const text = await (await fetch(messageOf(exported).attachments[0]?.url ?? '')).text();
      expect(ids.filter((id) => !text.includes(`Paper ${id}`))).toEqual([]);
      expect(text).not.toContain('abstract abstract');
    },
  );

  it('leaves with them as far as they fit', async () => {
    const exported = await world.member.run('library', { export: 'bibtex', query: 'title:2606.00007' });

    expect(textOf(exported)).toBe('1 paper as BibTeX.');
    const text = await (await fetch(messageOf(exported).attachments[0]?.url ?? '')).text();
    expect(text).toContain('abstract abstract');
  });
});
