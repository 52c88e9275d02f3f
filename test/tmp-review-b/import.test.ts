import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findPaperLinks } from '../../src/papers/parse-paper-id.ts';
import { type CommandWorld, startCommandWorld, textOf } from '../support/command-world.ts';

/** Longest time in which nothing else could run. */
async function stallOf(run: () => Promise<unknown>): Promise<{ stall: number; took: number }> {
  let last = performance.now();
  let stall = 0;
  const timer = setInterval(() => {
    stall = Math.max(stall, performance.now() - last);
    last = performance.now();
  }, 10);
  const begun = performance.now();
  try {
    await run();
  } catch (error) {
    console.log('threw', String(error).slice(0, 300));
  }
  await new Promise((resolve) => setTimeout(resolve, 30));
  clearInterval(timer);
  return { stall, took: performance.now() - begun };
}

describe('regexes', () => {
  it('links: time by length', () => {
    for (const n of [10_000, 20_000, 40_000]) {
      const t = performance.now();
      findPaperLinks('x'.repeat(n));
      const a = performance.now() - t;
      const u = performance.now();
      /^\s*@\w+\s*\{/m.test('\n'.repeat(n));
      console.log(n, 'letters', a.toFixed(0), 'newlines', (performance.now() - u).toFixed(0));
    }
  });
});

describe('import', { timeout: 120_000 }, () => {
  let world: CommandWorld;
  beforeEach(async () => {
    world = await startCommandWorld();
  });
  afterEach(() => world.stop());
  const importing = async (name: string, text: string) =>
    textOf(await world.member.run('library', { import: new File([text], name) }));

  it('duplicates count once', async () => {
    const said = await importing('mine.txt', '2606.00001\n2606.00001\n2606.00002');
    console.log(said);
    expect(said).not.toContain('there before');
  });

  it('one long word of 0.1 MB does not stop the bot', async () => {
    let said = '';
    const { stall, took } = await stallOf(async () => {
      said = await importing('mine.txt', 'x'.repeat(100_000));
    });
    console.log('letters', { stall, took }, said);
    expect(stall).toBeLessThan(1000);
  });

  it('blank lines of 0.1 MB do not stop the bot', async () => {
    let said = '';
    const { stall, took } = await stallOf(async () => {
      said = await importing('mine.txt', '\n'.repeat(100_000));
    });
    console.log('newlines', { stall, took }, said);
    expect(stall).toBeLessThan(1000);
  });

  it('4.9 MB of known ids do not stop the bot', async () => {
    let said = '';
    const { stall, took } = await stallOf(async () => {
      said = await importing('mine.txt', '2606.00001\n'.repeat(445_000));
    });
    console.log('ids', { stall, took }, said);
    expect(stall).toBeLessThan(1000);
  });

  it('4.9 MB of unknown ids do not stop the bot', async () => {
    let said = '';
    const ids = Array.from({ length: 445_000 }, (_, at) => `2301.${String(at % 100_000).padStart(5, '0')}`);
    const { stall, took } = await stallOf(async () => {
      said = await importing('mine.txt', ids.join('\n'));
    });
    console.log('unknown ids', { stall, took }, said);
    expect(stall).toBeLessThan(1000);
  });
});
