import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { textOf } from '../support/command-world.ts';
import { type ReadingWorld, startReadingWorld } from '../support/reading-world.ts';
import { buildItem } from '../support/world.ts';

describe('a reading group', { timeout: 60_000 }, () => {
  let world: ReadingWorld;
  beforeEach(async () => {
    world = await startReadingWorld();
  });
  afterEach(async () => {
    await world.stop();
  });

  it('shows a long history of long titles, and counts all of it', async () => {
    const ids = Array.from({ length: 25 }, (_, at) => `2606.0${2001 + at}`);
    const items = ids.map((id) => {
      const { paper, ...item } = buildItem(id, 1, '2026-06-10');
      return { ...item, paper: { ...paper, title: 'Word '.repeat(36) + id } };
    });
    world.huggingFace.setDay('2026-06-10', items);
    await world.at('2026-06-10T12:00Z');
    for (const pick of ids.slice(0, 22)) await world.admin.run('reading', { pick });

    const history = textOf(await world.member.run('reading', { history: 'list' }));

    expect(history).toContain('Read together · 22 papers');
    expect(history).toContain('-# +7');
  });
});
